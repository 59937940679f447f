// Rules as tables, by action and phase and sorted by id, so that a decision walks only those that target its action.
import {
  compareUtf8,
  cutCodePoints,
  type IrReads,
  type IrReasonPart,
  type IrRule,
  type IrTarget,
  type IrWaiver,
  NO_READS,
  type Obligation,
  obligationsOf,
  overlaps,
  printTime,
  required,
  STRING,
  typeOf,
} from "@aegis/runtime/core";
import { NONE, put, type Wide, wide } from "./data-image.ts";
import type { EncodeContext } from "./encode-context.ts";
import type { ExpressionEncoder } from "./encode-expressions.ts";

type Phase = IrRule["phase"];

/** A rule as it stands for one action; `index` is that of the target in the rule. */
interface Entry {
  readonly rule: IrRule;
  readonly target: IrTarget;
  readonly index: number;
}

/** In the order of the runtime. */
const EFFECTS = ["allow", "sanitize", "approval", "deny"] as const;
const DECISIONS = {
  allow: "allow",
  sanitize: "sanitize",
  approval: "approval_needed",
  deny: "deny",
} as const;
const MAX_REASON = 500;
const MOST_PLAIN = 32;
/** Rules of a list whose answers all get places of their own, as a power of two. */
const MOST_OF_A_LIST = 4;

/** Address of the rules of an action in a phase. */
export type RuleTables = (action: number, phase: Phase) => number;

export function encodeRules(context: EncodeContext, expressions: ExpressionEncoder): RuleTables {
  const { rules, actions } = context.program;
  const sorted = [...rules].sort((a, b) => compareUtf8(a.id, b.id));
  const entries = {
    call: actions.map((): Entry[] => []),
    result: actions.map((): Entry[] => []),
  } as const;
  for (const rule of sorted) {
    const ofPhase = entries[rule.phase];
    rule.targets.forEach((target, index) => ofPhase[target.action]?.push({ rule, target, index }));
  }
  const encoder = new RuleEncoder(context, expressions);
  return (action, phase) => encoder.list(entries[phase][action] ?? []);
}

class RuleEncoder {
  readonly #context: EncodeContext;
  readonly #expressions: ExpressionEncoder;
  /** Where the answers of the next list begin among those that the runtime keeps. */
  #place = 0;

  constructor(context: EncodeContext, expressions: ExpressionEncoder) {
    this.#context = context;
    this.#expressions = expressions;
  }

  list(entries: readonly Entry[]): number {
    const observed = entries.some(({ rule }) => rule.shadow !== undefined);
    if (observed) this.#context.need("shadow");
    const isPlain = this.#isPlain(entries);
    if (!isPlain) this.#context.need("matcher");
    const place = this.#place & 0xffff;
    this.#place += 2 ** Math.min(entries.length, MOST_OF_A_LIST);
    const words = [entries.length, Number(observed) + 2 * Number(isPlain) + 4 * place];
    for (const entry of entries) this.#entry(entry, entries, words);
    return this.#context.image.unshared(words);
  }

  /** Whether the answer depends on nothing but which rules match, and that the runtime can say by the bits of a word. */
  #isPlain(entries: readonly Entry[]): boolean {
    const needsNothing = ({ labels, counters, facts, context }: IrReads): boolean =>
      labels.length + counters.length + facts.length + context.length === 0;
    return (
      entries.length <= MOST_PLAIN &&
      entries.every(
        ({ rule, target }) =>
          rule.shadow === undefined &&
          rule.waivers.length === 0 &&
          rule.reason?.some(({ kind }) => kind === "value") !== true &&
          needsNothing(target.reads) &&
          needsNothing(this.#expressions.readsOf(target.scope)),
      )
    );
  }

