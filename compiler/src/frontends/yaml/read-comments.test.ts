// Comments of YAML: found where they stand, and nowhere else.
import fc from "fast-check";
import { expect, test } from "vitest";
import { SourceFile } from "../../source/source-file.ts";
import { readComments } from "./read-comments.ts";

const commentsOf = (text: string): string[] =>
  readComments(new SourceFile("policy.yaml", text)).map((each) => {
    expect(text.slice(each.span.start, each.span.end)).toBe(`#${each.text}`);
    return each.text;
  });

test("after code, on lines of their own, at every depth", () => {
  expect(commentsOf("# first\nagent: a # second\nrules:\n  # third\n  - allow: x # fourth\n")).toEqual([
    " first",
    " second",
    " third",
    " fourth",
  ]);
});

test("what only looks like one is text", () => {
  expect(
    commentsOf('a: "# no"\nb: \'x # no\'\nc: x#no\nd: |\n  # no\ne: >\n  # no\n  x\nf: [a, "#b"] # yes\n'),
  ).toEqual([" yes"]);
});

test("any text is survived", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => void readComments(new SourceFile("a.yaml", text))),
  );
});
