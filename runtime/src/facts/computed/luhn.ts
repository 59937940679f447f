// `std.pii.luhn` and `std.pii.cards`: numbers whose last digit checks the others, and those of payment cards in texts.
import type { ComputedFact } from "./computed-fact.ts";
import { textsOf } from "./texts-of.ts";

/** Digits only. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** 12 to 19 digits, alone or in groups with one blank or hyphen between them, not part of a longer number. */
const NUMBER = /(?<![0-9A-Za-z.])(?<![0-9][ -])[0-9](?:[ -]?[0-9]){11,18}(?![ -]?[0-9])(?![A-Za-z])/g;

/** First digits and lengths of the schemes: Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay, Maestro. */
const SCHEMES: readonly RegExp[] = [
  /^4(?:\d{12}|\d{15}|\d{18})$/,
  /^(?:5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12})$/,
  /^3[47]\d{13}$/,
  /^6(?:011|4[4-9]\d|5\d\d)\d{12}$/,
  /^3(?:0[0-5]|[689]\d)\d{11}$/,
  /^35(?:2[89]|[3-8]\d)\d{12}$/,
  /^62\d{14,17}$/,
  /^(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}$/,
];

const isCard = (digits: string): boolean =>
  SCHEMES.some((scheme) => scheme.test(digits)) && passesLuhn(digits) && new Set(digits).size > 1;

export const luhn: ComputedFact = {
  name: "std.pii.luhn",
  doc: "Whether a text is a number of 8 to 19 digits, blanks and hyphens between them left out, whose last digit checks the others.",
  absent: false,
  compute(value) {
    if (typeof value !== "string") return false;
    const digits = value.replace(/[ -]/g, "");
    return /^[0-9]{8,19}$/.test(digits) && passesLuhn(digits);
  },
  examples: [
    { value: "4111 1111 1111 1111", fact: true },
    { value: "4111 1111 1111 1112", fact: false },
    { value: "card", fact: false },
  ],
};

export const cards: ComputedFact = {
  name: "std.pii.cards",
  doc: "How many numbers of payment cards stand in the texts of a value: first digits and length of a scheme, and the right last digit.",
  absent: 0,
  compute: (value) =>
    textsOf(value, true)
      .flatMap((text) => text.match(NUMBER) ?? [])
      .filter((number) => isCard(number.replace(/[ -]/g, ""))).length,
  examples: [
    { value: "pay with 4111-1111-1111-1111, thanks", fact: 1 },
    { value: { a: "order 4111111111111112", b: ["5500 0000 0000 0004", "378282246310005"] }, fact: 2 },
    { value: "41111111111111111111111", fact: 0 },
  ],
};
