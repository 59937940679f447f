// Pieces of Aegis in other formats: places are those of the file around them.
import { describe, expect, test } from "vitest";
import {
  parseDuration,
  parseExpression,
  parseRedactPath,
  parseSelector,
  parseTemplate,
  parseTypeNode,
} from "./parse.ts";

describe("pieces", () => {
  test("an expression, with an offset and with a map of offsets", () => {
    const { expression, diagnostics } = parseExpression("branch == 1", "f.yaml", 100);
    expect(diagnostics).toEqual([]);
    expect(expression).toMatchObject({ kind: "binary", span: { file: "f.yaml", start: 100, end: 111 } });
    const mapped = parseExpression("a and b", "f.yaml", (offset) => 10 + offset * 2);
    expect(mapped.expression).toMatchObject({ kind: "binary", span: { start: 10, end: 24 } });
  });

  test.each([
    "",
    "a ==",
    "a b",
    "(a",
    "a == 1 }",
    "\u0000",
    "if a then b",
    "a\u200b",
    "'a' = 1",
    "@",
    "x in",
  ])("a broken expression gives a diagnostic inside it: %j", (text) => {
    const { diagnostics } = parseExpression(text, "f", 50);
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { span } of diagnostics) {
      expect(span.start).toBeGreaterThanOrEqual(50);
      expect(span.end).toBeLessThanOrEqual(50 + text.length);
    }
  });

  test("what follows an expression is told in plain words", () => {
    const { diagnostics } = parseExpression("a == 1 b", "f", 0);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: "syntax/expected", span: { start: 7, end: 8 } });
  });

  test("selectors, types, paths, durations and templates", () => {
    expect(parseSelector("git.push, @egress except *", "f", 0).selector.include).toHaveLength(2);
    expect(parseTypeNode("list<host> max 20", "f", 0).type).toMatchObject({
      kind: "type-collection",
      max: 20,
    });
    expect(parseRedactPath('args.headers["a b"].**', "f", 5).path?.steps).toHaveLength(3);
    expect(parseRedactPath("foo.bar", "f", 5)).toMatchObject({
      path: null,
      diagnostics: [{ code: "syntax/expected" }],
    });
    expect(parseDuration("4h", "f", 0).duration?.milliseconds).toBe(14_400_000);
    expect(parseDuration("4 hours", "f", 3).diagnostics[0]?.span).toEqual({ file: "f", start: 3, end: 10 });
    const { template, diagnostics } = parseTemplate("pay {args.x} \\{ok\\} {", "f", 10);
    expect(template.parts.map((part) => part.kind)).toEqual(["text", "value", "text"]);
    expect(diagnostics).toMatchObject([{ code: "syntax/unclosed-placeholder", span: { start: 30 } }]);
  });
});
