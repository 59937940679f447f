// Whether a type of an IR makes sense: known parsed types, bounds that hold something, scalars where they are needed.
import type { Field, Type } from "../../types/type.ts";
import { isScalar } from "../../types/type-relations.ts";
import type { ParsedTypes } from "../../types/parsed-type.ts";
import { NOT_OF_TYPE, constToValue } from "../../values/const-value.ts";
import { hasDuplicates } from "./duplicates.ts";

/** The first thing that is wrong with the type; undefined when nothing is. */
export function typeProblem(type: Type, parsedTypes: ParsedTypes): string | undefined {
  switch (type.kind) {
    case "int":
    case "decimal":
      return type.min !== undefined && type.max !== undefined && type.min > type.max
        ? "an empty range"
        : undefined;
    case "enum":
      return type.members.length === 0 || hasDuplicates(type.members)
        ? "an enum without distinct members"
        : undefined;
    case "parsed":
      return parsedTypes.has(type.name) ? undefined : "an unknown parsed type";
    case "set":
      return isScalar(type.of) ? typeProblem(type.of, parsedTypes) : "a set of other things than scalars";
    case "list":
    case "map":
      return typeProblem(type.of, parsedTypes);
    case "record":
      return fieldsProblem(type.fields, parsedTypes);
    case "optional":
      return type.of.kind === "optional" ? "a nested optional" : typeProblem(type.of, parsedTypes);
    default:
      return undefined;
  }
}

/** Of the fields of a record, or the parameters of an action. */
export function fieldsProblem(fields: readonly Field[], parsedTypes: ParsedTypes): string | undefined {
  if (hasDuplicates(fields.map(({ name }) => name))) return "two fields of one name";
  for (const { type, default: value } of fields) {
    const problem = typeProblem(type, parsedTypes);
    if (problem !== undefined) return problem;
    if (value !== undefined && constToValue(type, value, parsedTypes) === NOT_OF_TYPE)
      return "a default of another type";
  }
  return undefined;
}
