// JSON texts for a type: mostly values of it, in all their spellings, sometimes anything else.
import {
  type ConstValue,
  type Field,
  MAX_INTEGER,
  parseTime,
  printDecimal,
  printDuration,
  printTime,
  type Type,
} from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";
import { poolKey, type ConstantPool } from "../generators/constant-pool.ts";
import { anyJson, HOSTILE_NAMES, numberToken, objectText, stringToken } from "./json-text.ts";
import type { Random } from "./random.ts";

/** How often something optional is left out. */
const ABSENT = 0.4;

/** How often a value is one that the policy names. */
const NAMED = 0.25;

/** `wrong` is how often a value is of another type, here and in each part of it; `pool` holds what the policy names. */
export function valueText(type: Type, random: Random, wrong: number, pool?: ConstantPool): string {
  if (random.chance(wrong)) return random.chance(0.5) ? anyJson(random) : odd(type, random);
  const named = pool?.get(poolKey(type)) ?? [];
  if (named.length > 0 && random.chance(NAMED)) {
    const text = constantText(type, random.pick(named), random);
    if (text !== undefined) return text;
  }
  switch (type.kind) {
    case "bool":
      return random.pick(["true", "false"]);
    case "int":
      return within(random.pick(INTS), type) ?? String(type.max ?? 0);
    case "decimal":
      return random.pick(DECIMALS);
    case "string":
      return type.max === undefined ? stringToken(random) : JSON.stringify(shortText(type.max, random));
    case "enum":
      return JSON.stringify(random.pick(type.members));
    case "parsed":
      return parsedText(type.name, random, wrong);
    case "time":
      return JSON.stringify(timeText(random, wrong));
    case "duration":
      return JSON.stringify(random.pick(["PT0S", "PT1H", "P1DT2H3M4.5S", "PT30M", "P1D", "PT0.125S"]));
    case "json":
      return anyJson(random);
    case "list":
    case "set":
      return `[${random.times(lengthOf(type, random, wrong), () => valueText(type.of, random, wrong, pool)).join(",")}]`;
    case "map":
      return mapText(lengthOf(type, random, wrong), () => valueText(type.of, random, wrong, pool), random);
    case "headers":
      return headersText(random, wrong);
    case "record":
      return recordText(type.fields, type.open, random, wrong, pool);
    case "optional":
      return random.chance(0.1) ? "null" : valueText(type.of, random, wrong, pool);
  }
}

/** A constant as JSON, numbers also just beside it; undefined where it does not fit the bounds of the place. */
function constantText(type: Type, value: ConstValue, random: Random): string | undefined {
  switch (type.kind) {
    case "int":
      return within(String(Number(value) + random.pick([0, 0, 1, -1])), type);
    case "decimal": {
      const near = Number(value) + random.pick([0, 0, 1, -1]);
      const fits = near >= (type.min ?? -MAX_INTEGER) && near <= (type.max ?? MAX_INTEGER);
      return fits ? JSON.stringify(printDecimal(near)) : undefined;
    }
    case "string":
      return [...String(value)].length <= (type.max ?? Infinity) ? JSON.stringify(value) : undefined;
    case "parsed":
      return value === "" ? undefined : JSON.stringify(value);
    case "enum":
      return JSON.stringify(value);
    case "time":
      return Number(value) >= 0 ? JSON.stringify(printTime(Number(value))) : undefined;
    case "duration":
      return Number(value) >= 0 ? JSON.stringify(printDuration(Number(value))) : undefined;
    default:
      return undefined;
  }
}

const INTS = ["0", "1", "2", "-3", '"5"', "7.0", "1e1", '"-0"', "50", "9007199254740991", "-0.0", '"12"'];
const DECIMALS = ["0", "1.5", '"2.500001"', "0.4", "-1", "9007199254.740991", "1e-6", '"-0.5"', "8.2"];

/** The spelling, where its value lies in the range. */
function within(
  text: string,
  { min = -Infinity, max = Infinity }: { readonly min?: number; readonly max?: number },
): string | undefined {
  const value = Number(text.replaceAll('"', ""));
  return value >= min && value <= max ? text : undefined;
}

