// What the benchmark and the processes of its engines say to each other.
import type { BenchAnswer } from "./workload/bench-rule.ts";

export interface ChildTask {
  readonly module: string;
  readonly size: number;
  /** `fixed`: the ten rules' requests whatever the size. `spread`: over all rules. */
  readonly requests: "fixed" | "spread";
  readonly calls: number;
  readonly async: boolean;
}

export type ChildReply =
  | {
      readonly kind: "loaded";
      /** From the built policy to the first decision. */
      readonly loadMs: number;
      readonly memoryMb: number;
      readonly answers: readonly BenchAnswer[];
    }
  /** `ns`: mean of a decision in this repetition; `p99` of decisions timed one by one, the clock's own time included. */
  | { readonly kind: "timed"; readonly ns: number; readonly p99: number; readonly sink: number };
