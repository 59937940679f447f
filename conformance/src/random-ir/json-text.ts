// JSON as text, so that numbers can be written in every way that JSON has.
import type { Random } from "./random.ts";

/** Names that trip programs up. */
export const HOSTILE_NAMES = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  " ",
  "`",
  '"',
  "\\",
  "a/b~c",
  "*",
  "\n",
  "\u2028",
  "\u0000",
  "é",
  "\u{1f600}",
  "\uffff",
  "<script>&",
  "${x}",
  "*/",
] as const;

const NUMBERS = [
  "0",
  "-0",
  "-0.0",
  "1",
  "-1",
  "1.0",
  "1e2",
  "1E+2",
  "5e-1",
  "0.5",
  "2.50",
  "0.1000000000000000055",
  "8.2",
  "0.000001",
  "0.0000001",
  "1e-6",
  "9007199254740991",
  "9007199254740992",
  "9007199254740993",
  "-9007199254740991",
  "9007199254740991.0",
  "9007199254.740991",
  "9007199254.740992",
  "1e20",
  "1e32",
  "1e-32",
  "1.00000000000000000000",
  "10000000000000000000e-2",
];

const STRINGS = [
  ...HOSTILE_NAMES,
  "main",
  "release/1",
  "0",
  "-0",
  "1.5",
  "1e2",
  "+1",
  "12.3456789",
  "9007199254740993",
  "secret AKIA1234",
  "\u202eevil\u200b\u007f",
  "x".repeat(79),
  "\u{1f600}".repeat(90),
  '"'.repeat(60),
  "a\r\nb",
];

export const numberToken = (random: Random): string => random.pick(NUMBERS);
export const stringToken = (random: Random): string => JSON.stringify(random.pick(STRINGS));

/** Any JSON, of small size. */
export function anyJson(random: Random, depth = 3): string {
  const kind = random.below(depth > 0 ? 8 : 5);
  switch (kind) {
    case 0:
      return random.pick(["null", "true", "false"]);
    case 1:
    case 2:
      return numberToken(random);
    case 3:
    case 4:
      return stringToken(random);
    case 5:
    case 6:
      return `[${random.times(random.below(4), () => anyJson(random, depth - 1)).join(",")}]`;
    default: {
      const names = new Set(random.times(random.below(4), () => random.pick(STRINGS)));
      return objectText([...names].map((name) => [name, anyJson(random, depth - 1)]));
    }
  }
}

export const objectText = (members: readonly (readonly [name: string, text: string])[]): string =>
  `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`;
