// What all ways of asking Aegis share: the rule set built from its source, loaded from the bytes of a bundle's program.
import { analyse, compile, SourceFile, type ProjectInputs } from "@aegis/compiler";
import {
  createNativeEngine,
  decodeIr,
  encodeIr,
  type DecisionDocument,
  type IrProgram,
  type NativeEngine,
  whenHot,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import type { BenchEngine, LoadedBenchEngine } from "../../bench-engine.ts";
import type { BenchAnswer, BenchDecision, BenchRequest, BenchRule } from "../../workload/bench-rule.ts";
import { toAegis } from "../../workload/to-aegis.ts";

/** A policy that reads nothing but itself. */
const NOTHING: ProjectInputs = {
  readManifest: (_from, path) => ({ ok: false, reason: `${path}: none here` }),
  data: new Map(),
  params: new Map(),
  lockedActions: null,
  channels: null,
  now: null,
};

function programOf(rules: readonly BenchRule[]): IrProgram {
  const compiled = compile(analyse([new SourceFile("bench.aegis", toAegis(rules))], NOTHING));
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join("\n"));
  return compiled.ir;
}

/** An engine that is asked in one way: requests in the form that `prepare` gives, decided by `decide`. */
export function aegisEngine(
  codegen: boolean,
  prepare: (engine: NativeEngine, request: BenchRequest) => unknown,
  decide: (engine: NativeEngine) => (prepared: never) => DecisionDocument,
): BenchEngine {
  return {
    build: (rules) => encodeIr(programOf(rules)),
    load(built): LoadedBenchEngine {
      const decoded = decodeIr(JSON.parse(built as string), platform);
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
  };
}

/** Of the rules that match Aegis names those that won. */
function answerOf(decided: unknown): BenchAnswer {
  const { decision, rules } = decided as DecisionDocument;
  return { decision: decision as BenchDecision, rules: rules.map((id) => id.slice("bench.".length)) };
}
