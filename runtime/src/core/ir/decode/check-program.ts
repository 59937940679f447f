// The checks of a decoded program beyond its shape: every index, type, cost, name and phase.
import type { Platform } from "../../types/parsed-type.ts";
import type { RecordType, Type } from "../../types/type.ts";
import { RESULT_STATUS, optional } from "../../types/type.ts";
import { isScalar } from "../../types/type-relations.ts";
import type { IrExpression, IrProgram, IrReads, IrRoot, IrRule } from "../ir.ts";
import { readsOf } from "../reads-of.ts";
import { eachChild } from "../traverse.ts";
import { fieldsProblem, typeProblem } from "./check-type.ts";
import { hasDuplicates } from "./duplicates.ts";
import type { Inferred, TypeEnvironment } from "./infer-expression.ts";
import {
  IllTyped,
  MAX_EXPRESSION_COST,
  MAX_EXPRESSION_DEPTH,
  checkKey,
  fail,
  infer,
  joined,
} from "./infer-expression.ts";

export interface IrProblem {
  /** JSON pointer into the program. */
  readonly path: string;
  readonly message: string;
}
/** What an expression may read where it stands. */
type Stage = "list" | "call" | "result";

/** All problems, each with its place; at most one for each place. */
export function checkProgram(program: IrProgram, platform: Platform): readonly IrProblem[] {
  const checker = new ProgramChecker(program, platform);
  checker.check();
  return checker.problems;
}

class ProgramChecker {
  readonly problems: IrProblem[] = [];
  readonly #program: IrProgram;
  readonly #platform: Platform;
  /** Inferred types by expression, action and stage. */
  readonly #inferred = new Map<string, Inferred>();
  readonly #roots = new Map<string, ReadonlyMap<IrRoot, RecordType>>();

  constructor(program: IrProgram, platform: Platform) {
    this.#program = program;
    this.#platform = platform;
  }

  check(): void {
    const { program } = { program: this.#program };
    this.#at("", () => this.#checkNames());
    const tooDeep = program.expressions.flatMap((expression, at) => (isTooDeep(expression) ? [at] : []));
    for (const at of tooDeep) this.#report(`/expressions/${at}`, "nested too deep");
    if (tooDeep.length > 0) return;
    this.#at("/agent", () => this.#fields(program.agent));
    this.#at("/context", () => this.#fields(program.context));
    program.facts.forEach(({ type }, at) => this.#at(`/facts/${at}`, () => this.#type(type)));
    program.patterns.forEach(({ pattern }, at) => this.#at(`/patterns/${at}`, () => this.#pattern(pattern)));
    program.actions.forEach((action, at) =>
      this.#at(`/actions/${at}`, () => {
        this.#fields(action.params);
        this.#type(action.result);
      }),
    );
    // What follows reads these types.
    if (this.problems.length > 0) return;
    program.actions.forEach((action, at) =>
      this.#at(`/actions/${at}/visible`, () => this.#condition(action.visible, at, "list")),
    );
    program.labels.forEach((_, at) => this.#label(at));
    program.counters.forEach((_, at) => this.#counter(at));
    program.rules.forEach((rule, at) => this.#rule(rule, `/rules/${at}`));
  }

  #report(path: string, message: string): void {
    this.problems.push({ path, message });
  }

  #at(path: string, check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof IllTyped)) throw error;
      this.#report(path, error.message);
    }
  }

  #checkNames(): void {
    const { packages, actions, facts, labels, counters, rules } = this.#program;
    const unique = (what: string, names: readonly string[]): void => {
      if (hasDuplicates(names)) fail(`two ${what} of one name`);
    };
    unique(
      "packages",
      packages.map(({ name }) => name),
    );
    unique(
      "actions",
      actions.map(({ tool, action }) => JSON.stringify([tool, action])),
    );
    unique(
      "facts",
      facts.map(({ name }) => name),
    );
    unique(
      "labels",
      labels.map(({ id }) => id),
    );
    unique(
      "counters",
      counters.map(({ id }) => id),
    );
    unique(
      "rules",
      rules.map(({ id }) => id),
    );
    for (const { id, effect } of rules) {
      const home = packages
        .filter(({ name }) => id.startsWith(`${name}.`))
        .reduce((best, each) => (each.name.length > best.name.length ? each : best), {
          name: "",
          guard: false,
        });
      if (home.name === "") fail("a rule of no package");
      if (home.guard && effect === "allow") fail("an allow in a guard package");
    }
  }

