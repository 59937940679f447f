// Parts of a moment in UTC: hour, day of the week, date.
import { TIME } from "../types/type.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example, time } from "./example.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The remainder that is never negative: a time less a duration may lie before 1970. */
const mod = (value: number, by: number): number => ((value % by) + by) % by;
const startOfDay = (value: number): number => value - mod(value, DAY);

export const hourUtc = defineBuiltin({
  name: "hour_utc",
  syntax: "method",
  doc: "The hour in UTC, 0 to 23.",
  params: [{ name: "time", type: TIME }],
  result: { kind: "int", min: 0, max: 23 },
  examples: [example([time("2026-11-22T09:59:59Z")], 9), example([time("2026-11-22T00:00:00Z")], 0)],
  evaluate: (value: number) => Math.floor(mod(value, DAY) / HOUR),
  rego: ([value]) => `floor(aegis_mod(${value}, ${DAY}) / ${HOUR})`,
  regoHelpers: ["aegis_mod"],
});

export const weekdayUtc = defineBuiltin({
  name: "weekday_utc",
  syntax: "method",
  doc: "The day of the week in UTC: 1 is Monday, 7 is Sunday.",
  params: [{ name: "time", type: TIME }],
  result: { kind: "int", min: 1, max: 7 },
  examples: [example([time("1970-01-01T00:00:00Z")], 4), example([time("2026-11-22T23:00:00Z")], 7)],
  evaluate: (value: number) => mod(startOfDay(value) / DAY + 3, 7) + 1,
  rego: ([value]) => `aegis_mod(floor(${value} / ${DAY}) + 3, 7) + 1`,
  regoHelpers: ["aegis_mod"],
});

export const dateUtc = defineBuiltin({
  name: "date_utc",
  syntax: "method",
  doc: "The moment at which its day began in UTC, to compare with a date such as `2026-12-24`.",
  params: [{ name: "time", type: TIME }],
  result: TIME,
  examples: [example([time("2026-11-22T09:59:59.5Z")], Date.parse("2026-11-22T00:00:00Z"))],
  evaluate: (value: number) => startOfDay(value),
  rego: ([value]) => `${value} - aegis_mod(${value}, ${DAY})`,
  regoHelpers: ["aegis_mod"],
});
