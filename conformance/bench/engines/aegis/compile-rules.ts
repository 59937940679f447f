// The rule set's program, compiled from its Aegis source.
import { analyse, compile, SourceFile, NO_INPUTS } from "@aegis/compiler";
import type { IrProgram } from "@aegis/runtime/core";
import type { BenchRule } from "../../workload/bench-rule.ts";
import { toAegis } from "../../workload/to-aegis.ts";

export function compileRules(rules: readonly BenchRule[]): IrProgram {
  const compiled = compile(analyse([new SourceFile("bench.aegis", toAegis(rules))], NO_INPUTS));
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join("\n"));
  return compiled.ir;
}
