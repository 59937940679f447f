// What all ways of asking Aegis share: the program loaded from the text that a bundle holds.
import {
  createNativeEngine,
  decodeIrText,
  type DecisionDocument,
  type NativeEngine,
  whenHot,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import type { BenchEngine } from "../../bench-engine.ts";
import type { BenchRequest } from "../../workload/bench-rule.ts";
import { answerOf } from "./answer-of.ts";

/** An engine that is asked in one way: requests in the form that `prepare` gives, decided by `decide`. */
export const aegisEngine = (
  codegen: boolean,
  prepare: (engine: NativeEngine, request: BenchRequest) => unknown,
  decide: (engine: NativeEngine) => (prepared: never) => DecisionDocument,
): BenchEngine => ({
  load(built) {
    const decoded = decodeIrText(built as string, platform);
    if (!decoded.ok) throw new Error("the program does not decode");
    const engine = createNativeEngine(decoded.ir, platform, {
      promotion: codegen ? whenHot : null,
    });
    return {
      prepare: (requests) => requests.map((request) => prepare(engine, request)),
      decide: decide(engine) as (prepared: unknown) => unknown,
      answer: answerOf,
    };
  },
});
