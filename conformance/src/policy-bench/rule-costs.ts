// Which rules of a policy cost most: how often each is tried, and what it adds to a decision where it is.
import { createInterpreter, createNativeEngine, type IrProgram, type IrRule } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import type { RuleCost, RulesLookedAt } from "./policy-bench-report.ts";
import { timeInTurns, type TimingOptions } from "./time-in-turns.ts";

interface Tries {
  readonly rule: IrRule;
  /** Numbers of the requests whose action it names. */
  readonly requests: number[];
  matched: number;
  /** Nodes of expressions that the reference evaluates for it, in all requests together. */
  nodes: number;
}

export interface RuleTries {
  readonly lookedAt: RulesLookedAt;
  readonly tries: readonly Tries[];
}

/** Rules that are timed, of those with most work by the reference's count. */
const TIMED = 8;

/** Asks the reference interpreter about each request, which tells every rule that it looks at. */
export function countTries(program: IrProgram, texts: readonly string[]): RuleTries {
  const interpreter = createInterpreter(program, platform);
  const tries = new Map<IrRule, Tries>();
  let all = 0;
  let most = { max: 0, tool: "", action: "" };
  texts.forEach((text, number) => {
    let rules = 0;
    let nodes = 0;
    interpreter.decideText(text, {
      expression: () => void nodes++,
      rule(rule, _target, outcome) {
        const own = tries.get(rule) ?? { rule, requests: [], matched: 0, nodes: 0 };
        tries.set(rule, own);
        own.requests.push(number);
        if (outcome === "matched") own.matched++;
        own.nodes += nodes;
        nodes = 0;
        rules++;
      },
    });
    all += rules;
    if (rules <= most.max) return;
    const { tool, action } = JSON.parse(text) as { readonly tool: string; readonly action: string };
    most = { max: rules, tool, action };
  });
  return {
    lookedAt: { mean: texts.length === 0 ? 0 : all / texts.length, ...most },
    tries: [...tries.values()],
  };
}

/**
 * A rule's cost is that of a program with this rule alone, without that of the same program with no rule, on the requests
 * that it is tried in. What rules share is counted for each of them.
 */
export function ruleCosts(
  program: IrProgram,
  tries: readonly Tries[],
  texts: readonly string[],
  timing: TimingOptions,
): readonly RuleCost[] {
  const heavy = [...tries].sort((one, other) => other.nodes - one.nodes).slice(0, TIMED);
  const costs = heavy.map(({ rule, requests, matched }) => {
    const [none, alone] = timeInTurns(
      [[], [rule]].map((rules) => {
        const engine = createNativeEngine({ ...program, rules }, platform);
        const calls = requests.flatMap((number) => {
          const call = engine.validate(JSON.parse(texts[number] ?? "null"));
          return "locals" in call ? [call] : [];
        });
        const [first] = calls;
        return {
          count: calls.length,
          run: (index: number) => engine.decideValid(calls[index] ?? first ?? never()),
        };
      }),
      timing,
    );
    return {
      rule: rule.id,
      triedIn: requests.length / texts.length,
      matches: matched / requests.length,
      ns: Math.max(0, (alone?.ns ?? 0) - (none?.ns ?? 0)),
    };
  });
  return costs.sort((one, other) => other.ns * other.triedIn - one.ns * one.triedIn);
}

function never(): never {
  throw new Error("there is no request");
}
