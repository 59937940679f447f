// The arguments that are forwarded, shown and digested: as received, with every default made explicit.
import type { Field, Type } from "../types/type.ts";
import type { ParsedTypes } from "../types/parsed-type.ts";
import { NOT_OF_TYPE, constToValue } from "../values/const-value.ts";
import { newJsonObject } from "../values/json-object.ts";
import type { JsonObject, JsonValue } from "../values/value.ts";
import { encodeValue } from "./encode-value.ts";
import { isJsonObject } from "./validate-value.ts";

/** `received` has passed validation by the same fields. Nothing is taken away, `null` included, at any depth. */
export function canonicalArgs(
  fields: readonly Field[],
  received: JsonObject,
  parsedTypes: ParsedTypes,
): JsonObject {
  const args = newJsonObject();
  const types = new Map(fields.map(({ name, type }) => [name, type]));
  for (const [name, value] of Object.entries(received)) {
    const type = types.get(name);
    args[name] = type === undefined ? value : withDefaults(type, value, parsedTypes);
  }
  for (const { name, type, default: value } of fields) {
    if (value === undefined || Object.hasOwn(received, name)) continue;
    const constant = constToValue(type, value, parsedTypes);
    if (constant !== NOT_OF_TYPE) args[name] = encodeValue(type, constant);
  }
  return args;
}

function withDefaults(type: Type, json: JsonValue, parsedTypes: ParsedTypes): JsonValue {
  switch (type.kind) {
    case "optional":
      return json === null ? json : withDefaults(type.of, json, parsedTypes);
    case "record":
      return isJsonObject(json) ? canonicalArgs(type.fields, json, parsedTypes) : json;
    case "list":
      return Array.isArray(json)
        ? (json as readonly JsonValue[]).map((item) => withDefaults(type.of, item, parsedTypes))
        : json;
    case "map": {
      if (!isJsonObject(json)) return json;
      const members = newJsonObject();
      for (const [key, member] of Object.entries(json))
        members[key] = withDefaults(type.of, member, parsedTypes);
      return members;
    }
    default:
      return json;
  }
}
