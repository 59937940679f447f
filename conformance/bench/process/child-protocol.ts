// What the benchmark and the processes of its engines say to each other.
import type { BenchAnswer, BenchRequest, BenchRule } from "../workload/bench-rule.ts";

/** What a child is started with. */
export interface ChildTask {
  /** The engine's module, ready to be imported. */
  readonly module: string;
  /** File with a `WorkloadFile`, as JSON. */
  readonly workload: string;
  /** File with what the engine is loaded from, as `v8.serialize` writes it; null: the rules themselves. */
  readonly built: string | null;
  readonly async: boolean;
}

export interface WorkloadFile {
  readonly rules: readonly BenchRule[];
  readonly requests: readonly BenchRequest[];
}

/** `answer`: decide the requests once, for the comparison. `warm`: until it is warm. `repeat`: one repetition. */
export type ChildOrder = "answer" | "warm" | "repeat" | "stop";

export type ChildReply =
  | {
      readonly kind: "loaded";
      /** From the built policy to the first decision. */
      readonly loadMs: number;
      /** From the start of the process to the first decision, reading the workload left out. */
      readonly coldMs: number;
    }
  /** Of as many requests as it answers in a few seconds: of the first ones. */
  | { readonly kind: "answered"; readonly answers: readonly BenchAnswer[] }
  /** `calls`: decisions that a repetition will have. */
  | { readonly kind: "warm"; readonly calls: number }
  | {
      readonly kind: "timed";
      /** Mean of a decision in this repetition. */
      readonly ns: number;
      /** The 99th percentile of all decisions timed one by one until now, the clock's own time included. */
      readonly p99: number;
      /** Resident memory of the process, and of its server where there is one. */
      readonly memoryMb: number;
    };
