// The parsed type `iban`: an international bank account number with a right checksum.
import { STRING } from "../../../core/types/type.ts";
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { grammar } from "../grammar.ts";
import { mustParse, parsedText } from "../parsed-text.ts";
import { IBAN_LENGTHS } from "./iban-lengths.ts";

export const ibanGrammar = grammar({
  pattern: "[A-Z]{2}[0-9]{2}(?:[A-Z0-9]{11,29}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?)",
  maxLength: 42,
  further:
    "The country is in the IBAN registry, the length is the country's, and the remainder modulo 97 is 1.",
});

export function parseIban(text: string): ParsedValue | undefined {
  if (!ibanGrammar.accepts(text)) return undefined;
  const canonical = text.replaceAll(" ", "");
  const country = canonical.slice(0, 2);
  if (IBAN_LENGTHS.get(country) !== canonical.length || remainder(canonical) !== 1) return undefined;
  return parsedText(text, canonical, () => ({ country }));
}

/** Modulo 97 of the number that the rotated text spells, letters counting from ten. */
function remainder(canonical: string): number {
  let result = 0;
  for (const character of canonical.slice(4) + canonical.slice(0, 4)) {
    for (const digit of Number.parseInt(character, 36).toString()) {
      result = (result * 10 + Number(digit)) % 97;
    }
  }
  return result;
}

export const iban: ParsedTypeDefinition = {
  name: "iban",
  doc: "An international bank account number in upper case, without spaces or in groups of four; length and checksum are right.",
  parts: { country: { type: STRING, doc: "The two letters of the country." } },
  grammar: ibanGrammar,
  examples: {
    valid: [
      { text: "GB82WEST12345698765432", canonical: "GB82WEST12345698765432" },
      { text: "DE89 3704 0044 0532 0130 00", canonical: "DE89370400440532013000" },
      { text: "NO9386011117947", canonical: "NO9386011117947" },
    ],
    invalid: [
      "",
      "GB82WEST12345698765433",
      "gb82west12345698765432",
      "GB82 WEST12345698765432",
      "GB82WEST1234569876543",
      "XX82WEST12345698765432",
      "GB82-WEST-1234-5698-7654-32",
      " NO9386011117947",
    ],
  },
  parse: parseIban,
  get zero() {
    return mustParse(parseIban, "NO9386011117947");
  },
};
