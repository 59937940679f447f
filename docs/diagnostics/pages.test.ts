// The examples of the diagnostics' pages: the first gives the diagnostic, the second gives nothing of the kind.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProjectInputs } from "@aegis/compiler";
import { analyse, SourceFile } from "@aegis/compiler";
import { describe, expect, test } from "vitest";

/** Phases whose pages have examples of this form. */
const PHASES = ["name", "tools", "declaration"];

const TEXT = { type: "string" };
const manifest = (name: string, properties: object, required: readonly string[]): string =>
  JSON.stringify({
    tools: [{ name, inputSchema: { type: "object", properties, required, additionalProperties: false } }],
  });
const MANIFESTS: ReadonlyMap<string, string> = new Map([
  ["github.tools.json", manifest("get_file_contents", { path: TEXT, branch: TEXT }, ["path"])],
  [
    "notes.tools.json",
    manifest("search", { query: TEXT, filter: { anyOf: [TEXT, { type: "object" }] } }, ["query"]),
  ],
]);

const INPUTS: ProjectInputs = {
  readManifest: (_from, path) => {
    const text = MANIFESTS.get(path);
    return text === undefined ? { ok: false, reason: "no such file" } : { ok: true, path, text };
  },
  data: new Map<string, unknown>([
    ["acme.trade.partners", ["api.partner.com", 7]],
    ["acme.quota.quotas", { "api.partner.com": 7 }],
  ]),
  params: new Map<string, unknown>([
    ["shop.max_file", 20],
    ["store.max_files", 20],
  ]),
  lockedActions: null,
  channels: null,
  now: null,
};

/** An example may hold several files, each after a line `// file: name` (`# file: name` in YAML). */
function codesOf(example: string, language: "aegis" | "yaml"): string[] {
  const [first = "", ...rest] = example.split(/^(?:\/\/|#) file: (.*)\n/m);
  const files = [new SourceFile(`example.${language}`, first)];
  for (let index = 0; index < rest.length; index += 2)
    files.push(new SourceFile(rest[index] ?? "", rest[index + 1] ?? ""));
  return analyse(files, INPUTS).diagnostics.map((each) => each.code);
}

const pages = readdirSync(import.meta.dirname)
  .filter((name) => PHASES.some((phase) => name.startsWith(`${phase}-`)))
  .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, name), "utf8") }));

describe.each(pages)("$name", ({ name, text }) => {
  const code = name.replace(/\.md$/, "").replace("-", "/");
  const examples = (language: string): string[] =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
      (match) => match[1] ?? "",
    );

  test("is about its code", () => {
    expect(text.startsWith(`# ${code}\n`)).toBe(true);
  });

  test("shows the mistake, alone, and a way out", () => {
    const [wrong, right, ...more] = examples("aegis");
    if (wrong === undefined || right === undefined) {
      const [wrongYaml = "", rightYaml = ""] = examples("yaml");
      expect(codesOf(wrongYaml, "yaml")).toContain(code);
      expect(
        codesOf(rightYaml, "yaml").filter((each) => each !== "tools/open-tool" || each === code),
      ).toEqual([]);
      return;
    }
    expect(more).toEqual([]);
    expect(codesOf(wrong, "aegis")).toEqual([code]);
    expect(codesOf(right, "aegis")).toEqual([]);
  });
});
