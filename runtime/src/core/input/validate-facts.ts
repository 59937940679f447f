// The facts of a request: what the enforcement point says about values of the call.
import type { IrFact } from "../ir/ir.ts";
import type { ParsedTypes } from "../types/parsed-type.ts";
import type { NotOfType } from "../values/const-value.ts";
import { NOT_OF_TYPE } from "../values/const-value.ts";
import type { JsonValue, Value } from "../values/value.ts";
import type { ReadValue } from "./validate-value.ts";
import { compileReader, isJsonObject } from "./validate-value.ts";

type Facts = ReadonlyMap<string, ReadonlyMap<string, Value>>;
const NONE: Facts = new Map();

/**
 * A reader for `request.facts`. Facts that no policy declares are ignored; one that is not of its type is unreadable,
 * like a missing one. `NOT_OF_TYPE` when it is not an object of objects: the request is invalid.
 */
export function compileFactsReader(
  facts: readonly IrFact[],
  parsedTypes: ParsedTypes,
): (json: JsonValue | undefined) => Facts | NotOfType {
  const readers: readonly (readonly [name: string, read: ReadValue])[] = facts.map(
    ({ name, type }) => [name, compileReader(type, parsedTypes)] as const,
  );
  return (json) => {
    if (json === undefined || json === null) return NONE;
    if (!isJsonObject(json)) return NOT_OF_TYPE;
    const byPointer = new Map<string, ReadonlyMap<string, Value>>();
    for (const pointer of Object.keys(json)) {
      const given = json[pointer];
      if (!isJsonObject(given)) return NOT_OF_TYPE;
      const values = new Map<string, Value>();
      for (const [name, read] of readers) {
        const value = Object.hasOwn(given, name) ? read(given[name]) : NOT_OF_TYPE;
        if (value !== NOT_OF_TYPE && value !== undefined) values.set(name, value);
      }
      byPointer.set(pointer, values);
    }
    return byPointer;
  };
}
