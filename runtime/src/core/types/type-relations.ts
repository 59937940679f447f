// Relations between types: sameness, and which kinds can be compared, ordered or put in a set.
import type { RecordType, Type } from "./type.ts";

/** True when values of `a` and `b` are the same kind of thing: ranges and length bounds are ignored. */
export function sameType(a: Type, b: Type): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case "bool":
    case "int":
    case "decimal":
    case "string":
    case "time":
    case "duration":
    case "json":
    case "headers":
      return a.kind === b.kind;
    case "enum":
      return (
        b.kind === "enum" &&
        a.name === b.name &&
        a.members.length === b.members.length &&
        a.members.every((member, index) => member === b.members[index])
      );
    case "parsed":
      return b.kind === "parsed" && a.name === b.name;
    case "list":
    case "set":
    case "map":
    case "optional":
      return a.kind === b.kind && sameType(a.of, (b as typeof a).of);
    case "record":
      return b.kind === "record" && sameRecord(a, b);
  }
}

function sameRecord(a: RecordType, b: RecordType): boolean {
  return (
    a.open === b.open &&
    a.fields.length === b.fields.length &&
    a.fields.every((field, index) => {
      const other = b.fields[index];
      return other !== undefined && other.name === field.name && sameType(field.type, other.type);
    })
  );
}

/** Scalars have `==`, may stand in sets and as keys of labels. */
export function isScalar(type: Type): boolean {
  switch (type.kind) {
    case "bool":
    case "int":
    case "decimal":
    case "string":
    case "enum":
    case "parsed":
    case "time":
    case "duration":
      return true;
    default:
      return false;
  }
}

/** Types with `<`: numbers, times and durations; never text. */
export function isOrdered(type: Type): boolean {
  return type.kind === "int" || type.kind === "decimal" || type.kind === "time" || type.kind === "duration";
}

/** The type as an author writes it. */
export function printType(type: Type): string {
  switch (type.kind) {
    case "enum":
    case "parsed":
      return type.name;
    case "list":
      return `list<${printType(type.of)}>`;
    case "set":
      return `set<${printType(type.of)}>`;
    case "map":
      return `map<string, ${printType(type.of)}>`;
    case "optional":
      return `${printType(type.of)}?`;
    case "record": {
      const fields = type.fields.map((field) => `${field.name}: ${printType(field.type)}`);
      if (type.open) fields.push("...");
      return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
    }
    default:
      return type.kind;
  }
}
