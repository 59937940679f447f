// `std.secrets.decoded`: what a value says once encodings are undone.
import type { ComputedFact } from "./computed-fact.ts";
import { decodedForms } from "./decode/decoded-forms.ts";

export const decoded: ComputedFact = {
  name: "std.secrets.decoded",
  doc: "What the texts of a value say once JSON in strings, escapes, percent, base64, hex and HTML entities are undone, up to three layers, and the strings of each list put together.",
  absent: [],
  compute: (value) => decodedForms(value),
  examples: [
    { value: "plain words", fact: [] },
    { value: "a%62c", fact: ["abc"] },
    { value: { note: "YSBzZWNyZXQgbm90ZQ" }, fact: ["a secret note"] },
    { value: ["AKIA", "1234"], fact: ["AKIA1234"] },
    { value: "%2525252541", fact: undefined },
  ],
};
