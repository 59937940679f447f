// Arguments that a limit sums are refused when negative: a negative amount would open the budget again.
import type { Field, Type } from "@aegis/runtime/core";
import type { CheckedAction } from "../checked-program.ts";

export function requireAmounts(
  actions: readonly CheckedAction[],
  summed: readonly { readonly action: number; readonly path: readonly string[] }[],
): readonly CheckedAction[] {
  const result = [...actions];
  for (const { action, path } of summed) {
    const known = result[action];
    if (known !== undefined) result[action] = { ...known, params: require(known.params, path) };
  }
  return result;
}

function require(fields: readonly Field[], path: readonly string[]): readonly Field[] {
  const [name, ...rest] = path;
  return fields.map((field) =>
    field.name === name ? { ...field, type: requireType(field.type, rest) } : field,
  );
}

function requireType(type: Type, path: readonly string[]): Type {
  switch (type.kind) {
    case "optional":
      return { ...type, of: requireType(type.of, path) };
    case "record":
      return { ...type, fields: require(type.fields, path) };
    case "int":
    case "decimal":
      return path.length === 0 ? { ...type, min: Math.max(0, type.min ?? 0) } : type;
    default:
      return type;
  }
}
