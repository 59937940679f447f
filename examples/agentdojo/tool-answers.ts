// A tool's answer as data: the recording keeps texts, in which AgentDojo has written its values as YAML.
import { parse } from "yaml";
import { JsonNumber, type IrAction, type JsonValue } from "@aegis/runtime/core";

/** The value of a declared result; the text itself where the declaration leaves the result open. */
export function answerData(text: string, action: IrAction | undefined): JsonValue {
  if (action === undefined || action.result.kind === "json") return text;
  try {
    return toJson(parse(text, { schema: "core", maxAliasCount: 0 }));
  } catch {
    return text;
  }
}

/** Only what JSON can say; an empty answer is an empty list. */
function toJson(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "object" && value !== null && !(value instanceof JsonNumber)) {
    const copy = Object.create(null) as Record<string, JsonValue>;
    for (const [key, member] of Object.entries(value)) copy[key] = toJson(member);
    return copy;
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
