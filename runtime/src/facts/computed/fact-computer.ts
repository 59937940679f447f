// Computes the facts that a program reads about a call, before any engine sees the request.
import type { ActionIndex, IrProgram } from "../../core/ir/ir.ts";
import { NO_READS } from "../../core/ir/reads-of.ts";
import type { Aim, RuleSource } from "../../core/ir/rule-source.ts";
import { rulesIn } from "../../core/ir/rule-source.ts";
import { lazily } from "../../core/values/lazily.ts";
import { newJsonObject } from "../../core/values/json-object.ts";
import type { JsonObject, JsonValue } from "../../core/values/value.ts";
import type { ComputedFact } from "./computed-fact.ts";
import { computedFacts } from "./registry.ts";

/** `facts` of a request: by JSON pointer of the value, then by name of the fact. */
export type RequestFacts = { readonly [pointer: string]: { readonly [fact: string]: JsonValue } };

interface Wanted {
  readonly pointer: string;
  /** The segments below `args`, unescaped; none for all arguments. */
  readonly path: readonly string[];
  readonly fact: ComputedFact;
}

/** Tells the computed facts about a call. What the enforcement point knows itself (`given`) stands. */
export type FactComputer = (
  tool: string,
  action: string,
  args: JsonObject,
  given?: RequestFacts,
) => RequestFacts;

/** `rules`: where they come from, if not from the program. `registry` is the standard one but for tests. */
export function factComputer(
  program: IrProgram,
  registry: ReadonlyMap<string, ComputedFact> = computedFacts,
  rules: RuleSource = rulesIn(program),
): FactComputer {
  const indexOf = lazily(
    () => new Map(program.actions.map(({ tool, action }, at) => [actionKey(tool, action), at])),
  );
  const wanted = new Map<ActionIndex, readonly Wanted[]>();
  const wantedAt = (action: ActionIndex): readonly Wanted[] => {
    const known = wanted.get(action) ?? wantedFacts(rules.aimsOf(action), registry);
    wanted.set(action, known);
    return known;
  };
  return (tool, action, args, given = {}) => {
    const index = indexOf().get(actionKey(tool, action));
    const here = index === undefined ? [] : wantedAt(index);
    if (here.length === 0) return given;
    const facts = newJsonObject() as Record<string, Record<string, JsonValue>>;
    for (const [pointer, known] of Object.entries(given))
      facts[pointer] = Object.assign(newJsonObject(), known);
    for (const { pointer, path, fact } of here) {
      const about = (facts[pointer] ??= newJsonObject() as Record<string, JsonValue>);
      if (Object.hasOwn(about, fact.name)) continue;
      const value = valueAt(args, path);
      const computed = value === undefined || value === null ? fact.absent : fact.compute(value);
      if (computed !== undefined) about[fact.name] = computed;
    }
    return facts;
  };
}

const actionKey = (tool: string, action: string): string => JSON.stringify([tool, action]);

/** What the rules of an action read, each once. */
function wantedFacts(aims: readonly Aim[], registry: ReadonlyMap<string, ComputedFact>): readonly Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { rule, target, index } of aims) {
    const waivers = rule.waivers.map((waiver) => waiver.reads[index] ?? NO_READS);
    for (const { path: pointer, fact: name } of [target.reads, ...waivers].flatMap((each) => each.facts)) {
      const fact = registry.get(name);
      if (fact === undefined || !/^\/args(?:\/|$)/.test(pointer)) continue;
      wanted.set(JSON.stringify([pointer, name]), { pointer, path: segmentsOf(pointer), fact });
    }
  }
  return [...wanted.values()];
}

const segmentsOf = (pointer: string): readonly string[] =>
  pointer
    .split("/")
    .slice(2)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));

function valueAt(args: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = args;
  for (const segment of path) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    if (!Object.hasOwn(value, segment)) return undefined;
    value = (value as JsonObject)[segment];
  }
  return value;
}
