// Running a policy over the protocol: tests with coverage, one request, the Rego, and what an untrusted workspace refuses.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeAction, CodeLens, Hover, SemanticTokens } from "vscode-languageserver";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TestClient } from "../testing/client-node.ts";
import type {
  ConvertResult,
  EvaluateResult,
  RegoPreviewResult,
  RequestsBesideResult,
  RunTestsResult,
  TestsResult,
} from "./custom-requests.ts";

const POLICY = `package acme.policy
import std.tools.{git}
tools "evil.tools.json" as evil
allow push: git.push when args.branch == "dev"
deny force: git.push when args.force
test "dev is let through" { step git.push { repo: "r", branch: "dev" } expect allow }
test "main is not" { step git.push { repo: "r", branch: "main" } expect allow }
`;
const REQUEST = {
  agent: { id: "a" },
  tool: "git",
  action: "push",
  args: { repo: "r", branch: "main" },
};
const MANIFEST = {
  tools: [
    {
      name: "run",
      description: "<script>alert(1)</script> [x](command:workbench.action.terminal.new)",
      inputSchema: { type: "object", properties: {}, additionalProperties: false },
    },
  ],
};

let folder = "";
let outside = "";
let client: TestClient;
const uriOf = (path: string) => pathToFileURL(join(folder, path)).href;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "aegis-lsp-run-"));
  outside = mkdtempSync(join(tmpdir(), "aegis-lsp-outside-"));
  writeFileSync(join(folder, "aegis.json"), "{}");
  writeFileSync(join(folder, "policy.aegis"), POLICY);
  writeFileSync(join(folder, "main.request.json"), JSON.stringify(REQUEST));
  writeFileSync(join(folder, "evil.tools.json"), JSON.stringify(MANIFEST));
  writeFileSync(join(outside, "secret.json"), JSON.stringify(MANIFEST));
  symlinkSync(join(outside, "secret.json"), join(folder, "linked.tools.json"));
  client = await new TestClient().start({ folders: [folder] });
  await client.open(uriOf("policy.aegis"), POLICY);
});

afterAll(async () => {
  expect(await client.stop()).toBe(0);
  expect(client.stderr).toBe("");
  rmSync(folder, { recursive: true, force: true });
  rmSync(outside, { recursive: true, force: true });
});

test("tests are listed, run with coverage, and one alone", async () => {
  const uri = uriOf("policy.aegis");
  const tests = await client.request<TestsResult>("aegis/tests", { uri });
  expect(tests.map((each) => each.title)).toEqual(["dev is let through", "main is not"]);
  const run = await client.request<RunTestsResult>("aegis/runTests", { uri, coverage: true });
  if (!run.ok) throw new Error(run.reason);
  expect(run.results.map((each) => each.status)).toEqual(["passed", "failed"]);
  expect(run.results[1]?.failures[0]?.location.range.start.line).toBe(6);
  expect(run.coverage?.[0]?.rules.map((each) => [each.id, each.matched, each.missed])).toEqual([
    ["acme.policy.push", 1, 1],
    ["acme.policy.force", 0, 2],
  ]);
  const one = await client.request<RunTestsResult>("aegis/runTests", { uri, ids: [tests[0]?.id] });
  expect(one.ok && one.results.map((each) => each.id)).toEqual([tests[0]?.id]);
});

test("a request beside the policy is decided and explained", async () => {
  const uri = uriOf("policy.aegis");
  const beside = await client.request<RequestsBesideResult>("aegis/requestsBeside", { uri });
  expect(beside.map((each) => each.name)).toEqual(["main.request.json"]);
  const found = await client.request<EvaluateResult>("aegis/evaluate", {
    uri,
    request: { uri: beside[0]?.uri },
  });
  expect(found).toMatchObject({ ok: true, decision: { decision: "deny", code: "default_deny" } });
  const push = found.ok ? found.rules.find((each) => each.id === "acme.policy.push") : undefined;
  expect(push?.conditions[0]).toMatchObject({ held: false, text: 'args.branch == "dev"' });
  const bad = await client.request<EvaluateResult>("aegis/evaluate", { uri, request: { text: "{" } });
  expect(bad).toEqual({ ok: false, reason: "the request is not JSON" });
});

