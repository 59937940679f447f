// The constants of a program by type: what a generator must hit to make conditions true.
import {
  eachChild,
  type ConstValue,
  type IrExpression,
  type IrProgram,
  type Type,
} from "@aegis/runtime/core";

/** Constants in IR form, by a key of their type; elements of sets and lists stand under the element's type. */
export type ConstantPool = ReadonlyMap<string, readonly ConstValue[]>;

export const poolKey = (type: Type): string =>
  type.kind === "parsed" || type.kind === "enum" ? `${type.kind} ${type.name}` : type.kind;

/** `more` are conditions outside the program, such as those of properties. */
export function constantPool(program: IrProgram, more: readonly IrExpression[] = []): ConstantPool {
  const pool = new Map<string, Set<ConstValue>>();
  const add = (type: Type, value: ConstValue): void => {
    if ((type.kind === "list" || type.kind === "set") && Array.isArray(value)) {
      for (const each of value as readonly ConstValue[]) add(type.of, each);
    } else if (typeof value !== "object") {
      const key = poolKey(type);
      pool.set(key, (pool.get(key) ?? new Set()).add(value));
    }
  };
  const visit = (node: IrExpression): void => {
    if (node.kind === "const") add(node.type, node.value);
    eachChild(node, visit);
  };
  [...program.expressions, ...more].forEach(visit);
  return new Map([...pool].map(([key, values]) => [key, [...values]]));
}
