// How labels change: set and clear, with or without key, certain or not, and what requests see of them.
import type { IrLabel } from "../ir/ir.ts";
import type { LabelValue } from "../request/request.ts";
import { compareUtf8 } from "../values/compare-utf8.ts";
import type { CallInFlight, Certainty, KeyedLabelState, PlainLabelState } from "./state.ts";

export type LabelState = PlainLabelState | KeyedLabelState;

export const initialLabel = (label: IrLabel): LabelState =>
  label.key.length === 0 ? { value: false, cleared: 0 } : { keys: [], full: false, cleared: [] };

const isKeyed = (state: LabelState): state is KeyedLabelState => "keys" in state;

/** Sets the label under a key (null for a plain one); an uncertain set never overwrites a certain one. */
export function setLabel(
  state: LabelState,
  label: IrLabel,
  key: string | null,
  certainty: true | "maybe",
): LabelState {
  if (!isKeyed(state))
    return { ...state, value: certainty === true || state.value === true ? true : "maybe" };
  if (key === null) return { ...state, full: true };
  const others = state.keys.filter(([each]) => each !== key);
  const before = state.keys.find(([each]) => each === key)?.[1];
  if (before === undefined && others.length >= label.max) return { ...state, full: true };
  const entry = [key, certainty === true || before === true ? true : "maybe"] as const;
  return { ...state, keys: sorted([...others, entry]) };
}

/** Clears the label under a key; a clear without a known key, or an uncertain one, leaves doubt. */
export function clearLabel(
  state: LabelState,
  key: string | null,
  certainty: true | "maybe",
  seq: number,
): LabelState {
  if (!isKeyed(state)) {
    if (certainty === "maybe") return { ...state, value: state.value === false ? false : "maybe" };
    return { value: false, cleared: seq };
  }
  if (key === null) return { ...state, keys: state.keys.map(([each]) => [each, "maybe"] as const) };
  if (certainty === "maybe") {
    return {
      ...state,
      keys: state.keys.map(([each, value]) => [each, each === key ? "maybe" : value] as const),
    };
  }
  const cleared = [...state.cleared.filter(([each]) => each !== key), [key, seq] as const];
  return { ...state, keys: state.keys.filter(([each]) => each !== key), cleared: sorted(cleared) };
}

/** Whether the label (under a key) was cleared after a call began: what that call's result sets is void then. */
export function clearedSince(state: LabelState, key: string | null, seq: number): boolean {
  if (!isKeyed(state)) return state.cleared > seq;
  return state.cleared.some(([each, at]) => at > seq && (key === null || each === key));
}

/** Forgets clears that no call in flight began before. */
export function pruneClears(state: LabelState, oldestCall: number): LabelState {
  if (!isKeyed(state) || state.cleared.length === 0) return state;
  return { ...state, cleared: state.cleared.filter(([, at]) => at > oldestCall) };
}

/** Makes what a call changed doubtful, in both directions. */
export function doubtLabel(state: LabelState, label: IrLabel, key: string | null): LabelState {
  if (!isKeyed(state)) return { ...state, value: "maybe" };
  if (key === null)
    return { ...state, full: true, keys: state.keys.map(([each]) => [each, "maybe"] as const) };
  const known = state.keys.some(([each]) => each === key);
  if (!known && state.keys.length >= label.max) return { ...state, full: true };
  return {
    ...state,
    keys: sorted([...state.keys.filter(([each]) => each !== key), [key, "maybe"] as const]),
  };
}

/** What a request reads: the state, with what calls in flight may still set or clear counted as uncertain. */
export function viewLabel(state: LabelState, label: IrLabel, calls: readonly CallInFlight[]): LabelValue {
  const pending = calls.flatMap((call) =>
    call.pending.filter((each) => each.label === label.id).map((each) => ({ ...each, began: call.seq })),
  );
  if (!isKeyed(state)) {
    let value: Certainty = state.value;
    for (const each of pending) {
      if (each.op === "set" && value === false && state.cleared <= each.began) value = "maybe";
      if (each.op === "clear" && value === true) value = "maybe";
    }
    return value;
  }
  const keys = new Map<string, true | "maybe">(state.keys);
  let full = state.full;
  for (const { op, keys: affected, began } of pending) {
    if (affected === null) {
      if (op === "set") full = true;
      else for (const key of keys.keys()) keys.set(key, "maybe");
    } else {
      for (const key of affected) {
        if (op === "set" && !keys.has(key) && !clearedSince(state, key, began)) keys.set(key, "maybe");
        if (op === "clear" && keys.has(key)) keys.set(key, "maybe");
      }
    }
  }
  const listed = (wanted: true | "maybe"): string[] =>
    [...keys]
      .filter(([, value]) => value === wanted)
      .map(([key]) => key)
      .sort(compareUtf8);
  return { set: listed(true), maybe: listed("maybe"), full };
}

const sorted = <T extends readonly [string, ...unknown[]]>(entries: readonly T[]): readonly T[] =>
  [...entries].sort((a, b) => compareUtf8(a[0], b[0]));
