// The checks of a decoded program beyond its shape: every index, type, cost, name and phase.
import type { Platform } from "../../types/parsed-type.ts";
import type { Field, Type } from "../../types/type.ts";
import { isScalar } from "../../types/type-relations.ts";
import type {
  IrAction,
  IrCounter,
  IrExpression,
  IrFrame,
  IrLabel,
  IrReads,
  IrRule,
  IrTarget,
} from "../ir.ts";
import { NO_READS } from "../reads-of.ts";
import { fieldsProblem, typeProblem } from "./check-type.ts";
import { hasDuplicates } from "./duplicates.ts";
import { IllTyped, MAX_EXPRESSION_COST, checkKey, fail, infer, joined } from "./infer-expression.ts";
import type { Inferred, Stage, TypeEnvironment } from "./type-environment.ts";
import { TypeEnvironments } from "./type-environment.ts";

export interface IrProblem {
  /** JSON pointer into the program. */
  readonly path: string;
  readonly message: string;
}

/** What is looked at: all but rules and expressions, and how those are read. */
export interface ProgramToCheck {
  readonly frame: IrFrame;
  expression(index: number): IrExpression | undefined;
}

/** Each finds all problems of its part, with their places; at most one for each place. */
export class ProgramChecker {
  readonly #problems: IrProblem[];
  readonly #program: ProgramToCheck;
  readonly #platform: Platform;
  readonly #sound = new Set<Type>();
  readonly #soundFields = new Set<readonly Field[]>();
  readonly #environments: TypeEnvironments;
  readonly #guards: ReadonlyMap<string, boolean>;

