// The architecture check finds planted breaks and lets clean trees pass.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { checkArchitecture } from "./check-architecture.ts";

const roots: string[] = [];
afterEach(() => roots.splice(0).forEach((root) => rmSync(root, { recursive: true })));

function tree(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "aegis-architecture-"));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
const header = "// A file.\n";

test.each([
  [
    "an upward package",
    { "runtime/src/index.ts": `${header}import "@aegis/compiler";` },
    "may not import `compiler`",
  ],
  [
    "a relative import across packages",
    { "compiler/src/index.ts": `${header}import "../../runtime/src/index.ts";` },
    "into another package",
  ],
  [
    "an upward layer",
    { "compiler/src/source/a.ts": `${header}import "../checker/b.ts";`, "compiler/src/checker/b.ts": header },
    "imports upwards",
  ],
  [
    "a sibling backend",
    {
      "compiler/src/backends/js/a.ts": `${header}import "../rego/b.ts";`,
      "compiler/src/backends/rego/b.ts": header,
    },
    "never see each other",
  ],
  [
    "a backend that sees syntax",
    {
      "compiler/src/backends/js/a.ts": `${header}import "../../syntax/ast.ts";`,
      "compiler/src/syntax/ast.ts": header,
    },
    "sees the IR only",
  ],
  [
    "a type-only cycle",
    {
      "compiler/src/source/a.ts": `${header}import type { B } from "./b.ts";`,
      "compiler/src/source/b.ts": `${header}import type { A } from "./a.ts";`,
    },
    "import cycle",
  ],
  ["Node in the middle", { "compiler/src/checker/a.ts": `${header}import "node:fs";` }, "outside the rim"],
  ["a file named utils", { "compiler/src/checker/utils.ts": header }, "name the file"],
  ["a missing header", { "compiler/src/checker/a.ts": "export {};" }, "first line"],
  ["a long file", { "compiler/src/checker/a.ts": header + "\n".repeat(600) }, "lines; at most"],
  [
    "a dependency of the core",
    { "runtime/src/core/types/a.ts": `${header}import "re2js";` },
    "core has no dependency",
  ],
  [
    "a folder without a layer",
    { "compiler/src/magic/a.ts": `${header}import "../source/b.ts";`, "compiler/src/source/b.ts": header },
    "has no layer",
  ],
  [
    "a parser from elsewhere",
    { "compiler/src/frontends/aegis/a.ts": `${header}import "some-parser";` },
    "frontends/aegis has no dependency",
  ],
])("finds %s", (_name, files, message) => {
  const violations = checkArchitecture(tree(files as Record<string, string>));
  expect(violations.map((each) => each.message).join("\n")).toContain(message);
});

test("lets a registry see its siblings and a rim file see Node", () => {
  const root = tree({
    "compiler/src/backends/backend-registry.ts": `${header}import "./js/a.ts";`,
    "compiler/src/backends/js/a.ts": header,
    "cli/src/main.ts": `${header}import "node:fs"; import "@aegis/compiler";`,
  });
  expect(checkArchitecture(root)).toEqual([]);
});
