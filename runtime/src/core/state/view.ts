// What a request may read of a state: every declared cell, calls in flight counted as uncertain.
import type { IrCounter, IrProgram } from "../ir/ir.ts";
import type { CounterValue, LabelValue, StateSnapshot } from "../request/request.ts";
import { compareUtf8 } from "../values/compare-utf8.ts";
import { printDecimal } from "../values/decimal-text.ts";
import { isExpired, sumBuckets } from "./counter-state.ts";
import { initialLabel, viewLabel } from "./label-state.ts";
import type { Buckets, State } from "./state.ts";

/** `time` in ms. A broken state, or one of another schema, gives a snapshot without cells: everything is unreadable. */
export function viewState(program: IrProgram, state: State, time: number): StateSnapshot {
  const head = { schema: state.schema, epoch: state.epoch };
  if (state.broken || state.schema !== program.stateDigest) return { ...head, labels: {}, counters: {} };
  const stored = new Map(state.labels);
  const labels = record<LabelValue>(
    program.labels.map((label) => [
      label.id,
      viewLabel(stored.get(label.id) ?? initialLabel(label), label, state.calls),
    ]),
  );
  const amounts = new Map(state.counters);
  const counters = record<CounterValue>(
    program.counters.flatMap((counter) => {
      const value = viewCounter(counter, amounts.get(counter.id) ?? [], time);
      return value === undefined ? [] : [[counter.id, value]];
    }),
  );
  return { ...head, labels, counters };
}

/** Undefined when there are more keys than may be remembered: the cell is unreadable then. */
function viewCounter(
  counter: IrCounter,
  keys: readonly (readonly [string, Buckets])[],
  time: number,
): CounterValue | undefined {
  const print = (buckets: Buckets): string => printAmount(counter, sumBuckets(counter, buckets, time));
  if (counter.key.length === 0) return print(keys[0]?.[1] ?? []);
  const live = keys.filter(([, buckets]) => !isExpired(counter, buckets, time));
  if (live.length > counter.max) return undefined;
  return record(live.map(([key, buckets]) => [key, print(buckets)]));
}

/** Canonical decimal text of a counter's value. */
const printAmount = (counter: Pick<IrCounter, "type">, amount: number): string =>
  counter.type === "int" ? String(amount) : printDecimal(amount);

/** An object whose keys may be anything, `__proto__` included. */
function record<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  const result = Object.create(null) as Record<string, T>;
  for (const [key, value] of [...entries].sort((a, b) => compareUtf8(a[0], b[0]))) result[key] = value;
  return result;
}
