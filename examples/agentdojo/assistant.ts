// One suite's policy, compiled from text and put to work: decides the calls of a recorded run one after the other.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse, compile, renderPretty, SourceFile, type Analysis, type Compilation } from "@aegis/compiler";
import {
  createNativeEngine,
  stateMachineOf,
  type Decision,
  type IrAction,
  type JsonValue,
} from "@aegis/runtime/core";
import { loadedPolicy, PolicyRuntime, type LoadedPolicy } from "@aegis/runtime/enforce";
import { platform } from "@aegis/runtime/facts";
import type { RecordedRun, Suite } from "./recording.ts";
import { SessionMemory } from "./session-memory.ts";
import { answerData } from "./tool-answers.ts";

/** `manifest` is the text of AgentDojo's tools.json. Throws, with the diagnostics, when the policy does not compile. */
export function compileSuite(
  suite: Suite,
  manifest: string,
): { readonly analysis: Analysis; readonly compilation: Compilation } {
  const name = `${suite}.aegis`;
  const source = new SourceFile(name, readFileSync(join(import.meta.dirname, name), "utf8"));
  const analysis = analyse([source], {
    readManifest: (_, path) => ({ ok: true, path, text: manifest }),
    data: new Map(),
    params: new Map(),
    lockedActions: null,
    channels: null,
    now: null,
  });
  const compilation = compile(analysis);
  if (compilation.ok) return { analysis, compilation };
  const width = 100;
  throw new Error(
    compilation.diagnostics
      .map((each) => renderPretty(each, { color: false, width, source: () => source }))
      .join("\n"),
  );
}

export function loadSuite(suite: Suite, manifest: string): LoadedPolicy {
  const program = compileSuite(suite, manifest).compilation.ir;
  return loadedPolicy(
    {
      lineage: suite,
      program,
      engine: createNativeEngine(program, platform),
      machine: stateMachineOf(program, platform),
      meta: { revision: "example", serial: 1, digest: "sha256:example", signed: false },
    },
    platform,
  );
}

export interface StepDecision {
  readonly trace_id: string;
  readonly step: number;
  readonly decision: Decision;
  readonly rules: readonly string[];
  readonly code: string;
}

/**
 * Decides every call of a run with state that advances as it would have: a call that is not let through does not run,
 * sets nothing, and its recorded answer is not known to the host.
 */
export async function decideRun(policy: LoadedPolicy, run: RecordedRun): Promise<StepDecision[]> {
  const memory = new SessionMemory(run.prompt);
  // A clock of its own: no window is at stake, and the figures are the same every time.
  const runtime = new PolicyRuntime([policy], {
    clock: () => Date.UTC(2026, 0, 1),
    deploymentKey: "example",
    approvals: true,
  });
  const agent = { id: "assistant" };
  const session = await runtime.openSession(agent);
  const decisions: StepDecision[] = [];
  for (const { step, tool, args, failed, result } of run.calls) {
    const action = policy.actionOf(run.suite, tool);
    const call = {
      agent,
      session,
      tool: run.suite,
      action: tool,
      args,
      context: { user_words: memory.userWords() },
      facts: factsOf(policy, memory, args, action),
    };
    const asked = await runtime.authorize(call);
    const { decision, rules, code } = asked.decision;
    decisions.push({ trace_id: run.trace, step, decision, rules, code });
    if (!asked.runs) continue;
    const data = answerData(result, action);
    await asked.finish(failed ? { status: "error" } : { status: "ok", value: data });
    memory.remember({ source: `${run.suite}.${tool}`, text: result, data, args });
  }
  return decisions;
}

/** By the names that the policy declares: its own facts carry its package. */
function factsOf(
  { program }: LoadedPolicy,
  memory: SessionMemory,
  args: RecordedRun["calls"][number]["args"],
  action: IrAction | undefined,
): Record<string, { readonly [fact: string]: JsonValue }> {
  return Object.fromEntries(
    (action?.params ?? []).map(({ name }) => {
      const known = new Map(Object.entries(memory.factsAbout(args[name] ?? null)));
      const facts = program.facts.flatMap((fact) => {
        const value = known.get(fact.name.slice(fact.name.lastIndexOf(".") + 1));
        return value === undefined ? [] : [[fact.name, value] as const];
      });
      return [`/args/${name}`, Object.fromEntries(facts)];
    }),
  );
}
