// Real-shaped personal data by detector: numbers with right check digits, in the spellings that people use.
import type { Random } from "../../random-ir/random.ts";
import { fill, randomText } from "./positives.ts";

type Make = (random: Random) => string;
const shapes =
  (...all: readonly string[]): Make =>
  (random) =>
    fill(random, random.pick([...all]));

/** The digits with the check digit behind them that Luhn's formula asks for. */
function withLuhn(digits: string): string {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${digits}${String((10 - (sum % 10)) % 10)}`;
}

const CARDS: readonly (readonly [prefix: string, length: number, groups: readonly number[]])[] = [
  ["4", 16, [4, 4, 4, 4]],
  ["51", 16, [4, 4, 4, 4]],
  ["2221", 16, [4, 4, 4, 4]],
  ["6011", 16, [4, 4, 4, 4]],
  ["3528", 16, [4, 4, 4, 4]],
  ["37", 15, [4, 6, 5]],
  ["36", 14, [4, 6, 4]],
];
const card: Make = (random) => {
  const [prefix, length, groups] = random.pick([...CARDS]);
  const digits = withLuhn(prefix + randomText(random, "d", length - prefix.length - 1));
  let at = 0;
  const parts = groups.map((size) => digits.slice(at, (at += size)));
  return parts.join(random.pick(["", " ", "-"]));
};

const BANKS: readonly (readonly [country: string, shape: string])[] = [
  ["DE", "{d18}"],
  ["GB", "NWBK{d14}"],
  ["FR", "{d23}"],
  ["NL", "ABNA{d10}"],
  ["NO", "{d11}"],
  ["CH", "{d17}"],
];
const iban: Make = (random) => {
  const [country, shape] = random.pick([...BANKS]);
  const account = fill(random, shape);
  let remainder = 0;
  for (const character of `${account}${country}00`)
    for (const digit of parseInt(character, 36).toString()) remainder = (remainder * 10 + Number(digit)) % 97;
  const whole = `${country}${String(98 - remainder).padStart(2, "0")}${account}`;
  return random.chance(0.5) ? whole : whole.replace(/.{4}(?=.)/g, "$& ");
};

export const PERSONAL_DATA: ReadonlyMap<string, Make> = new Map<string, Make>([
  ["email_address", shapes("{l8}@example.com", "{l4}.{l6}+{l3}@mail.{l7}.co.uk", "{l1}_{l5}@{l6}.io")],
  [
    "phone",
    shapes(
      "+49 30 {d6}",
      "+1 (415) 555-{d4}",
      "(212) 555-{d4}",
      "+44 20 7{d3} {d4}",
      "646-555-{d4}",
      "+33 6 {d2} {d2} {d2} {d2}",
      "+4915{d9}",
    ),
  ],
  ["card_number", card],
  ["account_number", iban],
  ["us_ssn", shapes("1{d2}-4{d1}-1{d3}", "5{d2} 1{d1} 2{d3}")],
  ["uk_nino", shapes("AB{d6}C", "JG {d2} {d2} {d2} A")],
  [
    "birth_date",
    shapes(
      "DOB: 19{d2}-0{d1}-1{d1}",
      '"birthDate": "20{d2}-1{d1}-0{d1}"',
      "born on {d1}.{d2}.19{d2}",
      "date of birth 1{d1}/0{d1}/19{d2}",
    ),
  ],
  [
    "record_number",
    shapes(
      "MRN {d7}",
      "patient_id: {d8}",
      "Medical record number: AB-{d7}",
      "NHS number 9{d2} {d3} {d4}",
      "member id 5{d9}",
    ),
  ],
  ["cards", card],
  ["ibans", iban],
]);
