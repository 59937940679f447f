// The fold of events over state: (state, event) → state. Pure; clocks and stores live around it.
import type { ExpressionIndex, IrCounter, IrLabel, IrProgram } from "../ir/ir.ts";
import type { RuleSource } from "../ir/rule-source.ts";
import { STRING } from "../types/type.ts";
import { cellKey, keyText } from "../values/cell-key.ts";
import { lazily } from "../values/lazily.ts";
import type { Value } from "../values/value.ts";
import { addToBuckets, bucketOf, isExpired, settleBuckets } from "./counter-state.ts";
import {
  clearedSince,
  clearLabel,
  doubtLabel,
  initialLabel,
  pruneClears,
  setLabel,
  type LabelState,
} from "./label-state.ts";
import type { Buckets, CallInFlight, EventDocument, State } from "./state.ts";
import { planTransitions, type ActionPlan, type PlannedTransition } from "./transition-plan.ts";

/** A validated event, ready to evaluate the expressions of its action. */
export interface PreparedEvent {
  /** Index of the action in the program. */
  readonly action: number;
  /** Milliseconds. */
  readonly time: number;
  /** `unknown` where there is no result, or none that fits its type. */
  readonly status: "ok" | "error" | "unknown";
  /** Value of an expression, seeing `local` as local 0. */
  evaluate(expression: ExpressionIndex, local?: Value): Value;
}

export interface StateMachine {
  /** Never throws; an event that cannot be read breaks the state: every cell is unreadable from then on. */
  advance(state: State, event: EventDocument): State;
}

interface Draft {
  readonly labels: Map<string, LabelState>;
  readonly counters: Map<string, Map<string, Buckets>>;
  calls: CallInFlight[];
}

