// Generates texts near the examples of a parsed type: some parse, many just do not.
import fc from "fast-check";
import type { ParsedTypeDefinition } from "../../../core/types/parsed-type.ts";

const PIECES: Readonly<Record<string, readonly string[]>> = {
  command: [
    " && ",
    " | ",
    ";",
    "\n",
    " '",
    '"',
    "\\",
    " $x",
    " *.c",
    " ~/a",
    " > o",
    " 2>&1",
    "#",
    " #x",
    "{}",
    "sed -n 1p",
    "git -c a",
    "find . -exec",
    "env",
    "/",
    "''",
    '\\"',
    '" "',
  ],
  iban: [" ", "97", "98", "GB", "DE89 3704"],
};
const COMMON = [
  "",
  ".",
  "/",
  ":",
  "-",
  "@",
  "0",
  "1",
  "a",
  "F",
  "%2e",
  "[",
  "]",
  "\n",
  "ſ",
  "K",
  "é",
  "*",
  "::",
  "ffff",
  "😀",
];

export function nearbyTexts(definition: ParsedTypeDefinition): fc.Arbitrary<string> {
  const seeds = [
    ...definition.examples.valid.map((example) => example.text),
    ...definition.examples.invalid,
    definition.zero.text,
  ];
  const edit = fc.tuple(
    fc.nat(60),
    fc.nat(3),
    fc.oneof(
      fc.constantFrom(...COMMON, ...(PIECES[definition.name] ?? [])),
      fc.string({ unit: "grapheme", maxLength: 3 }),
    ),
  );
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(edit, { maxLength: 3 }))
    .map(([text, edits]) =>
      edits
        .reduce((edited, [at, cut, insert]) => edited.slice(0, at) + insert + edited.slice(at + cut), text)
        .toWellFormed(),
    );
}
