// The page of each rule: its first example gives exactly its finding, its second gives none, and both are formatted.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatText } from "../format/format-text.ts";
import { SourceFile } from "../source/source-file.ts";
import { lintText } from "../testing/lint-text.ts";
import { LINT_RULES } from "./lint-registry.ts";

const folder = join(import.meta.dirname, "rules");

test("every folder is a rule in the registry", () => {
  expect(readdirSync(folder).sort()).toEqual(LINT_RULES.map((rule) => rule.name).sort());
});

describe.each(LINT_RULES.map((rule) => rule.name))("%s", (name) => {
  const path = join(folder, name, "page.md");
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const [wrong = "", right = "", ...more] = [...text.matchAll(/^```aegis\n([\s\S]*?)^```$/gm)].map(
    (match) => match[1] ?? "",
  );

  test("has a page with two examples", () => {
    expect(text.startsWith(`# lint/${name}\n`)).toBe(true);
    expect([wrong === "", right === "", more]).toEqual([false, false, []]);
  });

  test("finds the first, and nothing in the second", () => {
    expect(lintText(wrong).map((each) => each.code)).toEqual([`lint/${name}`]);
    expect(lintText(right).map((each) => each.code)).toEqual([]);
  });

  test.each([wrong, right])("shows formatted text", (example) => {
    expect(formatText(new SourceFile("page.aegis", example)).text).toBe(example);
  });
});
