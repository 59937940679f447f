// What a line above a declaration says, and where such lines come from.
import type { TestItem } from "../../workspace/tests.ts";
import type { View } from "../../workspace/view.ts";

export interface Lens {
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly does: "run" | "debug" | "run-all";
  readonly test: TestItem | null;
}

/** One kind of lens: those of a document, in the order of its text. */
export type LensSource = (view: View) => readonly Lens[];
