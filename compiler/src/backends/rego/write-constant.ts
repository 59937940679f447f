// Constants of the IR as Rego terms, in the form that values have in the generated files.
import type { ConstValue, Type } from "@aegis/runtime/core";
import type { ParsedValue } from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";
import { regoString, regoValue } from "./print-rego.ts";

/** Parsed values as objects with text, canonical form and parts; collections as arrays and objects. */
export function writeConstant(type: Type, value: ConstValue): string {
  switch (type.kind) {
    case "parsed":
      return parsedObject(type.name, String(value));
    case "list":
    case "set":
      return `[${items(value)
        .map((item) => writeConstant(type.of, item))
        .join(", ")}]`;
    case "map":
      return members(value, () => type.of);
    case "record":
      return members(value, (key) => type.fields.find((field) => field.name === key)?.type ?? type);
    case "headers":
      return members(value, () => ({ kind: "string" }));
    case "optional":
      return writeConstant(type.of, value);
    default:
      return regoValue(value);
  }
}

const items = (value: ConstValue): readonly ConstValue[] =>
  typeof value === "object" ? (value as readonly ConstValue[]) : [];

const members = (value: ConstValue, typeOfKey: (key: string) => Type): string =>
  `{${items(value)
    .map((pair) => {
      const [key = "", member = ""] = items(pair);
      return `${regoString(String(key))}: ${writeConstant(typeOfKey(String(key)), member)}`;
    })
    .join(", ")}}`;

function parsedObject(name: string, canonical: string): string {
  const definition = parsedTypes.get(name);
  if (definition === undefined) throw new RangeError("the program names a parsed type that does not exist");
  // A zero stands for absent values and need not parse.
  const value = definition.parse(canonical) ?? definition.zero;
  const parts = Object.entries(definition.parts).flatMap(([part, { type }]) => {
    const content = value.part(part);
    return content === undefined ? [] : [`${regoString(part)}: ${partTerm(type, content)}`];
  });
  return `{"text": ${regoString(value.text)}, "canonical": ${regoString(value.canonical)}${parts.map((part) => `, ${part}`).join("")}}`;
}

/** A part is in runtime form. */
function partTerm(type: Type, value: unknown): string {
  if (type.kind === "optional") return partTerm(type.of, value);
  if (type.kind === "parsed") return parsedObject(type.name, (value as ParsedValue).canonical);
  if (type.kind === "list" || type.kind === "set") {
    return `[${(value as readonly unknown[]).map((item) => partTerm(type.of, item)).join(", ")}]`;
  }
  if (type.kind === "record") {
    const fields = type.fields.flatMap((field) => {
      const content = (value as ReadonlyMap<string, unknown>).get(field.name);
      return content === undefined ? [] : [`${regoString(field.name)}: ${partTerm(field.type, content)}`];
    });
    return `{${fields.join(", ")}}`;
  }
  return regoValue(value);
}

/** As the arguments of builtins are: parsed values as canonical text, sets as Rego sets. */
export function writePlainConstant(type: Type, value: ConstValue): string {
  switch (type.kind) {
    case "set": {
      const terms = items(value).map((item) => writePlainConstant(type.of, item));
      return terms.length === 0 ? "set()" : `{${terms.join(", ")}}`;
    }
    case "list":
      return `[${items(value)
        .map((item) => writePlainConstant(type.of, item))
        .join(", ")}]`;
    case "parsed":
    case "bool":
    case "int":
    case "decimal":
    case "string":
    case "enum":
    case "time":
    case "duration":
      return regoValue(value);
    default:
      return writeConstant(type, value);
  }
}
