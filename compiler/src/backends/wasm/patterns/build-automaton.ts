// A machine of steps as an automaton over classes of bytes: one look-up a byte. Gives up where it would grow too large.
import type { Step, StepProgram } from "./compile-steps.ts";

/** From state 0 nothing is found any more; state 1 has found it. */
export const NOWHERE = 0;
export const FOUND = 1;

export interface Automaton {
  readonly start: number;
  /** Number of classes. */
  readonly columns: number;
  /** Class of each byte. */
  readonly classes: Uint8Array;
  /** Next state by state and class, row by row. */
  readonly table: Uint16Array;
  /** For each state whether the text may end there with a match. */
  readonly ends: readonly boolean[];
}

const MAX_STATES = 2000;
/** Entries of the table. */
const MAX_ENTRIES = 65_536;
/** Steps that are looked at while building. */
const MAX_WORK = 3_000_000;

type Side = 0 | 1 | 2;
const EDGE = 2;

const isWord = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  byte === 0x5f ||
  (byte >= 0x61 && byte <= 0x7a);

export function buildAutomaton(program: StepProgram): Automaton | undefined {
  return new Builder(program).build();
}

class Builder {
  readonly #steps: readonly Step[];
  readonly #entry: number;
  readonly #asserts: boolean;
  readonly #classes: Uint8Array;
  /** A byte of each class. */
  readonly #members: readonly number[];
  readonly #states = new Map<string, number>();
  readonly #waiting: { readonly heads: readonly number[]; readonly before: Side }[] = [];
  readonly #ends: boolean[] = [false, true];
  readonly #rows: number[][] = [[], []];
  #work = 0;

  constructor({ steps, entry }: StepProgram) {
    this.#steps = steps;
    this.#entry = entry;
    this.#asserts = steps.some(({ kind }) => kind === "assert");
    const { classes, members } = byteClasses(steps, this.#asserts);
    this.#classes = classes;
    this.#members = members;
  }

  build(): Automaton | undefined {
    const columns = this.#members.length;
    const start = this.#state([], this.#asserts ? EDGE : 0);
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      this.#row(next.heads, next.before);
      const states = this.#states.size + 2;
      if (states > MAX_STATES || states * columns > MAX_ENTRIES || this.#work > MAX_WORK) return undefined;
    }
    this.#rows[NOWHERE] = this.#members.map(() => NOWHERE);
    this.#rows[FOUND] = this.#members.map(() => FOUND);
    return minimal(start, this.#rows, this.#ends, this.#classes);
  }

  /** Number of the state in which these steps wait for a byte. */
  #state(heads: readonly number[], before: Side): number {
    const key = `${String(before)} ${heads.join()}`;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const number = this.#states.size + 2;
    this.#states.set(key, number);
    this.#waiting.push({ heads, before });
    return number;
  }

  #row(heads: readonly number[], before: Side): void {
    // What comes next matters only where something is said about it.
    const closures = this.#asserts
      ? ([0, 1, EDGE] as const).map((behind) => this.#closure(heads, before, behind))
      : Array.from({ length: 3 }, () => undefined);
    const plain = this.#asserts ? undefined : this.#closure(heads, before, 0);
    const closureOf = (behind: Side): readonly number[] | "found" => closures[behind] ?? plain ?? [];
    this.#rows.push(
      this.#members.map((byte) => {
        const kind = isWord(byte) ? 1 : 0;
        const closure = closureOf(this.#asserts ? kind : 0);
        if (closure === "found") return FOUND;
        return this.#state(this.#step(closure, byte), this.#asserts ? kind : 0);
      }),
    );
    this.#ends.push(closureOf(this.#asserts ? EDGE : 0) === "found");
  }

  /** Steps that need a byte, sorted, or `found`. */
  #closure(heads: readonly number[], before: Side, behind: Side): readonly number[] | "found" {
    const seen = new Set<number>();
    const ranges: number[] = [];
    const waiting = [this.#entry, ...heads];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      this.#work++;
      const step = this.#steps[at];
      if (step === undefined || step.kind === "found") return "found";
      if (step.kind === "range") ranges.push(at);
      else if (step.kind === "either") waiting.push(step.right, step.left);
      else if (holds(step.what, before, behind)) waiting.push(step.next);
    }
    return ranges;
  }

  #step(closure: readonly number[], byte: number): readonly number[] {
    const next = new Set<number>();
    this.#work += closure.length;
    for (const at of closure) {
      const step = this.#steps[at];
      if (step?.kind === "range" && byte >= step.first && byte <= step.last) next.add(step.next);
    }
    return [...next].sort((a, b) => a - b);
  }
}

function holds(what: "start" | "end" | "word-boundary", before: Side, behind: Side): boolean {
  if (what === "start") return before === EDGE;
  if (what === "end") return behind === EDGE;
  return (before === 1) !== (behind === 1);
}

/** Bytes that no step tells apart. */
function byteClasses(
  steps: readonly Step[],
  words: boolean,
): { readonly classes: Uint8Array; readonly members: readonly number[] } {
  const starts = new Set([0]);
  for (const step of steps) {
    if (step.kind !== "range") continue;
    starts.add(step.first);
    starts.add(step.last + 1);
  }
  if (words) for (const start of [0x30, 0x3a, 0x41, 0x5b, 0x5f, 0x60, 0x61, 0x7b]) starts.add(start);
  const members: number[] = [];
  const classes = new Uint8Array(256);
  // Stretches between starts that behave alike share a class.
  const known = new Map<string, number>();
  const ranges = [
    ...new Set(steps.flatMap((step) => (step.kind === "range" ? [step.first * 256 + step.last] : []))),
  ];
  let current = 0;
  for (let byte = 0; byte < 256; byte++) {
    if (starts.has(byte)) {
      const behaviour =
        ranges.map((range) => (byte >= range >> 8 && byte <= (range & 255) ? "1" : "0")).join("") +
        (words && isWord(byte) ? "w" : "");
      const found = known.get(behaviour);
      current = found ?? members.push(byte) - 1;
      known.set(behaviour, current);
    }
    classes[byte] = current;
  }
  return { classes, members };
}

/** States that no text tells apart become one. */
function minimal(
  start: number,
  rows: readonly (readonly number[])[],
  ends: readonly boolean[],
  classes: Uint8Array,
): Automaton {
  const columns = rows[FOUND]?.length ?? 0;
  let blocks: number[] = rows.map((_, state) => (state === FOUND ? 1 : ends[state] === true ? 2 : 0));
  let number = new Set(blocks).size;
  for (;;) {
    const keys = new Map<string, number>();
    // Nowhere and found keep their numbers.
    const order = [NOWHERE, FOUND, ...rows.map((_, state) => state).slice(2)];
    const next: number[] = [];
    for (const state of order) {
      const key = `${String(blocks[state])} ${(rows[state] ?? []).map((to) => blocks[to]).join()}`;
      const known = keys.get(key);
      if (known === undefined) keys.set(key, keys.size);
      next[state] = known ?? keys.size - 1;
    }
    blocks = next;
    if (keys.size === number) break;
    number = keys.size;
  }
  const table = new Uint16Array(number * columns);
  const endsOf: boolean[] = [];
  rows.forEach((row, state) => {
    const block = blocks[state] ?? 0;
    endsOf[block] = ends[state] === true;
    row.forEach((to, column) => {
      table[block * columns + column] = blocks[to] ?? 0;
    });
  });
  return { start: blocks[start] ?? 0, columns, classes, table, ends: endsOf };
}
