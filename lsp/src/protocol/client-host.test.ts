// A server without a disk, as in a web worker: the client reads and lists the files, over messages between threads.
import { MessageChannel } from "node:worker_threads";
import { createConnection } from "vscode-languageserver/node";
import { createMessageConnection, PortMessageReader, PortMessageWriter } from "vscode-jsonrpc/node";
import type { PublishDiagnosticsParams } from "vscode-languageserver";
import { expect, test } from "vitest";
import type { ReadFileResult } from "./custom-requests.ts";
import { startServer } from "./server.ts";

test("a worker's server asks the client for files, and for none outside the root", async () => {
  const { port1, port2 } = new MessageChannel();
  const [server, page] = [port1, port2];
  startServer(createConnection(new PortMessageReader(server), new PortMessageWriter(server)), {
    version: "0",
    now: () => 0,
    host: null,
  });
  const client = createMessageConnection(new PortMessageReader(page), new PortMessageWriter(page));
  const asked: string[] = [];
  client.onRequest("aegis/listFiles", () => ["aegis.json", "../evil.aegis", "base.aegis"]);
  client.onRequest<ReadFileResult, void>("aegis/readFile", ({ path }: { path: string }): ReadFileResult => {
    asked.push(path);
    return path === "base.aegis"
      ? { ok: true, text: "package base\nfn yes(x: int): bool = x == 1\n" }
      : { ok: false, reason: "the file does not exist" };
  });
  const told = new Promise<PublishDiagnosticsParams>((resolve) => {
    client.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      if (params.uri.endsWith("policy.aegis")) resolve(params);
    });
  });
  client.listen();
  await client.sendRequest("initialize", {
    processId: null,
    rootUri: "memfs:/repo",
    capabilities: {},
    workspaceFolders: [{ uri: "memfs:/repo", name: "repo" }],
  });
  await client.sendNotification("initialized", {});
  const text = 'package p\nimport base.{yes}\ntools "../out.json" as t\nconst a = yes(1)\nconst b = nope\n';
  await client.sendNotification("textDocument/didOpen", {
    textDocument: { uri: "memfs:/repo/policy.aegis", languageId: "aegis", version: 1, text },
  });
  const { diagnostics } = await told;
  expect(diagnostics.map((each) => each.code)).not.toContain("name/unknown-package");
  expect(diagnostics.map((each) => each.code)).toContain("type/unknown-name");
  expect(asked).toContain("base.aegis");
  expect(asked.filter((each) => each.includes(".."))).toEqual([]);
  await client.sendRequest("shutdown");
  client.dispose();
  port1.close();
});
