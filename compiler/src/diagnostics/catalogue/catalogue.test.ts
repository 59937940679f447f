// The registry of diagnostics is complete: every table is in it, every code is used, every code has its page.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { indexPage } from "./index-page.ts";
import { ALL_DIAGNOSTICS } from "./index.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../../..");

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name === "node_modules" || entry.name === "dist" ? [] : sourceFiles(path);
    return /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) ? [path] : [];
  });
}

const sources = [join(root, "compiler/src"), join(root, "cli/src")]
  .filter(existsSync)
  .flatMap(sourceFiles)
  .filter((path) => !path.includes(join("diagnostics", "catalogue")))
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");

describe("the registry of diagnostics", () => {
  test("holds every table of the catalogue", () => {
    const tables = readdirSync(here).filter((name) => /^[a-z-]+\.ts$/.test(name) && !/^index/.test(name));
    const index = readFileSync(join(here, "index.ts"), "utf8");
    for (const table of tables) expect(index, table).toContain(`"./${table}"`);
  });

  test("gives every code once", () => {
    const codes = ALL_DIAGNOSTICS.map((each) => each.code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  test("holds no code that nothing reports", () => {
    const unused = ALL_DIAGNOSTICS.filter(({ code }) => {
      const slug = code.slice(code.indexOf("/") + 1);
      return !sources.includes(`"${slug}"`) && !sources.includes(`.${slug}(`);
    });
    expect(unused.map((each) => each.code)).toEqual([]);
  });

  test("has a page for every code", () => {
    const missing = ALL_DIAGNOSTICS.map(({ code }) => `docs/diagnostics/${code.replace("/", "-")}.md`).filter(
      (page) => !existsSync(join(root, page)),
    );
    expect(missing).toEqual([]);
  });

  test("is the index of the pages, and no page is of a code that is gone", () => {
    // `npm run generate` brings it up to date.
    expect(readFileSync(join(root, "docs/diagnostics/README.md"), "utf8")).toBe(indexPage());
    const pages = new Set(ALL_DIAGNOSTICS.map(({ code }) => `${code.replace("/", "-")}.md`));
    const found = readdirSync(join(root, "docs/diagnostics")).filter(
      (name) => name.endsWith(".md") && name !== "README.md",
    );
    expect(found.filter((name) => !pages.has(name) && !name.startsWith("lint-"))).toEqual([]);
  });

  test("every page has an example that fails", () => {
    const bare = ALL_DIAGNOSTICS.map(({ code }) => `docs/diagnostics/${code.replace("/", "-")}.md`).filter(
      (page) => !readFileSync(join(root, page), "utf8").includes("```"),
    );
    expect(bare).toEqual([]);
  });

  test("speaks plainly: no full stop, no capital at the start", () => {
    for (const { code, message } of ALL_DIAGNOSTICS) {
      expect(message, code).not.toMatch(/\.$/);
      expect(message, code).toMatch(/^(?:YAML|JSON|[^A-Z])/);
    }
  });
});
