// Every module of the standard library: it compiles, its tests pass and exercise all it exports, its page is current and its examples run.
import {
  analyse,
  compile,
  formatText,
  parseModule,
  SourceFile,
  type Analysis,
  type Compilation,
} from "@aegis/compiler";
import { describe, expect, it } from "vitest";
import { runPolicyTests } from "../tests/run-policy-tests.ts";
import type { TestReport } from "../tests/test-report.ts";
import { exportsOf } from "./exports.ts";
import { libraryFolders, type LibraryFolder } from "./library-folder-node.ts";
import { exportsSection, sectionOf } from "./page.ts";
import { referencesTo } from "./references.ts";

const INPUTS = {
  readManifest: () => ({ ok: false, reason: "no manifests here" }) as const,
  // For examples that read data.
  data: new Map([["delivery.freezes", []]]),
  params: new Map(),
  lockedActions: null,
  channels: null,
  now: null,
};
/** Kinds of exports whose meaning a test can show; the others only name things. */
const TESTED = ["fn", "pattern", "fact", "label", "limit", "group", "policy", "rule", "tool"];

function compiled(path: string, text: string): { analysis: Analysis; compilation: Compilation } {
  const analysis = analyse([new SourceFile(path, text)], INPUTS);
  const compilation = compile(analysis);
  const told = (compilation.ok ? analysis : compilation).diagnostics.map(
    (each) =>
      `${each.span.file}:${String(each.span.start)} ${each.code}: ${each.message} (${each.help ?? ""})`,
  );
  expect(told).toEqual([]);
  if (!compilation.ok) throw new Error("does not compile");
  return { analysis, compilation };
}

const run = (path: string, text: string): TestReport => {
  const { analysis, compilation } = compiled(path, text);
  return runPolicyTests(analysis, compilation, { seed: 1, runs: 200, coverage: true, libraryRules: true });
};

/** Failures with line and message. */
const failures = (report: TestReport, text: string): string[] =>
  report.suites.flatMap((suite) =>
    suite.cases.flatMap((each) =>
      each.failures.map(
        ({ span, message, details }) =>
          `${each.name}, line ${String(text.slice(0, span.start).split("\n").length)}: ${message} ${details.at(-1) ?? ""}`,
      ),
    ),
  );

describe.each(libraryFolders())("std.$name", (folder: LibraryFolder) => {
  const { name, module: text, tests, page } = folder;
  const file = new SourceFile(`std:${name}`, text);
  const { module, diagnostics } = parseModule(file);
  const offered = exportsOf(module, file);

  it("is a package of its name, documented, every export too, and formatted", () => {
    for (const source of [text, tests ?? ""])
      expect(formatText(new SourceFile("x.aegis", source)).text, "run `aegisc fmt stdlib/modules`").toBe(
        source,
      );
    expect(diagnostics).toEqual([]);
    expect(module.package?.parts.map((part) => part.text)).toEqual(["std", name]);
    expect(module.doc ?? "").not.toBe("");
    expect(offered.filter((each) => (each.doc ?? "") === "").map((each) => each.name)).toEqual([]);
    const importer = new SourceFile("importer.aegis", `package importer\nimport std.${name}\n`);
    const told = analyse([importer], INPUTS).diagnostics.map((each) => each.code);
    expect(told.filter((code) => code !== "name/unused-import")).toEqual([]);
  });

  it("passes its tests, which show every export and every condition both ways", () => {
    expect(tests, `stdlib/modules/${name}/${name}.test.aegis is missing`).not.toBeNull();
    const source = tests ?? "";
    const report = run(`${name}.test.aegis`, source);
    expect(failures(report, source)).toEqual([]);
    const cases = report.suites.flatMap((suite) => suite.cases);
    expect(cases.length).toBeGreaterThan(0);

    const used = referencesTo(name, parseModule(new SourceFile("t.aegis", source)).module);
    const wanted = offered
      .filter((each) => TESTED.includes(each.kind))
      .flatMap((each) => [each.name, ...each.actions.map((action) => `${each.name}.${action.name}`)]);
    expect(wanted.filter((each) => !used.has(each))).toEqual([]);

    const idle = (report.coverage?.files ?? []).flatMap(({ rules }) =>
      rules.flatMap((rule) => [
        ...(rule.matched === 0 ? [`${rule.id} never matches`] : []),
        ...rule.conditions.flatMap(({ held, failed }) => [
          ...(held === 0 ? [`a condition of ${rule.id} never holds`] : []),
          ...(failed === 0 ? [`a condition of ${rule.id} never fails`] : []),
        ]),
      ]),
    );
    expect(idle).toEqual([]);
  });

  it("has a page that names its exports, with examples that run", () => {
    expect(page, `stdlib/modules/${name}/README.md is missing`).not.toBeNull();
    const content = page ?? "";
    expect(content.startsWith(`# std.${name}\n`)).toBe(true);
    expect(sectionOf(content), "run `npm run generate`").toBe(exportsSection(name, text).trim());
    const examples = [...content.matchAll(/^```aegis\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "");
    expect(examples.length).toBeGreaterThan(0);
    let shown = 0;
    examples.forEach((example, index) => {
      const report = run(`example-${String(index + 1)}.aegis`, example);
      expect(failures(report, example)).toEqual([]);
      shown += report.suites.flatMap((suite) => suite.cases).length;
    });
    expect(shown, "an example has a test").toBeGreaterThan(0);
  });
});
