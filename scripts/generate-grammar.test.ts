// The editors' grammar is current, and its patterns are ones that editors can run.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { GRAMMAR, generateGrammar } from "./generate-grammar.ts";

it("vscode-extension/syntaxes/aegis.tmLanguage.json is what `npm run generate` writes", () => {
  expect(readFileSync(GRAMMAR, "utf8")).toBe(generateGrammar());
});

/** Colours a line as a TextMate engine does: the first rule that matches earliest wins. */
function colours(line: string): [string, string][] {
  const { patterns } = JSON.parse(generateGrammar()) as {
    patterns: { name?: string; match: string; captures?: Record<string, { name: string }> }[];
  };
  const found: [string, string][] = [];
  let at = 0;
  while (at < line.length) {
    let best: { index: number; match: RegExpExecArray; rule: (typeof patterns)[number] } | undefined;
    for (const rule of patterns) {
      const pattern = new RegExp(rule.match, "g");
      pattern.lastIndex = at;
      const match = pattern.exec(line);
      if (match !== null && (best === undefined || match.index < best.index))
        best = { index: match.index, match, rule };
    }
    if (best === undefined) break;
    const { match, rule } = best;
    if (rule.captures === undefined) found.push([match[0], rule.name ?? ""]);
    else
      for (const [group, { name }] of Object.entries(rule.captures))
        found.push([match[Number(group)] ?? "", name]);
    at = match.index + Math.max(match[0].length, 1);
  }
  return found;
}

it("colours a rule", () => {
  expect(colours('deny force: git.push when args.force and x == "a" // why')).toEqual([
    ["deny", "keyword.control.decision.aegis"],
    ["force", "entity.name.function.rule.aegis"],
    [":", "punctuation.aegis"],
    [".", "punctuation.aegis"],
    ["push", "variable.other.property.aegis"],
    ["when", "keyword.control.aegis"],
    ["args", "keyword.control.aegis"],
    [".", "punctuation.aegis"],
    ["force", "variable.other.property.aegis"],
    ["and", "keyword.operator.aegis"],
    ["==", "keyword.operator.aegis"],
    ['"a"', "string.quoted.double.aegis"],
    ["// why", "comment.line.double-slash.aegis"],
  ]);
});

it("keeps a sign inside a text a text", () => {
  expect(colours('because "a // b"').at(-1)).toEqual(['"a // b"', "string.quoted.double.aegis"]);
});

it("shows what is no sign of the language", () => {
  expect(colours("a && b")).toEqual([["&&", "invalid.illegal.aegis"]]);
});
