// Real-shaped positives: shapes filled with random characters, in the surroundings in which such values are found.
import type { Random } from "../../random-ir/random.ts";

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const ALPHABETS: Readonly<Record<string, string>> = {
  U: UPPER + DIGITS,
  w: UPPER + LOWER + DIGITS,
  h: "0123456789abcdef",
  d: DIGITS,
  l: LOWER + DIGITS,
  p: `${DIGITS}abcdefghijklmnop`,
  b: `${UPPER}${LOWER}${DIGITS}+/`,
  u: `${UPPER}${LOWER}${DIGITS}-_`,
};

export const randomText = (random: Random, alphabet: string, length: number): string =>
  random.times(length, () => random.pick([...(ALPHABETS[alphabet] ?? alphabet)])).join("");

/** A shape with its `{w36}` filled in. */
export const fill = (random: Random, shape: string): string =>
  shape.replace(/\{\{|\}\}|\{([A-Za-z])([0-9]+)\}/g, (whole: string, alphabet?: string, length?: string) =>
    alphabet === undefined ? whole.slice(1) : randomText(random, alphabet, Number(length)),
  );

/** Surroundings of a value. */
const SURROUNDINGS: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => `TOKEN=${value}`,
  (value) => `export CREDENTIAL="${value}"`,
  (value) => `config:\n  value: ${value}\n  retries: 3`,
  (value) => `{"id": 17, "value": "${value.replaceAll('"', '\\"')}"}`,
  (value) => `2026-11-27T10:00:00Z INFO sending ${value} to upstream`,
  (value) => `const client = new Client('${value}');`,
  (value) => `Please use ${value}, and do not share it.`,
  (value) => `curl -u ${value}: https://api.example.com/v1`,
  (value) => `+ ${value}\n- old`,
];

/** `count` texts, each with one value in some surroundings. */
export const positives = (
  random: Random,
  make: (random: Random, index: number) => string,
  count: number,
): readonly string[] =>
  Array.from({ length: count }, (_, index) => random.pick([...SURROUNDINGS])(make(random, index)));

/** Values of the shapes, each in its turn. */
export const ofShapes =
  (shapes: readonly string[]) =>
  (random: Random, index: number): string =>
    fill(random, shapes[index % shapes.length] ?? "");
