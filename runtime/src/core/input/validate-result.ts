// The result of a call: a status, and a value of the declared type when it is ok.
import type { ParsedTypes } from "../types/parsed-type.ts";
import type { Type } from "../types/type.ts";
import { RESULT_STATUS } from "../types/type.ts";
import type { NotOfType } from "../values/const-value.ts";
import { NOT_OF_TYPE } from "../values/const-value.ts";
import type { JsonValue, Value } from "../values/value.ts";
import { compileReader, isJsonObject } from "./validate-value.ts";

/**
 * A reader for `request.result`: a Map of `status` and, where there is one, `value`. A value stands only with `ok`, and
 * must then be of the type; it may be missing where the type is optional or `json`.
 */
export function compileResultReader(
  type: Type,
  parsedTypes: ParsedTypes,
): (json: JsonValue | undefined) => ReadonlyMap<string, Value> | NotOfType {
  const read = compileReader(type, parsedTypes);
  const mayBeMissing = type.kind === "json" || type.kind === "optional";
  return (json) => {
    if (!isJsonObject(json) || !Object.keys(json).every((key) => key === "status" || key === "value")) {
      return NOT_OF_TYPE;
    }
    const status = Object.hasOwn(json, "status") ? json["status"] : undefined;
    if (typeof status !== "string" || !RESULT_STATUS.members.includes(status)) return NOT_OF_TYPE;
    const result = new Map<string, Value>([["status", status]]);
    const received = Object.hasOwn(json, "value") ? json["value"] : undefined;
    if (status !== "ok") return received === undefined || received === null ? result : NOT_OF_TYPE;
    if (received === undefined) return mayBeMissing ? result : NOT_OF_TYPE;
    const value = read(received);
    if (value === NOT_OF_TYPE) return NOT_OF_TYPE;
    if (value !== undefined) result.set("value", value);
    return result;
  };
}