  #type(type: Type): void {
    const problem = typeProblem(type, this.#platform.parsedTypes);
    if (problem !== undefined) fail(problem);
  }

  #fields(fields: RecordType["fields"]): void {
    const problem = fieldsProblem(fields, this.#platform.parsedTypes);
    if (problem !== undefined) fail(problem);
  }

  #pattern(pattern: string): void {
    try {
      this.#platform.compilePattern(pattern);
    } catch {
      fail("a pattern that is not portable");
    }
  }

  #expression(index: number): IrExpression {
    return this.#program.expressions[index] ?? fail("an unknown expression");
  }

  #infer(index: number, action: number, stage: Stage, local?: Type): Inferred {
    const memo = local === undefined ? `${index} ${action} ${stage}` : undefined;
    const known = memo === undefined ? undefined : this.#inferred.get(memo);
    if (known !== undefined) return known;
    const inferred = infer(this.#expression(index), this.#environment(action, stage, local));
    if (!(inferred.cost <= MAX_EXPRESSION_COST)) fail("an expression that may cost too much");
    if (memo !== undefined) this.#inferred.set(memo, inferred);
    return inferred;
  }

  #condition(index: number, action: number, stage: Stage, local?: Type): void {
    if (this.#infer(index, action, stage, local).type.kind !== "bool") fail("a condition that is no bool");
  }

  #environment(action: number, stage: Stage, local?: Type): TypeEnvironment {
    return {
      program: this.#program,
      parsedTypes: this.#platform.parsedTypes,
      roots: this.#rootsOf(action, stage),
      state: stage !== "list",
      locals: local === undefined ? [] : [local],
    };
  }

  #rootsOf(index: number, stage: Stage): ReadonlyMap<IrRoot, RecordType> {
    const memo = `${index} ${stage}`;
    const known = this.#roots.get(memo);
    if (known !== undefined) return known;
    const action = this.#program.actions[index] ?? fail("an unknown action");
    const record = (fields: RecordType["fields"], open: boolean): RecordType => ({
      kind: "record",
      fields,
      open,
    });
    const roots = new Map<IrRoot, RecordType>([
      ["agent", record(this.#program.agent, true)],
      ["context", record(this.#program.context, true)],
    ]);
    if (stage !== "list") roots.set("args", record(action.params, action.open));
    if (stage === "result") {
      const fields = [
        { name: "status", type: RESULT_STATUS },
        { name: "value", type: optional(action.result) },
      ];
      roots.set("result", record(fields, false));
    }
    this.#roots.set(memo, roots);
    return roots;
  }

  #rule(rule: IrRule, path: string): void {
    this.#at(path, () => {
      const actions = rule.targets.map(({ action }) => action);
      if (actions.some((action, at) => at > 0 && action <= (actions[at - 1] ?? action)))
        fail("targets out of order");
      if (rule.phase === "result" && rule.effect !== "deny" && rule.effect !== "sanitize")
        fail("a result rule that is no restriction");
      if ((rule.effect === "approval") !== (rule.approval !== null)) fail("an approval that is none");
      if (rule.approval?.by.some((by) => by.role !== undefined && by.user !== undefined) === true)
        fail("an approver by role and by user");
      if (rule.limit !== null && this.#program.counters[rule.limit] === undefined) fail("an unknown counter");
      for (const part of rule.reason ?? []) {
        if (part.kind === "value" && part.values.length !== rule.targets.length)
          fail("a placeholder without its values");
      }
      for (const waiver of rule.waivers) {
        if (waiver.when.length !== rule.targets.length || waiver.reads.length !== rule.targets.length)
          fail("an exception without its conditions");
      }
    });
    rule.targets.forEach((target, at) =>
      this.#at(`${path}/targets/${at}`, () => {
        this.#condition(target.scope, target.action, rule.phase);
        this.#condition(target.when, target.action, rule.phase);
        this.#reads(target.reads, target.scope, target.when);
        for (const { path: place, matching } of target.redactions) {
          if (!/^\/(args|result)(\/|$)/.test(place)) fail("a redaction of no place");
          if (matching !== null && this.#program.patterns[matching] === undefined) fail("an unknown pattern");
        }
        for (const waiver of rule.waivers) {
          const when = waiver.when[at] ?? -1;
          this.#condition(when, target.action, rule.phase);
          this.#reads(waiver.reads[at], when);
        }
        for (const part of rule.reason ?? []) {
          if (part.kind !== "value") continue;
          const { type } = this.#infer(part.values[at] ?? -1, target.action, rule.phase);
          if (!isScalar(type.kind === "optional" ? type.of : type)) fail("a placeholder that is no scalar");
          const { labels, counters } = readsOf(this.#expression(part.values[at] ?? -1));
          if (
            labels.some((cell) => !target.reads.labels.includes(cell)) ||
            counters.some((cell) => !target.reads.counters.includes(cell))
          )
            fail("a placeholder of state that the condition does not read");
        }
      }),
    );
  }

  /** What is named must be said, or a rule would not be blind where it must. */
  #reads(said: IrReads | undefined, ...indices: readonly number[]): void {
    const named = readsOf(...indices.map((index) => this.#expression(index)));
    const complete =
      said !== undefined &&
      named.labels.every((cell) => said.labels.includes(cell)) &&
      named.counters.every((cell) => said.counters.includes(cell)) &&
      named.context.every((name) => said.context.includes(name)) &&
      named.facts.every(({ path, fact }) =>
        said.facts.some((each) => each.path === path && each.fact === fact),
      );
    if (!complete) fail("reads that leave something out");
    if (said.labels.some((cell) => this.#program.labels[cell] === undefined)) fail("an unknown label");
    if (said.counters.some((cell) => this.#program.counters[cell] === undefined)) fail("an unknown counter");
  }

  #key(types: readonly Type[], indices: readonly number[], action: number, stage: Stage, local?: Type): void {
    checkKey(
      indices.map((index) => this.#infer(index, action, stage, local).type),
      types,
    );
  }

  #label(index: number): void {
    const label = this.#program.labels[index];
    label?.transitions.forEach((transition, at) => {
      const stage: Stage = transition.on === "result" ? "result" : "call";
      transition.targets.forEach(({ action, when, each, key }, place) =>
        this.#at(`/labels/${index}/transitions/${at}/targets/${place}`, () => {
          const over = each === null ? undefined : this.#infer(each, action, stage).type;
          const local = over?.kind === "list" || over?.kind === "set" ? over.of : undefined;
          if (each !== null && local === undefined) fail("a transition for each of what is no list or set");
          this.#condition(when, action, stage, local);
          this.#key(label.key, key, action, stage, local);
        }),
      );
    });
    this.#at(`/labels/${index}`, () => this.#keyTypes(label?.key ?? []));
  }

  #counter(index: number): void {
    const counter = this.#program.counters[index];
    if (counter === undefined) return;
    this.#at(`/counters/${index}`, () => {
      this.#keyTypes(counter.key);
      if (counter.window !== null && counter.window % 60 !== 0) fail("a window of no whole buckets");
    });
    counter.targets.forEach(({ action, key, amount, settle }, at) =>
      this.#at(`/counters/${index}/targets/${at}`, () => {
        const unit: Type = { kind: "decimal" };
        this.#key(counter.key, key, action, "call");
        joined(unit, this.#infer(amount, action, "call").type);
        if (settle !== null) joined(unit, this.#infer(settle, action, "result").type);
      }),
    );
  }

  #keyTypes(types: readonly Type[]): void {
    for (const type of types) {
      this.#type(type);
      if (!isScalar(type)) fail("a key that is no scalar");
    }
  }
}

/** Walks level by level, as the depth is not known to be bounded yet. */
function isTooDeep(root: IrExpression): boolean {
  let level: IrExpression[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_EXPRESSION_DEPTH) return true;
    const next: IrExpression[] = [];
    for (const node of level) eachChild(node, (child) => void next.push(child));
    level = next;
  }
  return false;
}
