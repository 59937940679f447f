// `std.secrets.entropy`: how random the most random word of a value looks.
import type { ComputedFact } from "./computed-fact.ts";
import { textsOf } from "./texts-of.ts";

/** Words of keys: shorter ones are never very random, separators cut. */
const WORD = /[A-Za-z0-9+/_=-]{20,}/g;
/** Checksums, identifiers and numbers are random too, and no secrets. */
const HEX = /^[0-9a-f-]+$|^[0-9A-F-]+$|^sha(?:1|256|384|512)-/;
/** Only so much of a word is looked at: longer ones are data. */
const MAX_WORD = 200;

/** Bits per character by the frequencies of the characters, in thousandths. */
function entropyOf(word: string): number {
  const counts = new Map<string, number>();
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / word.length) * Math.log2(count / word.length);
  return Math.round(bits * 1000) / 1000;
}

const wordsOf = (text: string): readonly string[] =>
  [...text.matchAll(WORD)].map(([word]) => word).filter((word) => word.length <= MAX_WORD && !HEX.test(word));

export const entropy: ComputedFact = {
  name: "std.secrets.entropy",
  doc: "The greatest Shannon entropy, in bits per character, of a word of 20 to 200 letters, digits and `+/_=-` in the texts of a value; words of hex digits and those behind `sha512-` are left out; 0 where there is none.",
  absent: 0,
  compute: (value) =>
    textsOf(value, false)
      .flatMap(wordsOf)
      .reduce((most, word) => Math.max(most, entropyOf(word)), 0),
  examples: [
    { value: "plain words", fact: 0 },
    { value: "aaaaaaaaaaaaaaaaaaaaaaaa", fact: 0 },
    { value: "abcdefghijklmnopqrstuvwxyz012345", fact: 5 },
    { value: "123e4567-e89b-12d3-a456-426614174000", fact: 0 },
  ],
};
