// JSON text of a checked value; numbers that no double holds keep the text received.
import type { JsonValue } from "../values/value.ts";
import { JsonNumber } from "../values/value.ts";

export const encodeJson = (value: JsonValue): string =>
  holdsNumberText(value) ? print(value) : JSON.stringify(value);

function holdsNumberText(value: JsonValue): boolean {
  if (typeof value !== "object" || value === null) return false;
  return (
    value instanceof JsonNumber || Object.values(value).some((member: JsonValue) => holdsNumberText(member))
  );
}

function print(value: JsonValue): string {
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(print).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value as Readonly<Record<string, JsonValue>>);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${print(member)}`).join(",")}}`;
}