/** Of the greatest length that is allowed, in code points, or less. */
const shortText = (max: number, random: Random): string =>
  [...random.pick(["a", "main", "", "\u{1f600}".repeat(max)])].slice(0, max).join("");

/** Rarely one too many. */
const lengthOf = ({ max }: { readonly max: number }, random: Random, wrong: number): number =>
  max < 4 && random.chance(wrong) ? max + 1 : random.below(Math.min(max, 3) + 1);

/** Near to the type, and mostly not of it. */
function odd(type: Type, random: Random): string {
  switch (type.kind) {
    case "string":
    case "int":
    case "decimal":
      return numberToken(random);
    case "duration":
      return JSON.stringify(
        random.pick(["PT", "P", "P1Y", "-PT1S", "PT1.S", "P1DT", "pt1s", "PT9999999999S"]),
      );
    case "time":
      return JSON.stringify(
        random.pick([
          "2023-02-29T00:00:00Z",
          "2026-13-01T00:00:00Z",
          "2026-11-22",
          "2026-11-22T24:00:00Z",
          "1969-12-31T23:59:59Z",
        ]),
      );
    default:
      return stringToken(random);
  }
}

/** A record; what is optional or has a default is sometimes missing, and rarely what is required. */
export function recordText(
  fields: readonly Field[],
  open: boolean,
  random: Random,
  wrong: number,
  pool?: ConstantPool,
): string {
  const members = fields.flatMap((field): [string, string][] => {
    const needed = field.type.kind !== "optional" && field.default === undefined;
    return random.chance(needed ? wrong / 4 : ABSENT)
      ? []
      : [[field.name, valueText(field.type, random, wrong, pool)]];
  });
  if (random.chance(open ? 0.3 : wrong)) {
    const name = random.pick(HOSTILE_NAMES);
    if (!members.some(([known]) => known === name)) members.push([name, anyJson(random)]);
  }
  return objectText(members);
}

function mapText(
  size: number,
  member: () => string,
  random: Random,
  names: readonly string[] = HOSTILE_NAMES,
): string {
  const keys = new Set(random.times(size, () => random.pick(names)));
  return objectText([...keys].map((key) => [key, member()]));
}

/** Two names equal but for case, a name with a space and a value with a line break are refused. */
function headersText(random: Random, wrong: number): string {
  const odd = random.chance(wrong);
  const names = odd ? ["X-A", "x-a", "a b"] : ["Authorization", "X-A", "accept"];
  return mapText(
    random.below(4),
    () => (odd ? stringToken(random) : random.pick(HEADER_VALUES)),
    random,
    names,
  );
}

const HEADER_VALUES = ['"Bearer x"', '""', '"a, b"', '"secret AKIA1234"', '"\\ud83d\\ude00"'];

function parsedText(name: string, random: Random, wrong: number): string {
  const definition = parsedTypes.get(name);
  const valid = definition?.examples.valid.map(({ text }) => text) ?? [];
  const invalid = definition?.examples.invalid ?? [];
  const text = invalid.length === 0 || !random.chance(wrong) ? random.pick(valid) : random.pick(invalid);
  return JSON.stringify(text);
}

export const TIMES = [
  "2026-11-22T09:00:00Z",
  "1970-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999Z",
  "2024-02-29T12:30:15.5Z",
  "2000-02-29T00:00:00.010Z",
  "2100-03-01T00:00:00Z",
  "1999-12-31T23:59:59Z",
  "2026-07-01T00:00:00.001Z",
];

function timeText(random: Random, wrong: number): string {
  if (random.chance(0.6)) return random.pick(TIMES);
  if (!random.chance(wrong)) return printTime(random.below(2_000_000_000) * 1000 + random.below(1000));
  return random.pick([
    "2023-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-22",
    "2026-11-22T24:00:00Z",
    printDuration(5),
  ]);
}

/** A moment that requests are often close to. */
export const NOON = parseTime("2026-11-22T09:00:00Z") ?? 0;
