// Look-alikes across names and constants.
import { expect, test } from "vitest";
import { lintText } from "../../../testing/lint-text.ts";

const found = (text: string): string[] =>
  lintText(`package a\n${text}`)
    .filter((each) => each.code === "lint/confusable")
    .map((each) => each.message);

test.each([
  [
    'const a: set<string> = { "acme.com", "acrne.com" }',
    ["`acrne.com` looks like `acme.com` and is not the same"],
  ],
  ["enum E { level1, levell }", ["`levell` looks like `level1` and is not the same"]],
  ['const a: set<string> = { "м", "м" }', []],
  ['const a: set<string> = { "Ａcme", "Acme" }', ["`Acme` looks like `\\u{ff21}cme` and is not the same"]],
  ['const a: string = "pаypal"', ["`p\\u{430}ypal` looks like `paypal` and is not the same"]],
  ['const a: set<string> = { "dev", "staging", "prod" }', []],
  ['const a: string = "Москва"', []],
])("%s", (text, expected) => {
  expect(found(text)).toEqual(expected);
});
