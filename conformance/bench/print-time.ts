// How times are told.

/** Nanoseconds, with three digits. */
export function printTime(ns: number): string {
  if (ns < 999.5) return `${String(Math.round(ns))} ns`;
  return ns < 999_500 ? `${(ns / 1_000).toPrecision(3)} µs` : `${(ns / 1_000_000).toPrecision(3)} ms`;
}
