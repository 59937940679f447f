// Arithmetic of all native engines: on integers, saturating after each step.
import { MAX_INTEGER } from "../types/type.ts";

const saturate = (value: number): number => {
  if (value > MAX_INTEGER) return MAX_INTEGER;
  if (value < -MAX_INTEGER) return -MAX_INTEGER;
  return value === 0 ? 0 : value;
};

/** The operands are integers within ±MAX_INTEGER, and so is the result. `mod` is never negative; by zero it gives 0. */
export const arithmetic: {
  readonly [Op in "add" | "sub" | "mul" | "mod"]: (left: number, right: number) => number;
} = {
  add: (left, right) => saturate(left + right),
  sub: (left, right) => saturate(left - right),
  // A product beyond 2^53 is rounded, but it is beyond the bound all the same.
  mul: (left, right) => saturate(left * right),
  mod: (left, right) => (right === 0 ? 0 : saturate(((left % right) + right) % right)),
};
