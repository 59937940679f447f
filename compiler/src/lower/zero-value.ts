// A constant of every type, to stand where an absent value has been proved never to matter.
import { required } from "@aegis/runtime/core";
import type { ConstValue, ParsedTypes, Type } from "@aegis/runtime/core";
import { InternalError } from "./internal-error.ts";

type Required = ReturnType<typeof required>;
type Zeros = {
  readonly [Kind in Required["kind"]]: (
    type: Extract<Required, { kind: Kind }>,
    parsedTypes: ParsedTypes,
  ) => ConstValue;
};

const bounded = (type: { readonly min?: number; readonly max?: number }): number =>
  type.min !== undefined && type.min > 0 ? type.min : type.max !== undefined && type.max < 0 ? type.max : 0;

const zeros: Zeros = {
  bool: () => false,
  int: bounded,
  decimal: bounded,
  string: () => "",
  enum: (type) => type.members[0] ?? "",
  parsed: (type, parsedTypes) => {
    const definition = parsedTypes.get(type.name);
    if (definition === undefined) throw new InternalError(`no parsed type ${type.name}`);
    return definition.zero.canonical;
  },
  time: () => 0,
  duration: () => 0,
  json: () => false,
  list: () => [],
  set: () => [],
  map: () => [],
  headers: () => [],
  record: (type, parsedTypes) =>
    type.fields
      .filter((field) => field.type.kind !== "optional")
      .map((field): readonly [string, ConstValue] => [field.name, zeroValue(field.type, parsedTypes)])
      .sort(([left], [right]) => (left < right ? -1 : 1)),
};

/** In the form of `ConstValue`. */
export function zeroValue(type: Type, parsedTypes: ParsedTypes): ConstValue {
  const kind = required(type);
  const zero = zeros[kind.kind] as (type: Required, parsedTypes: ParsedTypes) => ConstValue;
  return zero(kind, parsedTypes);
}
