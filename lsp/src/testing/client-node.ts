// A client of the real server process over its standard input and output, for tests and benchmarks.
import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import type { Diagnostic, InitializeResult, PublishDiagnosticsParams } from "vscode-languageserver";
import type { InitializationOptions } from "../protocol/custom-requests.ts";

export interface ClientOptions {
  readonly folders: readonly string[];
  readonly initializationOptions?: InitializationOptions;
  readonly capabilities?: object;
  readonly markdown?: boolean;
}

export class TestClient {
  readonly connection: MessageConnection;
  readonly process: ChildProcess;
  capabilities: InitializeResult["capabilities"] = {};
  readonly #diagnostics = new Map<string, PublishDiagnosticsParams>();
  readonly #waiting = new Set<() => void>();
  stderr = "";

  constructor(command: readonly string[] = SOURCE_SERVER) {
    const [program = process.execPath, ...args] = command;
    this.process = spawn(program, args, { stdio: "pipe" });
    const { stdin, stdout, stderr } = this.process;
    if (stdin === null || stdout === null || stderr === null) throw new Error("the server has no pipes");
    stderr.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.connection = createMessageConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.#diagnostics.set(params.uri, params);
      for (const wake of [...this.#waiting]) wake();
    });
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.listen();
  }

  async start({
    folders,
    initializationOptions,
    capabilities,
    markdown = true,
  }: ClientOptions): Promise<this> {
    const uris = folders.map((each) => pathToFileURL(each).href);
    const result = await this.request<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: uris[0] ?? null,
      workspaceFolders: uris.map((uri) => ({ uri, name: uri })),
      initializationOptions: initializationOptions ?? { trusted: true },
      capabilities: capabilities ?? {
        workspace: { workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
        textDocument: {
          hover: { contentFormat: markdown ? ["markdown", "plaintext"] : ["plaintext"] },
          completion: { completionItem: { snippetSupport: true } },
        },
      },
    });
    this.capabilities = result.capabilities;
    await this.connection.sendNotification("initialized", {});
    return this;
  }

  request<Result>(method: string, params: object): Promise<Result> {
    return this.connection.sendRequest<Result>(method, params);
  }

  async open(uri: string, text: string, languageId = "aegis", version = 1): Promise<void> {
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version, text },
    });
  }

  /** Replaces the whole text, or a range of it. */
  async change(
    uri: string,
    version: number,
    change: { readonly text: string; readonly range?: object },
  ): Promise<void> {
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [change],
    });
  }

  /** What a document was told last for this version, or, without a version, at all. */
  async diagnostics(uri: string, version?: number): Promise<readonly Diagnostic[]> {
    for (;;) {
      const found = this.#diagnostics.get(uri);
      if (found !== undefined && (version === undefined || found.version === version))
        return found.diagnostics;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  /** Waits until the diagnostics of a document are as wanted. */
  async until(
    uri: string,
    wanted: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]> {
    for (;;) {
      const found = this.#diagnostics.get(uri);
      if (found !== undefined && wanted(found.diagnostics)) return found.diagnostics;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  /** Ends the server as the protocol says; gives its exit code. */
  async stop(): Promise<number | null> {
    await this.request("shutdown", {});
    const ended = new Promise<number | null>((resolve) => this.process.once("exit", resolve));
    await this.connection.sendNotification("exit");
    const code = await ended;
    this.connection.dispose();
    return code;
  }
}

/** The server from its sources. */
export const SOURCE_SERVER: readonly string[] = [
  process.execPath,
  "--conditions=@aegis/source",
  "--import",
  pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href,
  join(import.meta.dirname, "../main.ts"),
  "--stdio",
];
