// Tests of tools, manifests and selectors.
import { printType } from "@aegis/runtime/core";
import { describe, expect, test } from "vitest";
import type { ProjectInputs } from "./resolved-program.ts";
import { analyse } from "../pipeline/analyse.ts";
import { SourceFile } from "../source/source-file.ts";
import { NO_INPUTS, resolveTexts, TEST_LIBRARY, TEST_MANIFEST } from "../testing/resolve-text.ts";

const told = (texts: string | Record<string, string>, inputs: Partial<ProjectInputs> = {}) =>
  resolveTexts(texts, inputs).told;

/** Actions of the rules, as `tool.action`. */
function selected(text: string, inputs: Partial<ProjectInputs> = {}): string[][] {
  const { program } = resolveTexts(text, inputs);
  return program.rules.map((rule) =>
    rule.module
      .expand(rule.node.selector, { report: () => undefined })
      .map((index) => program.actions[index]!)
      .map((action) => `${action.tool}.${action.action}`),
  );
}
const head = "package p\nimport std.tools.{git, http, mail, ci_pipeline}\n";

describe("selectors", () => {
  test("every form", () => {
    expect(
      selected(
        `${head}group g = http.*, mail.send\ngroup h = @g except http.get\ndeny a: *\ndeny b: git.*\ndeny c: git.{push, commit}, http.get\ndeny d: @h\ndeny e: * except @g, git.*`,
      ),
    ).toEqual([
      ["ci-pipeline.run_tests", "git.commit", "git.push", "http.get", "http.post", "mail.read", "mail.send"],
      ["git.commit", "git.push"],
      ["git.commit", "git.push", "http.get"],
      ["http.post", "mail.send"],
      ["ci-pipeline.run_tests", "mail.read"],
    ]);
  });

  test("wildcards and groups keep to the lock file, written names do not", () => {
    const lockedActions = new Set(["git.commit", "mail.send"]);
    expect(
      selected(
        `${head}group g = http.*, mail.send, git.push\ndeny a: *\ndeny b: @g\ndeny c: http.get, git.*`,
        { lockedActions },
      ),
    ).toEqual([["git.commit", "mail.send"], ["mail.send"], ["git.commit", "http.get"]]);
  });

  test("nothing selected", () => {
    expect(told(`${head}deny a: git.* except git.*`)).toContain("tools/empty-selector at git.* except git.*");
    expect(told("package p\ndeny a: *")).toEqual(["tools/empty-selector at *"]);
    expect(told("package p\nimport std.tools.{git}\ndeny a: git.*", { lockedActions: new Set() })).toEqual([
      "tools/empty-selector at git.*",
    ]);
  });

  test("what a library module imports for its groups widens nothing, and they hold what the project imports", () => {
    const flow = "package p\nimport std.flow\n";
    const tools = (text: string) => [
      ...new Set(resolveTexts(text).program.actions.map((action) => action.tool)),
    ];
    const star = `${flow}import std.tools.{http}\nallow a: *\ndeny b: @flow.egress\n`;
    expect(tools(star)).toEqual(["http"]);
    expect(selected(star)).toEqual([
      ["http.get", "http.post"],
      ["http.get", "http.post"],
    ]);
    expect(told(`${flow}tool x { y() }\nallow a: x.y\ndeny b: @flow.egress\n`)).toEqual([
      "tools/empty-selector at @flow.egress",
    ]);
    const twice = `${flow}import std.tools.http as one on "one"\nimport std.tools.http as two on "two"\n`;
    expect(selected(`${twice}deny a: @flow.egress`)).toEqual([
      ["one.get", "one.post", "two.get", "two.post"],
    ]);
  });

  test("a policy of the library that has nothing to select is told where it is used", () => {
    const text = "package p\nimport std.flow\ntool x { y() }\nallow a: x.y\n";
    const file = new SourceFile("p.aegis", `${text}use flow.no_send_after(flow.untrusted, flow.egress)\n`);
    const { diagnostics } = analyse([file], NO_INPUTS, { library: TEST_LIBRARY });
    expect(diagnostics.map(({ code, span }) => [code, file.text.slice(span.start, span.end)])).toEqual([
      ["tools/empty-selector", "flow.no_send_after"],
    ]);
  });

  test("unknown names are told once, with the nearest", () => {
    const action = resolveTexts("package p\nimport std.tools.{git}\ndeny a: git.psuh");
    expect(action.told).toEqual(["tools/unknown-action at psuh"]);
    expect(action.diagnostics[0]?.help).toBe("did you mean `push`?");
    expect(told("package p\nimport std.tools.{git}\ndeny a: gti.push, git.push")).toEqual([
      "tools/unknown-tool at gti",
    ]);
    expect(told("package p\nimport std.tools.{git}\ngroup gg = git.*\ndeny a: @g")).toEqual([
      "name/unknown-group at g",
    ]);
    expect(told("package p\nimport std.secrets\ndeny a: secrets.aws")).toEqual([
      "tools/unknown-tool at secrets",
    ]);
    expect(told("package p\nconst c = 1\ndeny a: c.x")).toEqual(["tools/not-a-tool at c"]);
    expect(told("package p\nimport std.tools\ndeny a: tools.git")).toEqual(["tools/action-missing at git"]);
  });

  test("groups in a circle, in any order", () => {
    expect(told("package p\ngroup a = @b\ngroup b = @a")).toEqual(["tools/group-cycle at b"]);
    expect(selected("package p\nimport std.tools.{git}\ngroup a = @b\ngroup b = git.*\ndeny x: @a")).toEqual([
      ["git.commit", "git.push"],
    ]);
  });
});

