// Limits and restrictions beside which another way is open.
import { expect, test } from "vitest";
import { lintText } from "../../../testing/lint-text.ts";

const found = (...rules: string[]): string[] =>
  lintText(`package a
tool bank {
  pay(amount: decimal in 0..1000, note: string)
  plan(amount: decimal in 0..1000, note: string)
}
${rules.join("\n")}`)
    .filter((each) => each.code === "lint/uncovered-sibling")
    .map((each) => each.message);
const LIMIT = "@self_reported\nlimit spend: bank.pay to 100.00 sum args.amount per agent over 24h";

test("a limit over one of two ways", () => {
  expect(found("allow x: bank.*", LIMIT)).toEqual([
    "`spend` holds `args.amount`, and `bank.plan` takes it too without any limit or restriction",
  ]);
});

test.each([
  ["the other way is not allowed", ["allow x: bank.pay", LIMIT]],
  ["the allow looks at it", ["allow x: bank.pay", "allow y: bank.plan when args.amount < 5.00", LIMIT]],
  [
    "a restriction holds it",
    ["allow x: bank.*", LIMIT, 'deny big: bank.plan when args.amount > 50.00 because "no"'],
  ],
  ["a plain string", ["allow x: bank.*", 'deny note: bank.pay when args.note == "x" because "no"']],
])("nothing where %s", (_name, rules) => {
  expect(found(...rules)).toEqual([]);
});
