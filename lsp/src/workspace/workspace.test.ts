// Which project a document belongs to, and what changes on the disk and in unsaved texts do.
import { expect, test } from "vitest";
import type { Host } from "../host/host.ts";
import { Workspace } from "./workspace.ts";

function workspace(files: Map<string, string>) {
  const host: Host = {
    list: (root) =>
      Promise.resolve(
        [...files.keys()]
          .filter((each) => each.startsWith(`${root}/`))
          .map((each) => each.slice(root.length + 1)),
      ),
    read: (root, path) => {
      const text = files.get(`${root}/${path}`);
      return Promise.resolve(
        text === undefined ? { ok: false, reason: "the file does not exist" } : { ok: true, text },
      );
    },
  };
  return new Workspace(host, { now: () => 0, changed: () => undefined });
}

const codes = async (of: Workspace, uri: string) => {
  const state = await of.projectOf(uri)?.state();
  return state?.diagnostics.map((each) => `${each.span.file} ${each.code}`) ?? [];
};

const FILES: readonly (readonly [string, string])[] = [
  ["file:///one/aegis.json", '{ "sources": ["policies/**/*.aegis"] }'],
  ["file:///one/policies/a.aegis", "package a\nconst x = 1\n"],
  ["file:///one/policies/b.aegis", "package b\nimport a.{x}\nconst y = x\n"],
  ["file:///one/drafts/c.aegis", "package a\nconst x = 2\n"],
  ["file:///two/sub/aegis.json", "{}"],
  ["file:///two/sub/d.aegis", "package d\nconst x = nope\n"],
];

test("folders, projects below them, and files that belong to none", async () => {
  const of = workspace(new Map(FILES));
  await of.setFolders(["file:///one", "file:///two"]);
  expect(of.projects.map((each) => each.root)).toEqual(["file:///one", "file:///two/sub"]);
  expect(await codes(of, "file:///one/policies/a.aegis")).toEqual([]);
  expect(await codes(of, "file:///two/sub/d.aegis")).toEqual(["d.aegis type/unknown-name"]);
  // A draft that the project leaves out is looked at by itself, and clashes with nothing.
  await of.open("file:///one/drafts/c.aegis", "aegis", 1, "package a\nconst x = 2\n");
  expect(of.document("file:///one/drafts/c.aegis")?.project.loose).toBe(true);
  expect(await codes(of, "file:///one/policies/a.aegis")).toEqual([]);
  await of.open("file:///elsewhere/e.aegis", "aegis", 1, "package e\nconst x = nope\n");
  expect(await codes(of, "file:///elsewhere/e.aegis")).toEqual(["e.aegis type/unknown-name"]);
  await of.setFolders(["file:///two"]);
  expect(of.projects.filter((each) => !each.loose).map((each) => each.root)).toEqual(["file:///two/sub"]);
});

test("unsaved texts come before the disk's, until they are closed", async () => {
  const of = workspace(new Map(FILES));
  await of.setFolders(["file:///one"]);
  const a = "file:///one/policies/a.aegis";
  await of.open(a, "aegis", 1, "package a\nconst z = 1\n");
  expect(await codes(of, a)).toContain("policies/b.aegis name/unknown-import");
  await of.change(a, 2, [
    { range: { start: { line: 1, character: 6 }, end: { line: 1, character: 7 } }, text: "x" },
    { range: { start: { line: 9, character: 0 }, end: { line: 9, character: 0 } }, text: "const w = 2\n" },
  ]);
  expect(of.document(a)?.file.text).toBe("package a\nconst x = 1\nconst w = 2\n");
  expect(await codes(of, a)).toEqual([]);
  await of.change(a, 3, [{ range: null, text: "package a\n" }]);
  await of.close(a);
  expect(await codes(of, a)).toEqual([]);
});

test("changes on the disk: policies, the project file, manifests", async () => {
  const files = new Map(FILES);
  const of = workspace(files);
  await of.setFolders(["file:///one"]);
  const b = "file:///one/policies/b.aegis";
  expect(await codes(of, b)).toEqual([]);
  files.set("file:///one/policies/a.aegis", "package a\n");
  await of.filesChanged(["file:///one/policies/a.aegis"]);
  expect(await codes(of, b)).toContain("policies/b.aegis name/unknown-import");
  files.set("file:///one/aegis.json", '{ "sources": ["drafts/*.aegis"] }');
  await of.filesChanged(["file:///one/aegis.json"]);
  expect((await of.projects[0]?.state())?.analysis.modules.map((each) => each.file)).toEqual([
    "drafts/c.aegis",
  ]);
  files.set("file:///one/drafts/c.aegis", 'package c\ntools "m.json" as m\ndeny r: m.go\n');
  await of.filesChanged(["file:///one/drafts/c.aegis"]);
  expect(await codes(of, b)).toEqual(["drafts/c.aegis tools/manifest-unreadable"]);
  const schema = { type: "object", properties: {}, additionalProperties: false };
  files.set("file:///one/drafts/m.json", JSON.stringify({ tools: [{ name: "go", inputSchema: schema }] }));
  await of.filesChanged(["file:///one/drafts/m.json"]);
  expect(await codes(of, b)).toEqual([]);
});
