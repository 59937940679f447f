// The values at a place of the arguments, for `args.all(T)`: shared by native engines.
import type { IrPlace } from "../ir/ir.ts";
import { isParsedValue } from "../values/scalar.ts";
import type { Value } from "../values/value.ts";

/** All values that are there; `from` are the values at which the path begins. */
export function valuesAt(
  from: readonly Value[],
  path: IrPlace["path"],
  part: string | null,
): readonly Value[] {
  const found = path.reduce(
    (values: readonly Value[], step) =>
      values.flatMap((value) => {
        if (typeof step !== "string")
          return value instanceof Map ? ([...value.values()] as Value[]) : elements(value);
        const next = value instanceof Map ? (value as ReadonlyMap<string, Value>).get(step) : undefined;
        return next === undefined ? [] : [next];
      }),
    from,
  );
  return part === null ? found : found.flatMap((value) => partOf(value, part) ?? []);
}

const partOf = (value: Value, name: string): Value =>
  isParsedValue(value) ? (value.part(name) as Value) : undefined;

const elements = (value: Value): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : [];
