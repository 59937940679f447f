// What events of an action may change, as tables for the runtime's fold over state.
import {
  type ActionPlan,
  type IrCounter,
  type IrLabel,
  planTransitions,
  type PlannedTransition,
} from "@aegis/runtime/core";
import { wide } from "./data-image.ts";
import type { EncodeContext } from "./encode-context.ts";
import type { ExpressionEncoder } from "./encode-expressions.ts";
import { keyMode } from "./encode-types.ts";
import type { TableSlot } from "./header.ts";

const MOMENTS = ["call", "result", "approval", "denied"] as const;

/** Members and words of states and events, in the order of the runtime. */
const NAMES =
  "state event schema seq broken labels counters calls value cleared keys full phase call_id time rules pending applied " +
  "reserved label op key counter bucket amount tool action set clear maybe started finished abandoned approved denied epoch";

export class PlanEncoder {
  readonly #context: EncodeContext;
  readonly #expressions: ExpressionEncoder;
  readonly #plans: readonly ActionPlan[];

  constructor(context: EncodeContext, expressions: ExpressionEncoder) {
    this.#context = context;
    this.#expressions = expressions;
    this.#plans = planTransitions(context.program);
  }

  /** Tables that all actions share. */
  tables(): Partial<Record<TableSlot, number>> {
    const { image, program } = this.#context;
    const labels = program.labels.map((label) => this.#label(label));
    const counters = program.counters.map((counter) => this.#counter(counter));
    return {
      labels: image.words([labels.length, ...labels]),
      counters: image.words([counters.length, ...counters]),
      members: this.#members(),
    };
  }

  /** Where each name stands behind the start of the table, its length, and then all of them. */
  #members(): number {
    const names = NAMES.split(" ");
    let end = names.length * 4;
    const entries = names.map(({ length }) => {
      end += length;
      return (end - length) | (length << 16);
    });
    const table = this.#context.image.unshared(entries);
    this.#context.image.append(names.join(""));
    return table;
  }

  /** Address of the plan of an action. */
  plan(action: number): number {
    const { transitions, counters } = this.#plans[action] ?? { transitions: [], counters: [] };
    const { image } = this.#context;
    if (transitions.length > 0) this.#context.need("labelEvents");
    if (counters.length > 0) this.#context.need("counterEvents");
    return image.words([
      transitions.length,
      counters.length,
      ...transitions.map((each) => this.#transition(each, action)),
      ...counters.map(({ counter, target }) =>
        image.words([
          this.#counter(counter),
          ...this.#keys(target.key, counter, action),
          this.#expressions.expression(target.amount, action),
          target.settle === null ? 0 : this.#expressions.expression(target.settle, action),
        ]),
      ),
    ]);
  }

  #transition(
    { label, transition, target, whenKnownAtStart, keyKnownAtStart }: PlannedTransition,
    action: number,
  ): number {
    const { op, on, rules } = transition;
    const { image } = this.#context;
    const named =
      rules === null ? 0 : image.words([rules.length, 0, ...rules.flatMap((rule) => image.text(rule))]);
    return image.words([
      this.#label(label),
      Number(op === "clear"),
      MOMENTS.indexOf(on),
      named,
      this.#expressions.condition(target.when, action),
      target.each === null ? 0 : this.#expressions.expression(target.each, action),
      ...this.#keys(target.key, label, action),
      Number(whenKnownAtStart),
      Number(keyKnownAtStart),
    ]);
  }

  /** Their number, and the address of nodes and how they are written. */
  #keys(indices: readonly number[], { key }: IrLabel | IrCounter, action: number): readonly number[] {
    const words = indices.flatMap((index, place) => {
      const type = key[place];
      return type === undefined ? [] : [this.#expressions.expression(index, action), keyMode(type)];
    });
    return [words.length / 2, words.length === 0 ? 0 : this.#context.image.words(words)];
  }

  #label({ id, key, max }: IrLabel): number {
    const { image } = this.#context;
    return image.words([...image.text(id), Number(key.length > 0), max]);
  }

  #counter({ id, key, max, window }: IrCounter): number {
    const { image } = this.#context;
    return image.words([...image.text(id), Number(key.length > 0), max, ...wide(window ?? 0)]);
  }
}