describe("wire names", () => {
  test("a binding of its own", () => {
    expect(
      selected(
        'package p\nimport std.tools.git as ours on "my-git"\nimport std.tools.{git}\ndeny a: ours.push\ndeny b: git.push',
      ),
    ).toEqual([["my-git.push"], ["git.push"]]);
    expect(selected('package p\nimport std.tools.git on "my-git"\ndeny a: *')).toEqual([
      ["my-git.commit", "my-git.push"],
    ]);
  });

  test("one wire name, one declaration", () => {
    expect(told('package p\ntool a as "x" { r() }\ntool b as "x" { r() }')).toEqual([
      'tools/duplicate-tool at "x"',
    ]);
    expect(told('package p\ntool t { a as "x"() b as "x"() }')).toEqual(['tools/duplicate-action at "x"']);
    expect(told('package p\ntool a as "" { r() }')).toEqual(['tools/empty-wire-name at ""']);
  });

  test("a library tool and one of the project, told in the project", () => {
    expect(
      resolveTexts({
        "b.aegis": "package b\ntool git { push() }\nallow x: git.push",
        "a.aegis": "package a\nimport std.tools.{git}\nallow x: git.push",
      }).diagnostics.map((each) => [each.code, each.span.file]),
    ).toEqual([["tools/duplicate-tool", "b.aegis"]]);
  });

  test("names that look alike", () => {
    expect(told('package p\ntool a as "my-git" { r() }\ntool b as "My_Git" { r() }')).toEqual([
      'tools/confusable-name at "My_Git"',
    ]);
    expect(told("package p\ntool t { list_issues() `list-issues`() }")).toEqual([
      "tools/confusable-name at `list-issues`",
    ]);
  });

  test("the same library tool in two files is one tool", () => {
    const text = "import std.tools.{git}\nallow a: git.push";
    const { program, told } = resolveTexts({
      "a.aegis": `package a\n${text}`,
      "b.aegis": `package b\n${text}`,
    });
    expect(told).toEqual([]);
    expect(program.actions.map((action) => `${action.tool}.${action.action}`)).toEqual([
      "git.commit",
      "git.push",
    ]);
  });

  test("library tools that nothing imports are no part of the program", () => {
    expect(resolveTexts("package p\nimport std.tools.{git}\nallow a: *").program.actions).toHaveLength(2);
  });
});

describe("manifests", () => {
  const refine = (refinements: string) =>
    `package p\ntools "test.tools.json" as gh { ${refinements} }\nallow a: gh.*`;
  const params = (text: string) =>
    Object.fromEntries(
      resolveTexts(text).program.actions.map((action) => [
        action.action,
        action.params.map((field) => `${field.name}: ${printType(field.type)}`).join(", "),
      ]),
    );

  test("types narrow; what may be absent stays so", () => {
    const text = refine(
      "* { path: relpath } create_file { branch: git_ref, tags: set<email> max 5, size: int in 1..9 }",
    );
    expect(told(text)).toEqual([]);
    expect(params(text)).toEqual({
      create_file: "path: relpath, branch: git_ref?, size: int?, tags: set<email>?",
      "list-issues": "path: relpath",
    });
  });

  test("an action's own refinement comes before `*`", () => {
    expect(params(refine("* { path: relpath } create_file { path: path }"))).toMatchObject({
      create_file: expect.stringContaining("path: path") as string,
      "list-issues": "path: relpath",
    });
  });

  test("mistakes", () => {
    expect(told(refine("create_fil { path: path }"))).toEqual(["tools/unknown-refined-action at create_fil"]);
    expect(told(refine("create_file { pth: path }"))).toEqual(["tools/unknown-refined-field at pth"]);
    expect(told(refine("* { pth: path }"))).toEqual(["tools/refines-nothing at pth"]);
    expect(told(refine("create_file { path: int }"))).toEqual(["tools/not-narrower at int"]);
    expect(told(refine("create_file { path: path? }"))).toEqual(["tools/refined-optional at path?"]);
    expect(told(refine('create_file { path: string = "x" }'))).toEqual(['tools/refined-default at "x"']);
    expect(told(refine("create_file { path: path } create_file { tags: list<email> }"))).toEqual([
      "tools/duplicate-refinement at create_file",
    ]);
    expect(told('package p\ntools "no.json" as gh\nallow a: gh.read')).toEqual([
      'tools/manifest-unreadable at "no.json"',
    ]);
  });

  test("a part of a file", () => {
    const readManifest = (_from: string, path: string) => ({
      ok: true as const,
      path,
      text: `{"suites": {"a/b": ${TEST_MANIFEST}}}`,
    });
    const { program, told } = resolveTexts('package p\ntools "all.json#/suites/a~1b" as gh\nallow a: gh.*', {
      readManifest: (from, path) =>
        path === "all.json" ? readManifest(from, path) : { ok: false, reason: "" },
    });
    expect(told).toEqual([]);
    expect(program.actions).toHaveLength(2);
  });

  test("widening and opening are told", () => {
    expect(told(refine("create_file { path: json }"))).toEqual(["tools/widened at json"]);
    expect(told(refine("create_file { path: path, ... }"))).toEqual(["tools/opened at create_file"]);
    expect(told(refine("* { ... }"))).toEqual(["tools/opened at * { ... }"]);
  });
});
