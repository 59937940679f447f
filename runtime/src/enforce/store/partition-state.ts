// Joins the partitions of the scopes into the one state that the fold works on, and splits it again.
import { emptyState, type IrProgram, type IrScope, type State } from "../../core/index.ts";
import type { Partitions } from "./state-store.ts";

export const SCOPES: readonly IrScope[] = ["session", "agent", "tenant"];

/** Which scope a cell belongs to. */
export function scopesOfCells(program: IrProgram): ReadonlyMap<string, IrScope> {
  return new Map([...program.labels, ...program.counters].map((cell) => [cell.id, cell.scope]));
}

/** Null when a partition that holds declared cells is missing, broken or of another schema. */
export function joinPartitions(program: IrProgram, partitions: Partitions): State | null {
  const used = new Set(scopesOfCells(program).values());
  const states = SCOPES.flatMap((scope) => (used.has(scope) ? [partitions[scope]?.state ?? null] : []));
  const known = states.filter((state) => state !== null);
  if (
    known.length < states.length ||
    known.some((state) => state.broken || state.schema !== program.stateDigest)
  )
    return null;
  const joined = emptyState(program.stateDigest, Math.max(1, ...known.map((state) => state.epoch)));
  const calls = new Map<string, State["calls"][number]>();
  for (const call of known.flatMap((state) => state.calls)) {
    const key = `${call.seq}/${call.call_id}`;
    const other = calls.get(key);
    calls.set(key, other === undefined ? call : mergeCalls(other, call));
  }
  return {
    ...joined,
    seq: Math.max(0, ...known.map((state) => state.seq)),
    labels: known.flatMap((state) => state.labels),
    counters: known.flatMap((state) => state.counters),
    calls: [...calls.values()].sort((a, b) => a.seq - b.seq),
  };
}

/** What of a state belongs to one scope; calls in flight keep only what concerns its cells. */
export function partOfState(state: State, scope: IrScope, scopes: ReadonlyMap<string, IrScope>): State {
  const here = (cell: string): boolean => scopes.get(cell) === scope;
  const calls = state.calls
    .map((call) => ({
      ...call,
      pending: call.pending.filter((each) => here(each.label)),
      applied: call.applied.filter((each) => here(each.label)),
      reserved: call.reserved.filter((each) => here(each.counter)),
    }))
    // The session remembers every call, so that a result without a start is seen to be forged.
    .filter(
      (call) => scope === "session" || call.pending.length + call.applied.length + call.reserved.length > 0,
    );
  return {
    ...state,
    labels: state.labels.filter(([cell]) => here(cell)),
    counters: state.counters.filter(([cell]) => here(cell)),
    calls,
  };
}

type Call = State["calls"][number];
const mergeCalls = (a: Call, b: Call): Call => ({
  ...a,
  pending: [...a.pending, ...b.pending],
  applied: [...a.applied, ...b.applied],
  reserved: [...a.reserved, ...b.reserved],
});

/** The session of a sub-agent: its parent's labels are uncertain there, so they restrict and grant nothing. */
export function inheritSession(schema: string, parent: State | undefined): State {
  const own = emptyState(schema);
  if (parent === undefined || parent.schema !== schema) return { ...own, broken: true };
  return {
    ...own,
    broken: parent.broken,
    labels: parent.labels.map(([cell, state]) =>
      "keys" in state
        ? [cell, { keys: state.keys.map(([key]) => [key, "maybe"] as const), full: state.full, cleared: [] }]
        : [cell, { value: state.value === false ? false : ("maybe" as const), cleared: 0 }],
    ),
  };
}
