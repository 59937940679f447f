// What counts as a weak test, and what does not.
import { expect, test } from "vitest";
import { lintLines } from "../../../testing/lint-text.ts";

const found = (rule: string): string[] =>
  lintLines(`package a
tool t { run(sql: string, file_paths: list<string>, note: string, target: path) }
fn read_only(query: string): bool = query.starts_with("select")
${rule}`).filter((each) => each.startsWith("weak-test"));

test.each([
  ['allow x: t.run when args.sql matches re"^select"', ["weak-test 4"]],
  ['allow x: t.run when args.sql.lower().starts_with("select")', ["weak-test 4"]],
  ['allow x: t.run when all non-empty p in args.file_paths: p.starts_with("/srv")', ["weak-test 4"]],
  ["allow x: t.run when read_only(args.sql)", ["weak-test 3"]],
  ['deny x: t.run when args.sql.contains("drop") because "no"', ["weak-test 4"]],
  ['allow x: t.run when args.note.starts_with("x")', []],
  ['allow x: t.run when args.target.starts_with("/srv/")', []],
  ['allow x: t.run when args.sql == "select 1"', []],
])("%s", (rule, expected) => {
  expect(found(rule)).toEqual(expected);
});
