// Short ways to write the examples of builtins, and how an example reads as source.
import type { ConstValue, Type } from "../types/type.ts";
import { STRING, TIME, INT, DECIMAL, listOf, parsed, setOf } from "../types/type.ts";
import type { BuiltinDefinition, BuiltinExample } from "./define-builtin.ts";

type Argument = BuiltinExample["args"][number];

export const text = (value: string): Argument => ({ type: STRING, value });
export const int = (value: number): Argument => ({ type: INT, value });
/** In millionths. */
export const decimal = (value: number): Argument => ({ type: DECIMAL, value });
/** In ISO form. */
export const time = (value: string): Argument => ({ type: TIME, value: Date.parse(value) });
export const of = (name: string, value: string): Argument => ({ type: parsed(name), value });
export const list = (type: Type, ...value: ConstValue[]): Argument => ({ type: listOf(type), value });
/** Elements in canonical order. */
export const set = (type: Type, ...value: ConstValue[]): Argument => ({ type: setOf(type), value });
export const example = (args: readonly Argument[], value: ConstValue): BuiltinExample => ({ args, value });

/** The call as an author writes it, such as `"release/1".starts_with("release/")`. */
export function printExample(definition: BuiltinDefinition, { args }: BuiltinExample): string {
  const name = definition.sourceName ?? definition.name;
  const [first = "", ...rest] = args.map(({ type, value }) => printConstant(type, value));
  switch (definition.syntax) {
    case "function":
      return `${name}(${[first, ...rest].join(", ")})`;
    case "method":
      return `${first}.${name}(${rest.join(", ")})`;
    case "operator":
      return [first, name, ...rest].join(" ");
  }
}

function printConstant(type: Type, value: ConstValue): string {
  if (type.kind === "time" && typeof value === "number")
    return new Date(value).toISOString().replace(".000Z", "Z");
  if (type.kind === "decimal" && typeof value === "number")
    return (value / 1_000_000).toFixed(6).replace(/0{1,5}$/, "");
  if ((type.kind === "list" || type.kind === "set") && Array.isArray(value)) {
    const items = value.map((item: ConstValue) => printConstant(type.of, item)).join(", ");
    return type.kind === "list" ? `[${items}]` : `{ ${items} }`;
  }
  return JSON.stringify(value);
}
