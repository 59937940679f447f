// Imports added to policies in YAML, however theirs are written.
import { SourceFile } from "@aegis/compiler";
import { expect, test } from "vitest";
import { yamlImportEdit } from "./yaml-import-edit.ts";

test.each<[what: string, text: string, becomes: string | null]>([
  ["the first", "package: p\nrules: []\n", 'package: p\nimports: ["std.net.{x}"]\nrules: []\n'],
  ["the first, without a package", "agent: a\n", 'imports: ["std.net.{x}"]\nagent: a\n'],
  ["the first, at the end", "package: p", 'package: p\nimports: ["std.net.{x}"]\n'],
  ["in brackets", "imports: [std.secrets]\n", 'imports: [std.secrets, "std.net.{x}"]\n'],
  ["in empty brackets", "imports: []\n", 'imports: ["std.net.{x}"]\n'],
  ["a list", "imports:\n  - std.secrets\na: 1\n", 'imports:\n  - std.secrets\n  - "std.net.{x}"\na: 1\n'],
  ["a broken file", "imports: [\n", null],
])("%s", (_what, text, becomes) => {
  const edit = yamlImportEdit(new SourceFile("p.yaml", text), "std.net", "x");
  const after = edit === null ? null : text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
  expect(after).toBe(becomes);
});
