// The rule set's program, compiled from its Aegis source.
import { analyse, compile, SourceFile, type ProjectInputs } from "@aegis/compiler";
import type { IrProgram } from "@aegis/runtime/core";
import type { BenchRule } from "../../workload/bench-rule.ts";
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

export function compileRules(rules: readonly BenchRule[]): IrProgram {
  const compiled = compile(analyse([new SourceFile("bench.aegis", toAegis(rules))], NOTHING));
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join("\n"));
  return compiled.ir;
}
