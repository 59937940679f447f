// A pattern as a table in the module.
import type { DataImage } from "../data-image.ts";
import { compileSteps, type Step } from "./compile-steps.ts";

const ASSERTIONS = { start: 0, end: 1, "word-boundary": 2 } as const;

/** Its address, for the runtime's `occurs`. */
export function encodePattern(canonical: string, image: DataImage): number {
  const { steps, entry } = compileSteps(canonical);
  return image.words([2, steps.length, entry, 0, ...steps.flatMap(wordsOf)]);
}

function wordsOf(step: Step): readonly number[] {
  switch (step.kind) {
    case "range":
      return [0, step.first, step.last, step.next];
    case "either":
      return [1, step.left, step.right, 0];
    case "assert":
      return [2, ASSERTIONS[step.what], 0, step.next];
    case "found":
      return [3, 0, 0, 0];
  }
}
