// What commands print where a terminal is narrow.
import { describe, expect, test } from "vitest";
import { disposableFolders } from "./testing/run-in.ts";

const folder = disposableFolders();

describe("a terminal of 40 columns", () => {
  const wide = (text: string): readonly string[] => text.split("\n").filter((line) => line.length > 40);

  test("help is wrapped", async () => {
    const { aegiscWith } = folder();
    for (const argv of [["--help"], ["check", "--help"], ["eval", "--help"], ["build", "--help"]])
      // One word may be wider than its column; the line of the usage is for copying.
      expect(
        wide((await aegiscWith({ columns: 40 }, ...argv)).out).filter(
          (line) => line.trim().includes(" ") && !line.startsWith("Usage: "),
        ),
      ).toEqual([]);
  });

  test("what stands in columns fits: frames of diagnostics, the list of lint rules", async () => {
    const long = `"${"x".repeat(200)}"`;
    const { aegiscWith } = folder({
      "b.aegis": `package b\nimport std.tools.git\nallow x: git.psh when args.branch == ${long}\n`,
    });
    const { out } = await aegiscWith({ columns: 40 }, "check", "b.aegis");
    expect(wide(out).filter((line) => line.includes(" | "))).toEqual([]);
    expect(out).toContain("^^^");
    const rules = (await aegiscWith({ columns: 40 }, "lint", "--rules")).out.split("\n");
    for (const line of rules.filter((each) => !each.startsWith("  "))) expect(line.length).toBeLessThan(41);
  });
});