/** `rules` as for `planTransitions`. `prepare` validates an event by the types of its action; undefined when it does not fit. */
export function createStateMachine(
  program: IrProgram,
  prepare: (event: EventDocument) => PreparedEvent | undefined,
  rules?: RuleSource,
): StateMachine {
  const plansOf = lazily(() => planTransitions(program, rules));
  const labels = new Map(program.labels.map((label) => [label.id, label]));
  const counters = new Map(program.counters.map((counter) => [counter.id, counter]));
  const keyOf = (
    event: PreparedEvent,
    cell: IrLabel | IrCounter,
    key: readonly ExpressionIndex[],
    local?: Value,
  ): string | null => {
    if (key.length === 0) return null;
    const texts = key.map((each, index) => keyText(cell.key[index] ?? STRING, event.evaluate(each, local)));
    return cellKey(texts);
  };

  function advance(state: State, event: EventDocument): State {
    if (state.broken || event.seq <= state.seq) return state;
    const next = { ...state, seq: event.seq };
    const prepared = state.schema === program.stateDigest ? safely(() => prepare(event)) : undefined;
    const plan = prepared === undefined ? undefined : plansOf()[prepared.action];
    if (prepared === undefined || plan === undefined) {
      // Anybody can send a call that is not valid: that it was denied says nothing, and breaks nothing.
      const harmless = event.phase === "denied" && state.schema === program.stateDigest;
      return harmless ? next : { ...next, broken: true };
    }
    const draft: Draft = {
      labels: new Map(state.labels),
      counters: new Map(state.counters.map(([cell, keys]) => [cell, new Map(keys)])),
      calls: [...state.calls],
    };
    const applied = safely(() => {
      apply(draft, plan, event, prepared);
      return true;
    });
    return applied === true ? { ...next, ...finish(draft) } : { ...next, broken: true };
  }

  function apply(draft: Draft, plan: ActionPlan, event: EventDocument, prepared: PreparedEvent): void {
    switch (event.phase) {
      case "started":
        return start(draft, plan, event, prepared);
      case "finished":
        return finishCall(draft, plan, event, prepared);
      case "abandoned":
        return abandon(draft, event);
      case "approved":
      case "denied": {
        const on = event.phase === "approved" ? "approval" : "denied";
        for (const each of plan.transitions) {
          const { rules } = each.transition;
          if (each.transition.on !== on) continue;
          if (rules !== null && !rules.some((rule) => event.rules?.includes(rule))) continue;
          carryOut(draft, each, event.seq, prepared);
        }
      }
    }
  }

  function start(draft: Draft, plan: ActionPlan, event: EventDocument, prepared: PreparedEvent): void {
    const applied: { label: string; key: string | null }[] = [];
    const pending: CallInFlight["pending"][number][] = [];
    for (const each of plan.transitions) {
      if (each.transition.on === "call") applied.push(...carryOut(draft, each, event.seq, prepared));
      if (
        each.transition.on === "result" &&
        !(each.whenKnownAtStart && prepared.evaluate(each.target.when) !== true)
      ) {
        const key = each.keyKnownAtStart ? keyOf(prepared, each.label, each.target.key) : null;
        const keys = each.label.key.length === 0 ? [] : key === null ? null : [key];
        pending.push({ label: each.label.id, op: each.transition.op, keys });
      }
    }
    const reserved = plan.counters.map(({ counter, target }) => {
      const key = keyOf(prepared, counter, target.key) ?? "";
      const amount = Number(prepared.evaluate(target.amount));
      if (!(amount >= 0)) throw new Error("a reserved amount is a number that is not negative");
      forgetExpired(draft, counter, prepared.time);
      const buckets = draft.counters.get(counter.id)?.get(key) ?? [];
      const [after, bucket] = addToBuckets(counter, buckets, bucketOf(counter, prepared.time), amount);
      putBuckets(draft, counter, key, after);
      return { counter: counter.id, key, bucket, amount };
    });
    const { call_id, seq, tool, action } = event;
    draft.calls.push({ call_id, seq, tool, action, pending, applied, reserved });
  }

  function finishCall(draft: Draft, plan: ActionPlan, event: EventDocument, prepared: PreparedEvent): void {
    // A finish without its start is a forged or repeated result: it changes nothing.
    const call = takeCall(draft, event);
    if (call === undefined) return;
    const unknown = prepared.status === "unknown";
    for (const each of plan.transitions) {
      if (each.transition.on !== "result") continue;
      if (unknown && !(each.whenKnownAtStart && each.keyKnownAtStart)) doubt(draft, each, call, prepared);
      else carryOut(draft, each, event.seq, prepared, call.seq);
    }
    if (prepared.status !== "ok") return;
    for (const { counter, target } of plan.counters) {
      if (target.settle === null) continue;
      const used = prepared.evaluate(target.settle);
      // A negative or unreadable amount would refund the budget: the reservation stands.
      if (typeof used !== "number" || used < 0) continue;
      for (const each of call.reserved.filter((one) => one.counter === counter.id)) {
        const buckets = draft.counters.get(counter.id)?.get(each.key);
        if (buckets === undefined) continue;
        putBuckets(draft, counter, each.key, settleBuckets(buckets, each.bucket, each.amount, used));
      }
    }
  }

  function abandon(draft: Draft, event: EventDocument): void {
    const call = takeCall(draft, event);
    if (call === undefined) return;
    for (const each of call.reserved) {
      const counter = counters.get(each.counter);
      const buckets = draft.counters.get(each.counter)?.get(each.key);
      if (counter === undefined || buckets === undefined) continue;
      putBuckets(draft, counter, each.key, settleBuckets(buckets, each.bucket, each.amount, 0));
    }
    for (const { label: id, key } of call.applied) {
      const label = labels.get(id);
      if (label !== undefined)
        draft.labels.set(id, doubtLabel(draft.labels.get(id) ?? initialLabel(label), label, key));
    }
  }

  /** Sets or clears where `when` holds; what began before a clear of the same label is void. */
  function carryOut(
    draft: Draft,
    { label, transition, target }: PlannedTransition,
    seq: number,
    event: PreparedEvent,
    began = Infinity,
  ): { label: string; key: string | null }[] {
    const done: { label: string; key: string | null }[] = [];
    const each = target.each === null ? [undefined] : elementsOf(event.evaluate(target.each));
    for (const local of each) {
      if (event.evaluate(target.when, local) !== true) continue;
      const key = keyOf(event, label, target.key, local);
      const state = draft.labels.get(label.id) ?? initialLabel(label);
      if (transition.op === "set") {
        if (clearedSince(state, key, began)) continue;
        draft.labels.set(label.id, setLabel(state, label, key, true));
      } else draft.labels.set(label.id, clearLabel(state, key, true, seq));
      done.push({ label: label.id, key });
    }
    return done;
  }

  /** The call ran, but what it answered is not known: what it may have set or cleared stays uncertain. */
  function doubt(draft: Draft, planned: PlannedTransition, call: CallInFlight, event: PreparedEvent): void {
    const { label, transition, target } = planned;
    const key = planned.keyKnownAtStart ? keyOf(event, label, target.key) : null;
    const state = draft.labels.get(label.id) ?? initialLabel(label);
    if (transition.op === "clear") draft.labels.set(label.id, clearLabel(state, key, "maybe", call.seq));
    else if (!clearedSince(state, key, call.seq))
      draft.labels.set(label.id, setLabel(state, label, key, "maybe"));
  }

  return { advance };
}

function takeCall(draft: Draft, event: EventDocument): CallInFlight | undefined {
  const index = draft.calls.findIndex(
    (call) => call.call_id === event.call_id && call.tool === event.tool && call.action === event.action,
  );
  return index < 0 ? undefined : draft.calls.splice(index, 1)[0];
}

function putBuckets(draft: Draft, counter: IrCounter, key: string, buckets: Buckets): void {
  const keys = draft.counters.get(counter.id) ?? new Map<string, Buckets>();
  // One key too many makes the cell unreadable; more need not be remembered.
  if (keys.has(key) || keys.size <= counter.max) keys.set(key, buckets);
  draft.counters.set(counter.id, keys);
}

function forgetExpired(draft: Draft, counter: IrCounter, time: number): void {
  const keys = draft.counters.get(counter.id);
  if (keys === undefined || counter.key.length === 0) return;
  for (const [key, buckets] of keys) if (isExpired(counter, buckets, time)) keys.delete(key);
}

function finish(draft: Draft): Pick<State, "labels" | "counters" | "calls"> {
  const oldest = Math.min(Infinity, ...draft.calls.map((call) => call.seq));
  return {
    labels: [...draft.labels].map(([cell, state]) => [cell, pruneClears(state, oldest)] as const),
    counters: [...draft.counters].map(([cell, keys]) => [cell, [...keys]] as const),
    calls: draft.calls,
  };
}

const elementsOf = (value: Value): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : [];

function safely<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
