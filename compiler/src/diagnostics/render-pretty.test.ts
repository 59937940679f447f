// How diagnostics look at a terminal.
import { describe, expect, test } from "vitest";
import { SourceFile } from "../source/source-file.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { renderPretty } from "./render-pretty.ts";

function render(
  text: string,
  start: number,
  end: number,
  more: Partial<Diagnostic> = {},
  width = 100,
): string {
  const file = new SourceFile("policy.aegis", text);
  const span = { file: file.path, start, end };
  const diagnostic: Diagnostic = {
    code: "name/unknown",
    severity: "error",
    message: "there is no `brnach`",
    span,
    ...more,
  };
  return renderPretty(diagnostic, { source: (path) => (path === file.path ? file : undefined), width });
}

describe("renderPretty", () => {
  test("shows the line with the place underlined, and help", () => {
    const text = "package a\ndeny x: git.push when args.brnach\n";
    const start = text.indexOf("brnach");
    expect(render(text, start, start + 6, { help: "did you mean `branch`?" })).toBe(
      [
        "error[name/unknown]: there is no `brnach`",
        "  --> policy.aegis:2:28",
        "  |",
        "2 | deny x: git.push when args.brnach",
        "  |                            ^^^^^^",
        "  help: did you mean `branch`?",
        "",
      ].join("\n"),
    );
  });

  test("keeps the underline under the word behind tabs and wide characters", () => {
    const lines = render('\t"日本" x', 6, 7).split("\n");
    expect(lines[3]).toBe('1 |     "日本" x');
    // Two cells for each wide character.
    expect(lines[4]).toBe("  |            ^");
  });

  test("cuts wide lines around the place and never exceeds the width", () => {
    const text = `${"a".repeat(300)} here ${"b".repeat(300)}`;
    const output = render(text, 301, 305, {}, 40);
    const lines = output.split("\n");
    expect(lines[3]).toMatch(/^1 \| ….* here .*…$/);
    expect((lines[3] ?? "").length).toBeLessThanOrEqual(40);
    const column = (lines[4] ?? "").indexOf("^^^^");
    expect((lines[3] ?? "").slice(column, column + 4)).toBe("here");
  });

  test("marks the end of a line when nothing stands there", () => {
    expect(render("deny x", 6, 6).split("\n")[4]).toBe("  |       ^");
  });

  test("escapes control characters of source, message and file name", () => {
    const output = render("deny \u001b[31m x \u202e", 5, 6, { message: "bad \u001b]0;title\u0007 word" });
    expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(output).toContain("\\u{1b}");
  });

  test("names related places, and a file that it does not have", () => {
    const span = { file: "other.aegis", start: 0, end: 1 };
    const output = render("deny x", 0, 4, { related: [{ span, message: "first declared here" }] });
    expect(output).toContain("--> other.aegis: first declared here");
  });

  test("colours only when asked", () => {
    const file = new SourceFile("a", "x");
    const diagnostic: Diagnostic = {
      code: "a/b",
      severity: "warning",
      message: "m",
      span: { file: "a", start: 0, end: 1 },
    };
    expect(renderPretty(diagnostic, { source: () => file })).not.toContain("\u001b");
    expect(renderPretty(diagnostic, { source: () => file, color: true })).toContain("\u001b[1;33m");
  });
});
