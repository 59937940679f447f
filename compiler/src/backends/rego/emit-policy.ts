// One Rego package for each policy package: which of its rules match, cannot see or are waived, and what they say.
import {
  type IrExpression,
  type IrProgram,
  type IrReads,
  type IrRule,
  type IrTarget,
  printTime,
  readsOf,
} from "@aegis/runtime/core";
import { Body } from "./body.ts";
import { approvalObligation, obligationEntry, redactObligation } from "./obligation.ts";
import { block, regoComment, regoSet, regoString, regoValue, rule } from "./print-rego.ts";
import { writeReason } from "./write-reason.ts";
import type { ExpressionWriter } from "./write-expression.ts";

/** What a package says about its rules; a package has a table only when a rule has something to put there. */
export const TABLES = {
  /** Set of ids. */
  matches: "set",
  /** Code by id, for rules that name something unreadable. */
  blind: "object",
  /** Set of `{rule, exception, until}`. */
  waivers: "set",
  /** Set of ids of rules that are observed and not enforced. */
  observed: "set",
  /** By id: a list of one text; lists of obligations; the text. */
  hints: "object",
  approvals: "object",
  redactions: "object",
  reasons: "object",
} as const;
export type Table = keyof typeof TABLES;

export interface PolicyText {
  /** One for each rule. */
  readonly blocks: readonly string[];
  readonly tables: ReadonlySet<Table>;
}

/** Targets of a rule that differ in nothing but their action. */
interface TargetGroup {
  readonly actions: readonly number[];
  readonly target: IrTarget;
  /** Position in the rule's targets, for what waivers and reasons say about it. */
  readonly index: number;
}

export function emitPolicy(
  rules: readonly IrRule[],
  program: IrProgram,
  writer: ExpressionWriter,
): PolicyText {
  const tables = new Set<Table>();
  const blocks = rules.map((each) => {
    const { helpers } = writer;
    const before = helpers.length;
    const written = new RuleWriter(each, program, writer, tables).write();
    for (let index = before; index < helpers.length; index++) written.push(helpers[index] ?? "");
    return written.join("\n\n");
  });
  return { blocks, tables };
}

class RuleWriter {
  readonly #rule: IrRule;
  readonly #id: string;
  readonly #program: IrProgram;
  readonly #writer: ExpressionWriter;
  readonly #tables: Set<Table>;
  readonly #blocks: string[] = [];

  constructor(of: IrRule, program: IrProgram, writer: ExpressionWriter, tables: Set<Table>) {
    this.#rule = of;
    this.#id = regoString(of.id);
    this.#program = program;
    this.#writer = writer;
    this.#tables = tables;
  }

