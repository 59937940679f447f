// The formatter on the sample files: it keeps what they say, its output is stable, and comments stay where they belong.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { SourceFile } from "../source/source-file.ts";
import { parseModule } from "../frontends/aegis/parse.ts";
import { formatText } from "./format-text.ts";
import { LINE_WIDTH, printModule } from "./format-module.ts";
import { sameModule } from "./same-tree.ts";

const folder = new URL("../../fixtures/syntax/", import.meta.url);
const samples = readdirSync(folder)
  .filter((name) => name.endsWith(".aegis"))
  .map((name) => new SourceFile(name, readFileSync(new URL(name, folder), "utf8")));

const format = (text: string): string => {
  const result = formatText(new SourceFile("test.aegis", text));
  expect(result.diagnostics).toEqual([]);
  return result.text;
};

describe.each(samples)("the sample $path", (file) => {
  test("is read without a diagnostic", () => {
    expect(parseModule(file).diagnostics).toEqual([]);
  });
  test("formats, and what is formatted stays as it is", () => {
    const once = format(file.text);
    expect(format(once)).toBe(once);
  });
  test("keeps to the line width but for comments, texts and names", () => {
    const wide = format(file.text)
      .split("\n")
      .filter((each) => each.replace(/\s*\/\/.*$/, "").length > LINE_WIDTH && !/"/.test(each));
    expect(wide.filter((each) => !/ set on /.test(each))).toEqual([]);
  });
  test("is the same when printed from its tree alone", () => {
    const { module } = parseModule(file);
    const again = parseModule(new SourceFile(file.path, printModule(module)));
    expect(again.diagnostics).toEqual([]);
    expect(sameModule(module, again.module)).toBe(true);
  });
});

describe("formatText", () => {
  test("puts one clause on the line of its rule, more on lines of their own", () => {
    expect(format('package a deny x : b.c when args.d\nallow y:b.c when args.e because"f"')).toBe(
      ["package a", "deny x: b.c when args.d", "allow y: b.c", "  when args.e", '  because "f"', ""].join(
        "\n",
      ),
    );
  });

  test("fills lines with many plain words, and puts few or commented ones one a line", () => {
    const words = Array.from({ length: 40 }, (_, index) => `"word-${String(index)}"`);
    const filled = format(`package a\nconst w: set<string> = {${words.join(",")}}\n`);
    const lines = filled.split("\n").slice(2, -2);
    expect(lines.length).toBeLessThan(6);
    expect(lines.every((each) => each.length <= LINE_WIDTH && each.endsWith(","))).toBe(true);
    expect(format(filled)).toBe(filled);
    const commented = words.map((each, index) => `${each}, // ${String(index)}`).join("\n");
    expect(format(`package a\nconst w: set<string> = {\n${commented}\n}\n`).split("\n")).toHaveLength(44);
  });

  test("keeps single empty lines and drops more", () => {
    expect(format("package a\n\n\n\nconst b = 1\nconst c = 2\n\n\nconst d = 3\n\n")).toBe(
      "package a\n\nconst b = 1\nconst c = 2\n\nconst d = 3\n",
    );
  });

  test("keeps comments by the operand, element and clause that they speak of", () => {
    const text = [
      "package a",
      "deny x: b.c",
      "  // whole clause",
      "  when args.d // first",
      "    // before the second",
      "    and args.e // last",
      "const s = {",
      '  "m", // the trunk',
      "  // none else",
      "}",
      "",
    ].join("\n");
    expect(format(text)).toBe(text);
  });

  test("loses no comment, wherever it stands", () => {
    const { tokens } = { tokens: samples[0]!.text.replace(/\/\/.*$/gm, "").match(/"[^"\n]*"|\S+/g)! };
    for (let index = 0; index <= tokens.length; index += 11) {
      const text = `${tokens.slice(0, index).join(" ")} // here\n${tokens.slice(index).join(" ")}`;
      const result = formatText(new SourceFile("test.aegis", text));
      expect(result.diagnostics, text.slice(0, 200)).toEqual([]);
      expect(result.text.match(/\/\/ here/g)).toHaveLength(1);
      expect(format(result.text)).toBe(result.text);
    }
  });

  test("leaves a text with mistakes alone", () => {
    const text = "package a\nallow  x\n";
    const result = formatText(new SourceFile("test.aegis", text));
    expect(result.text).toBe(text);
    expect(result.diagnostics.map((each) => each.code)).toEqual(["syntax/expected"]);
  });
});

test("what stands after `within` and begins with a duration keeps its parentheses", () => {
  const text = "package a\n\nallow x: b.c when (30m within (30m.all())) and (1 within (30m.all()))\n";
  expect(format(text)).toContain("30m within (30m.all())");
});
