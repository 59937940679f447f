// `std.pii.ibans`: international bank account numbers in texts.
import { parseIban } from "../parsed/iban/iban.ts";
import type { ComputedFact } from "./computed-fact.ts";
import { textsOf } from "./texts-of.ts";

const CANDIDATE =
  /(?<![0-9A-Za-z])[A-Za-z]{2}[0-9]{2}(?:[ -]?[0-9A-Za-z]{2,4}){2,8}(?:[ -]?[0-9A-Za-z]{1,3})?(?![0-9A-Za-z])/g;

/** What follows a number in a sentence may look like one more group. */
function startsWithIban(text: string): boolean {
  const plain = text.replace(/[ -]/g, "").toUpperCase();
  for (let length = plain.length; length >= 15; length -= 1)
    if (parseIban(plain.slice(0, length)) !== undefined) return true;
  return false;
}

export const ibans: ComputedFact = {
  name: "std.pii.ibans",
  doc: "How many international bank account numbers stand in the texts of a value, with the country's length and the right check digits.",
  absent: 0,
  compute: (value) =>
    textsOf(value, true)
      .flatMap((text) => text.match(CANDIDATE) ?? [])
      .filter(startsWithIban).length,
  examples: [
    { value: "to DE89 3704 0044 0532 0130 00 today", fact: 1 },
    { value: "to DE89370400440532013001", fact: 0 },
    { value: ["gb82west12345698765432"], fact: 1 },
  ],
};
