// Which way a quantifier must look depends on what its truth does.
import { expect, test } from "vitest";
import { lintLines } from "../../../testing/lint-text.ts";

const found = (rule: string): string[] =>
  lintLines(`package a
tool mail { send(to: list<email>, cc: list<email>?) }
const ours: set<email> = { "a@acme.com" }
${rule}`).filter((each) => each.startsWith("quantifier-direction"));

test.each([
  ["allow x: mail.send when args.to.intersects(ours)", 1],
  ['allow x: mail.send when any h in args.all(host): h == "acme.com"', 1],
  ['allow x: mail.send when not (any t in args.to: t.domain != "acme.com")', 0],
  ['deny x: mail.send when any t in args.to: t.domain != "acme.com" because "no"', 0],
  ['deny x: mail.send when all non-empty t in args.to: t.domain != "acme.com" because "no"', 1],
  ['deny x: mail.send unless any t in args.to: t.domain == "acme.com" because "no"', 1],
  ['allow x: mail.send when any r in agent.roles: r == "mailer"', 0],
])("%s", (rule, count) => {
  expect(found(rule)).toHaveLength(count);
});
