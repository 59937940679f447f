// Requests to time a policy with: those that its tests ask, or made for its tools.
import type { Analysis, Compilation } from "@aegis/compiler";
import { createInterpreter, createNativeEngine, type Engine, type IrProgram } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { requestsFor } from "../harness/random-case.ts";
import { runPolicyTests } from "../tests/run-policy-tests.ts";

/** As JSON texts; none where the policy has no tests. Calls of properties are not among them. */
export function requestsOfTests(analysis: Analysis, compilation: Compilation): readonly string[] {
  const inner = createInterpreter(compilation.ir, platform);
  const asked: string[] = [];
  const engine: Engine = {
    ...inner,
    decide(request, observer) {
      asked.push(JSON.stringify(request));
      return inner.decide(request, observer);
    },
  };
  runPolicyTests(analysis, compilation, { engine, seed: 1, runs: 0 });
  return asked;
}

/** Of those made for a program, that many that reach its rules; fewer where most are refused. */
export function generatedRequests(program: IrProgram, seed: number, count: number): readonly string[] {
  const made: string[] = [];
  for (let part = 0; part < 10 && made.length < count; part++)
    made.push(...reachingRules(program, requestsFor(program, seed + part, count)).texts);
  return made.slice(0, count);
}

/** What the engines refuse before any rule is looked at would be timed as a policy's fastest decisions. */
export function reachingRules(
  program: IrProgram,
  texts: readonly string[],
): { readonly texts: readonly string[]; readonly refused: number } {
  const engine = createNativeEngine(program, platform);
  const reaching = texts.filter((text) => {
    try {
      return "locals" in engine.validate(JSON.parse(text));
    } catch {
      return false;
    }
  });
  return { texts: reaching, refused: texts.length - reaching.length };
}
