// Damaged policies, by the kind of damage: what the parser has to survive, in the tests and in `npm run fuzz:parser`.
import fc from "fast-check";

export type DamageKind = "truncation" | "token deletion" | "token edits" | "insertions" | "noise";

/** Texts made from `corpus` by each kind of damage. */
export function damagedTexts(corpus: readonly string[]): ReadonlyMap<DamageKind, fc.Arbitrary<string>> {
  const example = fc.constantFrom(...corpus);
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  return new Map<DamageKind, fc.Arbitrary<string>>([
    ["truncation", fc.tuple(example, place, fc.boolean()).map(truncated)],
    ["token deletion", fc.tuple(example, fc.array(fc.nat(), { minLength: 1, maxLength: 4 })).map(deleted)],
    [
      "token edits",
      fc
        .tuple(
          example,
          fc.array(fc.tuple(fc.nat(), fc.constantFrom(...EDITS)), { minLength: 1, maxLength: 4 }),
        )
        .map(edited),
    ],
    [
      "insertions",
      fc.tuple(example, fc.array(fc.tuple(place, INSERTION), { minLength: 1, maxLength: 3 })).map(inserted),
    ],
    ["noise", fc.string({ unit: "binary", maxLength: 300 })],
  ]);
}

/** Words, strings, numbers, gaps and single characters; joined they are the text again. */
export const tokensOf = (text: string): string[] => text.match(/\s+|[A-Za-z_]\w*|"[^"\n]*"|\d+|[^]/gu) ?? [];

const EDITS = ["double", "swap", "delete"] as const;
const SNIPPETS = ['"', "{", "}", "(", ")", "`", "//", "///", 're"', "\u0000", "\ud800", "\u202e"].concat([
  "&&",
  "not ",
  ".",
  ":",
]);
const INSERTION = fc.oneof(fc.constantFrom(...SNIPPETS), fc.string({ unit: "binary", maxLength: 8 }));

function truncated([text, where, front]: [string, number, boolean]): string {
  const at = Math.floor(where * text.length);
  return front ? text.slice(0, at) : text.slice(at);
}

const deleted = ([text, places]: [string, number[]]): string =>
  edited([text, places.map((each) => [each, "delete"])]);

function edited([text, edits]: [string, [number, (typeof EDITS)[number]][]]): string {
  const tokens = tokensOf(text);
  for (const [place, edit] of edits) {
    const at = place % Math.max(1, tokens.length);
    const token = tokens[at] ?? "";
    if (edit === "delete") tokens.splice(at, 1);
    else if (edit === "double") tokens.splice(at, 0, token);
    else tokens.splice(at, 2, tokens[at + 1] ?? "", token);
  }
  return tokens.join("");
}

function inserted([text, insertions]: [string, [number, string][]]): string {
  return insertions.reduce((into, [where, what]) => {
    const at = Math.floor(where * into.length);
    return into.slice(0, at) + what + into.slice(at);
  }, text);
}
