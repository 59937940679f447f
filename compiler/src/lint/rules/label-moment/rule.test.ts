// The moment at which a label is set, against what it is for.
import { expect, test } from "vitest";
import { lintLines } from "../../../testing/lint-text.ts";

const found = (...lines: string[]): string[] =>
  lintLines(`package a
tool t { read() send() }
${lines.join("\n")}`).filter((each) => each.startsWith("label-moment"));
const DENY = 'deny d: t.send when session has l because "no"';

test.each([
  [["label l set on result t.read per session", "allow x: t.*", DENY], ["label-moment 3"]],
  [["label l set on call t.read per session", "allow x: t.*", DENY], []],
  [["label l set on call t.read set on result t.read per session", "allow x: t.*", DENY], []],
  [["label l set on call t.read per session", "allow x: t.send when session has l"], ["label-moment 3"]],
  [
    [
      "label l set on call t.read per session",
      "allow x: t.send",
      'deny d: t.send unless session has l because "no"',
    ],
    ["label-moment 3"],
  ],
])("%s", (lines, expected) => {
  expect(found(...lines)).toEqual(expected);
});