  write(): string[] {
    const { effect, phase, hint, approval, shadow, id, targets } = this.#rule;
    const blocks = this.#blocks;
    const title = regoComment(`${effect === "deny" && phase === "result" ? "withhold" : effect} ${id}`);
    if (shadow !== undefined) {
      blocks.push(rule(this.#member("observed"), shadow.until === undefined ? [] : before(shadow.until)));
    }
    const [only] = targets;
    if (targets.length === 1 && only !== undefined)
      this.#group({ actions: [only.action], target: only, index: 0 });
    else for (const group of this.#groups()) this.#group(group);
    if (hint !== null) blocks.push(this.#entry("hints", `[${regoString(hint)}]`));
    if (approval !== null) {
      blocks.push(this.#entry("approvals", `[${obligationEntry(approvalObligation(id, approval))}]`));
    }
    blocks[0] = `${title}\n${blocks[0] ?? ""}`;
    return blocks;
  }

  /** Head that puts the rule's id into a table that is a set. */
  #member(table: Table, item = this.#id): string {
    this.#tables.add(table);
    return `${table} contains ${item}`;
  }

  #entry(table: Table, term: string): string {
    this.#tables.add(table);
    return `${table}[${this.#id}] := ${term}`;
  }

  #groups(): Iterable<TargetGroup> {
    const { targets, waivers, reason } = this.#rule;
    const groups = new Map<string, TargetGroup & { readonly actions: number[] }>();
    targets.forEach((target, index) => {
      const key = JSON.stringify([
        target.scope,
        target.when,
        target.redactions,
        waivers.map(({ when }) => when[index]),
        (reason ?? []).map((part) => (part.kind === "value" ? part.values[index] : null)),
      ]);
      const group = groups.get(key) ?? { actions: [], target, index };
      groups.set(key, group);
      group.actions.push(target.action);
    });
    return groups.values();
  }

  #group(group: TargetGroup): void {
    const { target, actions } = group;
    const blocks = this.#blocks;
    const sees = missing(target.reads, this.#program);
    const body = this.#body(actions);
    if (sees !== null) body.lines.push(`${sees} == ""`);
    this.#writer.condition(this.#expression(target.scope), body);
    this.#writer.condition(this.#expression(target.when), body);
    blocks.push(`${this.#targetComment(actions)}\n${rule(this.#member("matches"), body.lines)}`);
    if (sees !== null) this.#blind(group, sees);
    this.#waivers(group);
    this.#reason(group);
    if (target.redactions.length > 0) {
      const all = target.redactions.map((each) =>
        obligationEntry(redactObligation(this.#rule.id, each, this.#program)),
      );
      blocks.push(rule(this.#entry("redactions", block("[]", all)), [on(actions)]));
    }
  }

  #targetComment(actions: readonly number[]): string {
    const shown = actions.slice(0, MOST_NAMED).map((index) => {
      const action = this.#program.actions[index];
      return action === undefined ? "" : `${action.tool}.${action.action}`;
    });
    if (actions.length > MOST_NAMED) shown.push(`and ${String(actions.length - MOST_NAMED)} more`);
    return regoComment(`on ${shown.join(", ")}`);
  }

  /** Of a rule that speaks of these actions only. */
  #body(actions: readonly number[]): Body {
    const body = new Body();
    body.lines.push(this.#rule.phase === "call" ? ON_CALL : ON_RESULT, on(actions));
    return body;
  }

  #expression(index: number): IrExpression {
    const expression = this.#program.expressions[index];
    if (expression === undefined) throw new RangeError("the program names an expression that does not exist");
    return expression;
  }

  /** Blind is a rule that cannot read something, unless its `for` can be read and is false. */
  #blind({ target, actions }: TargetGroup, sees: string): void {
    const scope = this.#expression(target.scope);
    const ofScope = missing(readsOf(scope), this.#program);
    const head = this.#entry("blind", "code");
    const { lines } = this.#body(actions);
    lines.push(`code := ${sees}`, 'code != ""');
    const holds = new Body();
    this.#writer.condition(scope, holds);
    if (ofScope === null) this.#blocks.push(rule(head, [...lines, ...holds.lines]));
    else {
      this.#blocks.push(
        rule(head, [...lines, `${ofScope} != ""`]),
        rule(head, [...lines, `${ofScope} == ""`, ...holds.lines]),
      );
    }
  }

  /** Exceptions that hold: the date is known to lie ahead, what they name can be read, and their condition is true. */
  #waivers({ index, actions }: TargetGroup): void {
    for (const { id, until, when, reads } of this.#rule.waivers) {
      const condition = when[index];
      const needed = reads[index];
      if (condition === undefined || needed === undefined) continue;
      const sees = missing(needed, this.#program);
      const entry = regoValue({ rule: this.#rule.id, exception: id, until: printTime(until) });
      const body = this.#body(actions);
      body.lines.push(...before(until));
      if (sees !== null) body.lines.push(`${sees} == ""`);
      this.#writer.condition(this.#expression(condition), body);
      this.#blocks.push(rule(this.#member("waivers", entry), body.lines));
    }
  }

  #reason({ index, actions }: TargetGroup): void {
    const { reason } = this.#rule;
    if (reason === null) return;
    const { lines, term } = writeReason(reason, index, this.#program, this.#writer);
    this.#blocks.push(rule(this.#entry("reasons", term), [on(actions), ...lines]));
  }
}

/** Actions that a comment names. */
const MOST_NAMED = 6;

const ON_CALL = 'request.phase == "call"';
const ON_RESULT = 'request.phase == "result"';

const on = (actions: readonly number[]): string =>
  actions.length === 1 ? `request.action == ${String(actions[0])}` : `request.action in ${regoSet(actions)}`;

/** Holds while the time is known to be before a moment. */
const before = (moment: number): string[] => [
  'time := object.get(request.context, "time", null)',
  "time != null",
  `time < ${String(moment)}`,
];

/** Why one of the names cannot be read: a code, or the empty string; null when there are no names. */
function missing({ labels, counters, facts, context }: IrReads, program: IrProgram): string | null {
  if (labels.length + counters.length + facts.length + context.length === 0) return null;
  const ids = (cells: readonly number[], all: readonly { readonly id: string }[]): string =>
    regoSet(cells.map((cell) => all[cell]?.id ?? ""));
  const places = regoValue(facts.map(({ path, fact }) => [path, fact]));
  return `readable.missing(${ids(labels, program.labels)}, ${ids(counters, program.counters)}, ${places}, ${regoSet(context)})`;
}
