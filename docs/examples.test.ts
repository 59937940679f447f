// The examples of the documentation: each compiles without a word, is formatted, and its tests pass.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProjectInputs } from "@aegis/compiler";
import { analyse, compile, formatText, SourceFile } from "@aegis/compiler";
import { runPolicyTests } from "@aegis/conformance";
import { describe, expect, test } from "vitest";
import { FLAGSHIP_MANIFEST } from "../compiler/src/testing/index.ts";

/** Pages whose examples are run elsewhere, or are no policies. */
const ELSEWHERE = new Set(["yaml.md"]);

const INPUTS: ProjectInputs = {
  readManifest: (_from, path) =>
    path === "github.tools.json"
      ? { ok: true, path, text: FLAGSHIP_MANIFEST }
      : { ok: false, reason: "no such file" },
  data: new Map<string, unknown>([["acme.web.partners", ["api.partner.com", "*.example.org"]]]),
  params: new Map(),
  lockedActions: null,
  channels: new Set(["releases", "payments"]),
  now: Date.parse("2026-12-01T00:00:00Z"),
};

const pages = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".md") && !ELSEWHERE.has(name))
  .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, name), "utf8") }));

/** Whole files: they begin with a package, or with a comment before it. A page may show parts of one beside it. */
const examplesOf = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    (match) => match[1] ?? "",
  );

const policies = pages.flatMap(({ name, text }) =>
  ["aegis", "yaml policy"].flatMap((language) =>
    examplesOf(text, language).map((example, index) => ({
      title: `${name}, ${language} ${String(index + 1)}`,
      language: language === "aegis" ? "aegis" : "yaml",
      example,
    })),
  ),
);

describe.each(policies)("$title", ({ example, language }) => {
  // An example may hold several files, each after a line `// file: name`.
  const [first = "", ...rest] = example.split(/^\/\/ file: (.*)\n/m);
  const files = first.trim() === "" ? [] : [new SourceFile(`example.${language}`, first)];
  for (let index = 0; index < rest.length; index += 2)
    files.push(new SourceFile(rest[index] ?? "", rest[index + 1] ?? ""));

  test("compiles, and its tests pass", () => {
    const analysis = analyse(files, INPUTS);
    const told = analysis.diagnostics.filter((each) => each.severity !== "information");
    expect(told.map((each) => `${each.code}: ${each.message}`)).toEqual([]);
    const compilation = compile(analysis);
    expect(compilation.ok).toBe(true);
    if (!compilation.ok) return;
    const report = runPolicyTests(analysis, compilation, { seed: 1 });
    const failures = report.suites.flatMap((suite) =>
      suite.cases.flatMap((each) =>
        each.failures.map((failure) => `${each.name}: ${failure.message} ${failure.details.join(" ")}`),
      ),
    );
    expect(failures).toEqual([]);
  });

  test.skipIf(language !== "aegis")("is formatted", () => {
    for (const file of files) {
      const { text, diagnostics } = formatText(new SourceFile(file.path, file.text.trimEnd() + "\n"));
      expect(diagnostics).toEqual([]);
      expect(text).toBe(file.text.trimEnd() + "\n");
    }
  });
});

test("examples are found", () => {
  expect(policies.length).toBeGreaterThan(10);
});
