// Siblings of one parsed type: all looked at, or told.
import { expect, test } from "vitest";
import { lintText } from "../../../testing/lint-text.ts";

const found = (...rules: string[]): string[] =>
  lintText(`package a
tool mail { send(to: list<email>, cc: list<email>?, reply: url) }
const ours: set<host> = { "acme.com" }
${rules.join("\n")}`)
    .filter((each) => each.code === "lint/unconstrained-sibling")
    .map((each) => each.message);

test.each([
  [['allow x: mail.send when all non-empty t in args.to: t.domain == "acme.com"'], 1],
  [["allow x: mail.send when args.all(host) within ours"], 0],
  [["allow x: mail.send"], 0],
  [['allow x: mail.send when args.reply.host == "acme.com"'], 0],
  [
    [
      'allow x: mail.send when all non-empty t in args.to: t.domain == "acme.com"',
      'deny y: mail.send when any c in args.cc else []: c.domain != "acme.com" because "no"',
    ],
    0,
  ],
])("%s", (rules, count) => {
  expect(found(...rules)).toHaveLength(count);
});
