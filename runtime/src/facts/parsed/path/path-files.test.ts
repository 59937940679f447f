// `path under R` on a real disk: what lies under R by its name lies there without links, and with links by where it leads.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtins } from "../../../core/builtins/builtin-registry.ts";
import { callable } from "../../../core/builtins/define-builtin.ts";
import { resolvedPath } from "../../computed/resolved-path-node.ts";
import { parsePath } from "./path.ts";

const NAMES = [
  "a",
  "b",
  "ab",
  "A",
  ".a",
  "..",
  ".",
  "",
  "a.b",
  "a b",
  "é",
  "link",
  "up",
  "deep",
  "dangling",
  "loop",
];
const segments = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 5 });

/** What the builtin says; undefined for a text that does not parse. */
function isUnder(text: string, root: string): boolean | undefined {
  const path = parsePath(text);
  const folder = parsePath(root);
  const under = builtins.get("under");
  if (path === undefined || folder === undefined || under === undefined) return undefined;
  return callable(under)(path, folder) as boolean;
}

const inside = (real: string, root: string): boolean => real === root || real.startsWith(`${root}/`);

describe("a folder and paths in and around it", () => {
  let top = "";
  let root = "";
  beforeAll(() => {
    // Some systems keep their temporary folder behind a link.
    top = realpathSync(mkdtempSync(join(tmpdir(), "aegis-path-")));
    root = join(top, "r");
    for (const folder of ["r", "r/a", "r/a/b", "r/ab", "r/A", "r/.a", "r/a/a", "rx", "rx/a", "out", "out/a"])
      mkdirSync(join(top, folder), { recursive: true });
    for (const file of ["r/b", "r/a/b/a", "r/a.b", "out/b", "rx/b"]) writeFileSync(join(top, file), "");
  });
  afterAll(() => rmSync(top, { recursive: true, force: true }));

  /** Where the system finds the file, undefined where there is none. */
  function real(path: string): string | undefined {
    try {
      return realpathSync.native(path);
    } catch {
      return undefined;
    }
  }

  it("without links, under by name is under on the disk", () => {
    let found = 0;
    fc.assert(
      fc.property(fc.constantFrom("r", "rx", "out", "r/a", ""), segments, (start, parts) => {
        const text = `${join(top, start)}/${parts.join("/")}`;
        const where = real(text);
        const under = isUnder(text, root);
        if (under === undefined || where === undefined) return;
        found += 1;
        expect(under, text).toBe(inside(where, root));
      }),
      { numRuns: 2000 },
    );
    expect(found).toBeGreaterThan(50);
  });

  it("with links, both the name and where it leads must be under", () => {
    symlinkSync("../out", join(root, "link"));
    symlinkSync("..", join(root, "up"));
    symlinkSync("a/b", join(root, "deep"));
    symlinkSync(join(top, "out/new"), join(root, "dangling"));
    symlinkSync("loop", join(root, "loop"));
    let lies = 0;
    fc.assert(
      fc.property(segments, (parts) => {
        const text = `${root}/${parts.join("/")}`;
        const under = isUnder(text, root);
        if (under === undefined) return;
        const fact = resolvedPath(text);
        const where = real(text);
        if (where === undefined || fact === undefined) return;
        expect(fact, text).toBe(where);
        expect(isUnder(fact, root), text).toBe(inside(where, root));
        if (under && !inside(where, root)) lies += 1;
      }),
      { numRuns: 2000 },
    );
    expect(lies, "links that lead out were met").toBeGreaterThan(5);
  });

  it("a file that is not there yet leads where writing would make it", () => {
    expect(resolvedPath(join(root, "a/new/file"))).toBe(join(root, "a/new/file"));
    expect(resolvedPath(join(root, "link/new"))).toBe(join(top, "out/new"));
    const made = resolvedPath(join(root, "dangling"));
    expect(made).toBe(join(top, "out/new"));
    writeFileSync(join(root, "dangling"), "");
    expect(real(join(root, "dangling"))).toBe(made);
  });

  it("cannot be told for loops, relative paths and NUL", () => {
    expect(resolvedPath(join(root, "loop"))).toBeUndefined();
    expect(resolvedPath(join(root, "loop/a"))).toBeUndefined();
    expect(resolvedPath("r/a")).toBeUndefined();
    expect(resolvedPath(`${root}/a\0b`)).toBeUndefined();
  });
});