  /** What is wrong is added to `problems`. */
  constructor(program: ProgramToCheck, platform: Platform, problems: IrProblem[]) {
    this.#problems = problems;
    this.#program = program;
    this.#platform = platform;
    const { frame } = program;
    this.#environments = new TypeEnvironments({
      program: frame,
      parsedTypes: platform.parsedTypes,
      sound: this.#sound,
      constants: new Map(),
      calls: new Map(),
    });
    this.#guards = new Map(frame.packages.map(({ name, guard }) => [name, guard]));
  }

  /** Types, patterns, labels and counters, and names, also of rules: to be looked at before anything else. */
  checkFrame(ruleIds: readonly string[]): void {
    const { agent, context, facts, patterns, actions, labels, counters } = this.#program.frame;
    this.#at(() => this.#checkNames(ruleIds));
    this.#at(() => this.#fields(agent), "agent");
    this.#at(() => this.#fields(context), "context");
    for (const [at, { type }] of facts.entries()) this.#at(() => this.#type(type), "facts", at);
    for (const [at, { pattern }] of patterns.entries())
      this.#at(() => this.#pattern(pattern), "patterns", at);
    actions.forEach((action, at) => this.#action(action, at));
    // What follows reads these types.
    if (this.#problems.length > 0) return;
    labels.forEach((label, at) => this.#label(label, at));
    counters.forEach((counter, at) => this.#counter(counter, at));
  }

  /** `place`: where the problem is, should there be one. */
  #at(check: () => void, ...place: readonly (string | number)[]): void {
    try {
      check();
    } catch (error) {
      this.#tell(error, ...place);
    }
  }

  #tell(error: unknown, ...place: readonly (string | number)[]): void {
    if (!(error instanceof IllTyped)) throw error;
    this.#problems.push({ path: place.map((segment) => `/${segment}`).join(""), message: error.message });
  }

  // There may be thousands of these, looked at by code that has not run before: no function is made for each.

  #action({ params, result }: IrAction, at: number): void {
    try {
      this.#fields(params);
      this.#type(result);
    } catch (error) {
      this.#tell(error, "actions", at);
    }
  }

  /** What decides whether an action is shown. */
  checkVisible({ visible }: IrAction, at: number): void {
    try {
      this.#condition(visible, at, "list");
    } catch (error) {
      this.#tell(error, "actions", at, "visible");
    }
  }

  /** A rule at all actions that it targets. */
  checkRule(rule: IrRule, at: number): void {
    try {
      this.#wholeRule(rule);
    } catch (error) {
      this.#tell(error, "rules", at);
    }
    for (let place = 0; place < rule.targets.length; place++)
      try {
        this.#target(rule, place);
      } catch (error) {
        this.#tell(error, "rules", at, "targets", place);
      }
  }

  #checkNames(ruleIds: readonly string[]): void {
    const { packages, actions, facts, labels, counters } = this.#program.frame;
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
    unique("rules", ruleIds);
  }

  #type(type: Type): void {
    if (this.#sound.has(type)) return;
    const problem = typeProblem(type, this.#platform.parsedTypes);
    if (problem !== undefined) fail(problem);
    this.#sound.add(type);
  }

  #fields(fields: readonly Field[]): void {
    if (this.#soundFields.has(fields)) return;
    const problem = fieldsProblem(fields, this.#platform.parsedTypes);
    if (problem !== undefined) fail(problem);
    this.#soundFields.add(fields);
  }

  #pattern(pattern: string): void {
    try {
      this.#platform.compilePattern(pattern);
    } catch {
      fail("a pattern that is not portable");
    }
  }

  #expression(index: number): IrExpression {
    return this.#program.expression(index) ?? fail("an unknown expression");
  }

  #infer(index: number, action: number, stage: Stage, local?: Type): Inferred {
    const inferred = infer(this.#expression(index), this.#environment(action, stage, local));
    if (!(inferred.cost <= MAX_EXPRESSION_COST)) fail("an expression that may cost too much");
    return inferred;
  }

  #condition(index: number, action: number, stage: Stage, local?: Type): Inferred {
    const inferred = this.#infer(index, action, stage, local);
    return inferred.type.kind === "bool" ? inferred : fail("a condition that is no bool");
  }

  #environment(index: number, stage: Stage, local?: Type): TypeEnvironment {
    const environment = this.#environments.of(index, stage) ?? fail("an unknown action");
    return local === undefined ? environment : environment.with(local);
  }

  #wholeRule({ id, targets, phase, effect, approval, limit, reason, waivers }: IrRule): void {
    const guard = ownPackage(id, this.#guards) ?? fail("a rule of no package");
    if (guard && effect === "allow") fail("an allow in a guard package");
    let last = -1;
    for (let at = 0; at < targets.length; at++) {
      const action = targets[at]?.action ?? -1;
      if (action <= last) fail("targets out of order");
      last = action;
    }
    if (phase === "result" && effect !== "deny" && effect !== "sanitize")
      fail("a result rule that is no restriction");
    if ((effect === "approval") !== (approval !== null)) fail("an approval that is none");
    if (approval?.by.some((by) => by.role !== undefined && by.user !== undefined) === true)
      fail("an approver by role and by user");
    if (limit !== null && this.#program.frame.counters[limit] === undefined) fail("an unknown counter");
    if (reason?.some((part) => part.kind === "value" && part.values.length !== targets.length) === true)
      fail("a placeholder without its values");
    if (waivers.some(({ when, reads }) => when.length !== targets.length || reads.length !== targets.length))
      fail("an exception without its conditions");
  }

  #target(rule: IrRule, at: number): void {
    const target = rule.targets[at] ?? fail("no such target");
    const { action, scope, when, reads, redactions } = target;
    this.#reads(reads, this.#condition(scope, action, rule.phase));
    this.#reads(reads, this.#condition(when, action, rule.phase));
    redactions.forEach(({ path, matching }) => {
      if (!/^\/(args|result)(\/|$)/.test(path)) fail("a redaction of no place");
      if (matching !== null && this.#program.frame.patterns[matching] === undefined)
        fail("an unknown pattern");
    });
    rule.waivers.forEach((waiver) =>
      this.#reads(waiver.reads[at], this.#condition(waiver.when[at] ?? -1, action, rule.phase)),
    );
    rule.reason?.forEach((part) => {
      if (part.kind === "value") this.#placeholder(part.values[at] ?? -1, rule, target);
    });
  }

  #placeholder(value: number, { phase }: IrRule, { action, reads }: IrTarget): void {
    const { type, reads: named } = this.#infer(value, action, phase);
    if (!isScalar(type.kind === "optional" ? type.of : type)) fail("a placeholder that is no scalar");
    if (
      named.labels.some((cell) => !reads.labels.includes(cell)) ||
      named.counters.some((cell) => !reads.counters.includes(cell))
    )
      fail("a placeholder of state that the condition does not read");
  }

  /** What is named must be said, or a rule would not be blind where it must. */
  #reads(said: IrReads | undefined, { reads: named }: Inferred): void {
    if (named === NO_READS && said === NO_READS) return;
    const complete =
      said !== undefined &&
      named.labels.every((cell) => said.labels.includes(cell)) &&
      named.counters.every((cell) => said.counters.includes(cell)) &&
      named.context.every((name) => said.context.includes(name)) &&
      named.facts.every(({ path, fact }) =>
        said.facts.some((each) => each.path === path && each.fact === fact),
      );
    if (!complete) fail("reads that leave something out");
    if (said.labels.some((cell) => this.#program.frame.labels[cell] === undefined)) fail("an unknown label");
    if (said.counters.some((cell) => this.#program.frame.counters[cell] === undefined))
      fail("an unknown counter");
  }

  #key(types: readonly Type[], indices: readonly number[], action: number, stage: Stage, local?: Type): void {
    checkKey(
      indices.map((index) => this.#infer(index, action, stage, local).type),
      types,
    );
  }

  #label(label: IrLabel, index: number): void {
    label.transitions.forEach((transition, at) => {
      const stage: Stage = transition.on === "result" ? "result" : "call";
      transition.targets.forEach(({ action, when, each, key }, place) => {
        const check = (): void => {
          const over = each === null ? undefined : this.#infer(each, action, stage).type;
          const local = over?.kind === "list" || over?.kind === "set" ? over.of : undefined;
          if (each !== null && local === undefined) fail("a transition for each of what is no list or set");
          this.#condition(when, action, stage, local);
          this.#key(label.key, key, action, stage, local);
        };
        this.#at(check, "labels", index, "transitions", at, "targets", place);
      });
    });
    this.#at(() => this.#keyTypes(label.key), "labels", index);
  }

  #counter(counter: IrCounter, index: number): void {
    const whole = (): void => {
      this.#keyTypes(counter.key);
      if (counter.window !== null && counter.window % 60 !== 0) fail("a window of no whole buckets");
    };
    this.#at(whole, "counters", index);
    counter.targets.forEach(({ action, key, amount, settle }, at) => {
      const check = (): void => {
        const unit: Type = { kind: "decimal" };
        this.#key(counter.key, key, action, "call");
        joined(unit, this.#infer(amount, action, "call").type);
        if (settle !== null) joined(unit, this.#infer(settle, action, "result").type);
      };
      this.#at(check, "counters", index, "targets", at);
    });
  }

  #keyTypes(types: readonly Type[]): void {
    for (const type of types) {
      this.#type(type);
      if (!isScalar(type)) fail("a key that is no scalar");
    }
  }
}

/** Whether the package that a rule belongs to is a guard: the longest of those whose name begins its own. */
function ownPackage(rule: string, guards: ReadonlyMap<string, boolean>): boolean | undefined {
  for (let end = rule.lastIndexOf("."); end > 0; end = rule.lastIndexOf(".", end - 1)) {
    const guard = guards.get(rule.slice(0, end));
    if (guard !== undefined) return guard;
  }
  return undefined;
}
