// The types that every module knows by name.
import type { Type } from "@aegis/runtime/core";
import { BOOL, DECIMAL, DURATION, HEADERS, INT, JSON_TYPE, parsed, STRING, TIME } from "@aegis/runtime/core";
import { isParsedType, parsedTypeNames } from "./parsed-types.ts";

const PLAIN: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["bool", BOOL],
  ["int", INT],
  ["decimal", DECIMAL],
  ["string", STRING],
  ["time", TIME],
  ["duration", DURATION],
  ["json", JSON_TYPE],
  ["headers", HEADERS],
]);
/** Written with type arguments, so never alone. */
const COLLECTIONS: ReadonlySet<string> = new Set(["list", "set", "map"]);

export const builtinType = (name: string): Type | undefined =>
  PLAIN.get(name) ?? (isParsedType(name) ? parsed(name) : undefined);

export const builtinTypeNames = (): readonly string[] => [...PLAIN.keys(), ...parsedTypeNames()];

export const isBuiltinTypeName = (name: string): boolean =>
  builtinType(name) !== undefined || COLLECTIONS.has(name);
