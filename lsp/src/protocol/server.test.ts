// The protocol, spoken with the real server process over its standard input and output.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Hover, Location, LocationLink, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TestClient } from "../testing/client-node.ts";

const FILES = {
  "aegis.json": '{ "name": "demo" }\n',
  "base.aegis": `package acme.base
/// Branches that ship.
fn ships(branch: git_ref): bool = branch == "main"
`,
  "policy.aegis": `package acme.policy
import std.tools.{git}
import acme.base.{ships}

deny push: git.push when ships(args.branch) because "it ships"
allow other: git.push
`,
};

let folder = "";
let client: TestClient;
const uriOf = (path: string) => pathToFileURL(join(folder, path)).href;
const textOf = (path: keyof typeof FILES) => FILES[path];
const position = (text: string, words: string, offset = 0) => {
  const at = text.indexOf(words) + offset;
  const before = text.slice(0, at).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "aegis-lsp-"));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  client = await new TestClient().start({ folders: [folder] });
});

afterAll(async () => {
  expect(await client.stop()).toBe(0);
  expect(client.stderr).toBe("");
  rmSync(folder, { recursive: true, force: true });
});

test("diagnostics follow the text, with code and help", async () => {
  const uri = uriOf("policy.aegis");
  const text = textOf("policy.aegis");
  await client.open(uri, text);
  expect(await client.diagnostics(uri, 1)).toEqual([]);
  await client.change(uri, 2, { text: text.replace("deny push: git.push", "deny push: git.psh") });
  const [found, ...more] = await client.diagnostics(uri, 2);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ code: "tools/unknown-action", severity: 1, source: "aegis" });
  expect(found?.message).toContain("did you mean `push`?");
  await client.change(uri, 3, { text });
  expect(await client.diagnostics(uri, 3)).toEqual([]);
});

test("an unsaved change in one file tells in another", async () => {
  const base = uriOf("base.aegis");
  await client.open(base, textOf("base.aegis").replace("ships(", "goes("));
  const found = await client.until(uriOf("policy.aegis"), (each) => each.length > 0);
  expect(found.map((each) => each.code)).toContain("name/unknown-import");
  await client.change(base, 2, { text: textOf("base.aegis") });
  await client.until(uriOf("policy.aegis"), (each) => each.length === 0);
});

test("hover, definition, references and rename across files", async () => {
  const text = textOf("policy.aegis");
  const at = { textDocument: { uri: uriOf("policy.aegis") }, position: position(text, "ships(args", 2) };
  const hover = await client.request<Hover>("textDocument/hover", at);
  expect(JSON.stringify(hover.contents)).toContain("Branches that ship");
  const [definition] = await client.request<LocationLink[]>("textDocument/definition", at);
  expect(definition?.targetUri).toBe(uriOf("base.aegis"));
  const references = await client.request<Location[]>("textDocument/references", {
    ...at,
    context: { includeDeclaration: true },
  });
  expect(references.map((each) => each.uri)).toEqual([
    uriOf("base.aegis"),
    uriOf("policy.aegis"),
    uriOf("policy.aegis"),
  ]);
  const edit = await client.request<WorkspaceEdit>("textDocument/rename", { ...at, newName: "goes" });
  expect(Object.values(edit.changes ?? {}).flat().length).toBe(3);
  await expect(
    client.request("textDocument/rename", {
      textDocument: { uri: uriOf("policy.aegis") },
      position: position(text, "git.push", 5),
      newName: "x",
    }),
  ).rejects.toThrow("belongs to the standard library");
});

test("the library is read-only text with features of its own", async () => {
  const [definition] = await client.request<LocationLink[]>("textDocument/definition", {
    textDocument: { uri: uriOf("policy.aegis") },
    position: position(textOf("policy.aegis"), "git.push", 5),
  });
  expect(definition?.targetUri).toMatch(/^aegis-std:\//);
  const read = await client.request<{ text: string }>("aegis/documentText", { uri: definition?.targetUri });
  const line = read.text.split("\n")[definition?.targetRange.start.line ?? 0];
  expect(line).toContain("push(");
  const hover = await client.request<Hover>("textDocument/hover", {
    textDocument: { uri: definition?.targetUri },
    position: definition?.targetRange.start,
  });
  expect(JSON.stringify(hover.contents)).toContain("git.push(");
});

test("formatting gives small edits", async () => {
  const uri = uriOf("other.aegis");
  await client.open(uri, "package acme.other\n\n\nconst   a = 1\nconst b = 2\n");
  const edits = await client.request<TextEdit[]>("textDocument/formatting", {
    textDocument: { uri },
    options: { tabSize: 2, insertSpaces: true },
  });
  expect(edits.length).toBeGreaterThan(0);
  expect(edits.every((each) => !each.newText.includes("const b"))).toBe(true);
});
