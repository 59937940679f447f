// Every diagnostic of syntax has a page whose first example gives it, alone, and whose second is fine.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { syntaxDiagnostics } from "../../diagnostics/catalogue/syntax.ts";
import { SourceFile } from "../../source/source-file.ts";
import { parseModule } from "./parse.ts";

const pages = new URL("../../../../docs/diagnostics/", import.meta.url);

/** `⟨U+200B⟩` stands for a character that nobody would see on the page. */
const unveil = (text: string): string =>
  text.replace(/⟨U\+([0-9A-F]+)⟩/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

describe.each(syntaxDiagnostics.$all)("$code", ({ code }) => {
  const text = readFileSync(new URL(`${code.replace("/", "-")}.md`, pages), "utf8");
  const examples = [...text.matchAll(/```aegis\n([\s\S]*?)```/g)].map((match) => unveil(match[1]!));
  const parse = (example: string) => parseModule(new SourceFile("example.aegis", example)).diagnostics;

  test("its first example gives it, alone", () => {
    expect(text.split("\n")[0]).toBe(`# ${code}`);
    const diagnostics = parse(examples[0]!);
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
    expect(diagnostics[0]!.message + (diagnostics[0]!.help ?? "")).not.toMatch(/(?<!\\u)\{\w+\}/);
  });
  test("its second example is fine", () => {
    expect(parse(examples[1]!)).toEqual([]);
  });
});
