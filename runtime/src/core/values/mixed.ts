// Numbers that equal things have in common, for a small part of what making their texts takes: where numbers differ, no texts
// need to be compared. Others may have the same number, but seldom do.
import type { ConstValue } from "../types/type.ts";

/** Of two numbers in this order; 32 bits. */
export const mixed = (one: number, other: number): number => (Math.imul(one, 0x9e3779b1) + other) | 0;

export function mixedConstant(value: ConstValue, ofText: (text: string) => number): number {
  if (typeof value === "string") return ofText(value);
  if (typeof value === "number") return value | 0;
  if (typeof value === "boolean") return 1;
  let number = value.length;
  for (const each of value) number = mixed(number, mixedConstant(each, ofText));
  return number;
}
