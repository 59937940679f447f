// Laws of printing: any tree prints to text that reads as the same tree, and formatting what was printed is stable.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseModule } from "../frontends/aegis/parse.ts";
import { SourceFile } from "../source/source-file.ts";
import { arbitraryModule } from "../testing/arbitrary-module.ts";
import { printModule } from "./format-module.ts";
import { formatText } from "./format-text.ts";
import { sameModule } from "./same-tree.ts";

const long = process.env["AEGIS_LONG"] === "1";
const numRuns = long ? 100_000 : 150;
const file = (text: string) => new SourceFile("test.aegis", text);

describe("laws of printing", { timeout: long ? 7_200_000 : 30_000 }, () => {
  test("a tree is printed and read again unchanged", () => {
    fc.assert(
      fc.property(arbitraryModule, (module) => {
        const text = printModule(module);
        const again = parseModule(file(text));
        expect(again.diagnostics, text).toEqual([]);
        if (!sameModule(module, again.module)) throw new Error(`another tree:\n${text}`);
      }),
      { numRuns },
    );
  });

  test("formatting keeps the tree, and a second time changes nothing", () => {
    fc.assert(
      fc.property(arbitraryModule, (module) => {
        const once = formatText(file(printModule(module)));
        expect(once.diagnostics).toEqual([]);
        expect(sameModule(module, parseModule(file(once.text)).module)).toBe(true);
        expect(formatText(file(once.text)).text).toBe(once.text);
      }),
      { numRuns },
    );
  });
});