test("the Rego names the rules that its lines come of", async () => {
  const found = await client.request<RegoPreviewResult>("aegis/regoPreview", { uri: uriOf("policy.aegis") });
  if (!found.ok) throw new Error(found.reason);
  const lines = found.text.split("\n");
  const push = found.map.find((each) => each.rule === "acme.policy.push");
  expect(lines.slice(push?.startLine, (push?.endLine ?? 0) + 1).join("\n")).toContain(
    'matches contains "acme.policy.push"',
  );
  expect(push?.source.range.start.line).toBe(3);
});

test("conversion, lenses, colours and actions", async () => {
  const textDocument = { uri: uriOf("policy.aegis") };
  const yaml = await client.request<ConvertResult>("aegis/convert", { ...textDocument, to: "yaml" });
  expect(yaml.ok && yaml.text).toContain("package: acme.policy");
  const lenses = await client.request<CodeLens[]>("textDocument/codeLens", { textDocument });
  expect(lenses.map((each) => each.command?.title)).toContain("Evaluate main.request.json");
  const tokens = await client.request<SemanticTokens>("textDocument/semanticTokens/full", { textDocument });
  const delta = await client.request<{ edits: unknown[] }>("textDocument/semanticTokens/full/delta", {
    textDocument,
    previousResultId: tokens.resultId,
  });
  expect(delta.edits).toEqual([]);
  const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
    textDocument,
    range: { start: { line: 3, character: 26 }, end: { line: 3, character: 46 } },
    context: { diagnostics: [] },
  });
  expect(actions.map((each) => each.kind)).toContain("refactor.extract");
});

test("a manifest's words reach a hover as text", async () => {
  const text = `${POLICY}deny e: evil.run\n`;
  await client.change(uriOf("policy.aegis"), 2, { text });
  const hover = await client.request<Hover>("textDocument/hover", {
    textDocument: { uri: uriOf("policy.aegis") },
    position: { line: 7, character: 14 },
  });
  const { value } = hover.contents as { value: string };
  expect(value).not.toMatch(/<script|\]\(command/);
  expect(value).toContain("&lt;script&gt;");
  await client.change(uriOf("policy.aegis"), 3, { text: POLICY });
});

test("files outside the project are not read: neither by `..` nor by a link", async () => {
  const uri = uriOf("out.aegis");
  const name = outside.slice(outside.lastIndexOf("/") + 1);
  await client.open(
    uri,
    `package acme.out\ntools "../${name}/secret.json" as a\ntools "linked.tools.json" as b\n`,
  );
  const found = await client.until(
    uri,
    (each) => each.filter((one) => one.code === "tools/manifest-unreadable").length === 2,
  );
  for (const each of found.filter((one) => one.code === "tools/manifest-unreadable"))
    expect(each.message).toContain("outside the project");
});

test("an untrusted workspace is read, and nothing in it is run", async () => {
  const uri = uriOf("policy.aegis");
  await client.connection.sendNotification("aegis/setTrust", { trusted: false });
  for (const [method, params] of [
    ["aegis/runTests", { uri }],
    ["aegis/evaluate", { uri, request: { text: "{}" } }],
    ["aegis/regoPreview", { uri }],
  ] as const)
    expect(await client.request(method, params)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("not trusted") as string,
    });
  expect(await client.request("textDocument/codeLens", { textDocument: { uri } })).toEqual([]);
  expect(
    await client.request("textDocument/hover", {
      textDocument: { uri },
      position: { line: 3, character: 14 },
    }),
  ).not.toBeNull();
  await client.connection.sendNotification("aegis/setTrust", { trusted: true });
});
