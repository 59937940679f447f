// `min` and `max` of two numbers, times or durations.
import { INT } from "../types/type.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { decimal, example, int } from "./example.ts";
import { NUMBER, SAME_AS_FIRST } from "./type-matchers.ts";

const params = [
  { name: "a", type: NUMBER },
  { name: "b", type: SAME_AS_FIRST },
];

export const min = defineBuiltin({
  name: "min",
  syntax: "function",
  doc: "The smaller of two values of one type.",
  params,
  result: ([type]) => ({ kind: type?.kind ?? INT.kind }) as typeof INT,
  examples: [example([int(2), int(-3)], -3), example([decimal(1_500_000), decimal(2_000_000)], 1_500_000)],
  evaluate: (a: number, b: number) => Math.min(a, b),
  rego: ([a, b]) => `min([${a}, ${b}])`,
});

export const max = defineBuiltin({
  name: "max",
  syntax: "function",
  doc: "The larger of two values of one type.",
  params,
  result: ([type]) => ({ kind: type?.kind ?? INT.kind }) as typeof INT,
  examples: [example([int(2), int(-3)], 2), example([decimal(1_500_000), decimal(2_000_000)], 2_000_000)],
  evaluate: (a: number, b: number) => Math.max(a, b),
  rego: ([a, b]) => `max([${a}, ${b}])`,
});
