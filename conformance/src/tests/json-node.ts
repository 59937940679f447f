// JSON as written in tests and properties → JSON values: numbers keep their text where a double would lose it.
import { JsonNumber, newJsonObject, type JsonValue } from "@aegis/runtime/core";
import type { JsonNode } from "@aegis/compiler";

export function jsonOf(node: JsonNode): JsonValue {
  switch (node.kind) {
    case "json-null":
      return null;
    case "json-bool":
    case "json-string":
      return node.value;
    case "json-number": {
      const value = Number(node.text);
      return String(value) === node.text ? value : new JsonNumber(node.text);
    }
    case "json-array":
      return node.items.map(jsonOf);
    case "json-object": {
      const object = newJsonObject();
      for (const { key, value } of node.members) object[key] = jsonOf(value);
      return object;
    }
  }
}