  /** Into `words`: there are thousands of entries, and most of what they say is nothing. */
  #entry({ rule, target, index }: Entry, all: readonly Entry[], words: number[]): void {
    const { image } = this.#context;
    const { id, shadow, hint, reason } = rule;
    const obligations = this.#obligations(rule, target);
    const quoted = image.quoted(id);
    const hasPlaceholder = reason?.some(({ kind }) => kind === "value") === true;
    words.push(
      EFFECTS.indexOf(rule.effect),
      this.#expressions.condition(target.scope, target.action),
      this.#expressions.reads(this.#expressions.readsOf(target.scope)),
      this.#expressions.reads(target.reads),
      this.#expressions.condition(target.when, target.action),
      this.#waivers(rule, index, target.action),
      shadow === undefined ? 0 : shadow.until === undefined ? 1 : 2,
      hasPlaceholder ? this.#reason(reason, index, target.action, all) : 0,
    );
    put(words, shadow?.until === undefined ? NONE : wide(shadow.until));
    put(words, image.text(id));
    put(words, quoted);
    put(words, this.#texts(obligations, "redact"));
    put(words, this.#texts(obligations, "approval"));
    put(words, hint === null ? NONE : image.text(JSON.stringify(hint)));
    put(words, hasPlaceholder ? NONE : image.text(JSON.stringify(fixedText(rule))));
  }

  #obligations(rule: IrRule, target: IrTarget): readonly Obligation[] {
    if (rule.approval === null && target.redactions.length === 0) return NO_OBLIGATIONS;
    return obligationsOf(rule, target, this.#context.program.patterns);
  }

  /** Those of the type as they stand in the answer, joined by commas. */
  #texts(all: readonly Obligation[], type: Obligation["type"]): Wide {
    if (all.length === 0) return NONE;
    const texts = all
      .filter((obligation) => obligation.type === type)
      .map((obligation) => JSON.stringify(obligation));
    return texts.length === 0 ? NONE : this.#context.image.text(texts.join(","));
  }

  #waivers({ id: rule, waivers }: IrRule, index: number, action: number): number {
    if (waivers.length === 0) return 0;
    this.#context.need("waivers");
    this.#context.need("waived");
    const sorted = [...waivers].sort((a, b) => compareUtf8(a.id, b.id));
    return this.#context.image.words([
      sorted.length,
      0,
      ...sorted.flatMap((waiver) => this.#waiver(rule, waiver, index, action)),
    ]);
  }

  #waiver(
    rule: string,
    { id, until, when, reads }: IrWaiver,
    index: number,
    action: number,
  ): readonly number[] {
    const condition = when[index];
    const needed = reads[index];
    if (condition === undefined || needed === undefined)
      throw new RangeError("an exception without its condition");
    return [
      this.#expressions.condition(condition, action),
      this.#expressions.reads(needed),
      ...wide(until),
      ...this.#context.image.text(JSON.stringify({ rule, exception: id, until: printTime(until) })),
    ];
  }

  #reason(parts: readonly IrReasonPart[], index: number, action: number, all: readonly Entry[]): number {
    this.#context.need("reason");
    return this.#context.image.words([
      parts.length,
      0,
      ...parts.flatMap((part) => {
        if (part.kind === "text") return [0, 0, 0, 0, ...this.#context.image.text(part.text)];
        const value = part.values[index];
        if (value === undefined) throw new RangeError("a placeholder without its value");
        const redacting = all.flatMap(({ target }, place) =>
          target.redactions.some(({ path }) => overlaps(path, part.path)) ? [place] : [],
        );
        const overlapping =
          redacting.length === 0 ? 0 : this.#context.image.words([redacting.length, ...redacting]);
        const { facts } = this.#expressions.readsOf(value);
        return [
          this.#printed(value),
          this.#expressions.expression(value, action),
          overlapping,
          this.#expressions.reads({ ...NO_READS, facts }),
          ...NONE,
        ];
      }),
    ]);
  }

  /** How the runtime prints a value of the type. */
  #printed(expression: number): number {
    const node = this.#context.program.expressions[expression];
    const type = node === undefined ? undefined : typeOf(node, this.#expressions.sources);
    return PRINTED.indexOf(required(type ?? STRING).kind);
  }
}

const NO_OBLIGATIONS: readonly Obligation[] = [];

/** In the order of the runtime; texts of reasons come first. */
const PRINTED: readonly string[] = [
  "",
  "bool",
  "int",
  "decimal",
  "time",
  "duration",
  "enum",
  "string",
  "parsed",
];

/** The reason of a rule that says the same whatever the request is. */
function fixedText({ id, effect, reason }: IrRule): string {
  if (reason === null) return `${DECISIONS[effect]} by ${id}`;
  return cutCodePoints(reason.map((part) => (part.kind === "text" ? part.text : "")).join(""), MAX_REASON);
}
