// Asks a live MCP server over stdio what tools it has. The server is a stranger: no shell, few variables of the
// environment, bounded time, bounded output, and nothing it says is more than data.
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { revealHiddenCharacters } from "@aegis/compiler";
import { readIJson } from "@aegis/runtime/core";
import { VERSION } from "./version.ts";

export interface McpServerCommand {
  /** A program, found as the system finds programs; never a line for a shell. */
  readonly command: string;
  readonly args: readonly string[];
  /** Variables given beside the few that programs need to run. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** For everything, in ms. */
  readonly timeout?: number;
  /** Largest answer, and all answers together, in bytes. */
  readonly maxBytes?: number;
  /** Aborted: the server and all it started are stopped. */
  readonly signal?: AbortSignal;
}

export type McpToolList =
  | {
      readonly ok: true;
      /** The text of a manifest: `{ "tools": […] }`, all pages joined. */
      readonly manifest: string;
      /** What the server calls itself: for messages only, never an identity. */
      readonly server: string;
    }
  | {
      readonly ok: false;
      readonly reason: string;
      /** The end of what the server wrote to standard error. */
      readonly stderr: string;
    };

const PROTOCOL_VERSION = "2025-06-18";
const MOST_PAGES = 100;
const STDERR_KEPT = 2000;
/** What a program needs to find itself and its files; everything else may be a secret. */
const INHERITED = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "LANG",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SYSTEMROOT",
  "COMSPEC",
  "PATHEXT",
  "APPDATA",
  "LOCALAPPDATA",
  "USERPROFILE",
  "PROGRAMFILES",
];

/** Starts the server, lists its tools page by page, and stops it. Never throws. */
export async function listMcpTools(server: McpServerCommand): Promise<McpToolList> {
  const session = new McpSession(server);
  try {
    return await session.list();
  } catch (error) {
    // Only `Refusal` is thrown below; anything else is a fault of ours and must not look like an answer.
    const reason = error instanceof Refusal ? error.message : "the server could not be asked";
    return { ok: false, reason, stderr: session.stderr };
  } finally {
    session.stop();
  }
}

class Refusal extends Error {}

interface Page {
  readonly tools: readonly unknown[];
  readonly nextCursor: string | null;
}

class McpSession {
  stderr = "";
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<never>;
  readonly #maxBytes: number;
  readonly #timer: NodeJS.Timeout;
  readonly #waiting = new Map<number, (line: Record<string, unknown>) => void>();
  #fail: (refusal: Refusal) => void = () => undefined;
  #buffered: Buffer[] = [];
  #size = 0;
  #received = 0;
  #serial = 0;
  #stopped = false;

  constructor({
    command,
    args,
    env,
    cwd,
    timeout = 30_000,
    maxBytes = 10_000_000,
    signal,
  }: McpServerCommand) {
    this.#maxBytes = maxBytes;
    this.#ended = new Promise((_, reject) => {
      this.#fail = reject;
    });
    // Whoever waits last may be gone when the server dies.
    this.#ended.catch(() => undefined);
    this.#timer = setTimeout(() => {
      this.#fail(new Refusal(`the server did not answer within ${String(timeout)} ms`));
    }, timeout);
    signal?.addEventListener("abort", () => {
      this.#fail(new Refusal("interrupted"));
    });
    this.#child = spawn(command, [...args], {
      shell: false,
      cwd,
      env: { ...inheritedEnvironment(), ...env },
      stdio: ["pipe", "pipe", "pipe"],
      // A group of its own, so that what the server started ends with it.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    this.#child.on("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "ENOENT" ? "there is no such program" : (error.code ?? "it failed");
      this.#fail(new Refusal(`the server could not be started: ${why}`));
    });
    this.#child.on("close", (code) => {
      this.#fail(new Refusal(`the server ended before it answered (exit code ${String(code ?? "none")})`));
    });
    this.#child.stdin.on("error", () => undefined);
    this.#child.stdout.on("data", (chunk: Buffer) => {
      this.#receive(chunk);
    });
    this.#child.stderr.on("data", (chunk: Buffer) => {
      this.stderr = revealHiddenCharacters((this.stderr + chunk.toString("utf8")).slice(-STDERR_KEPT));
    });
  }

  async list(): Promise<McpToolList> {
    const hello = await this.#request("initialize", {
      protocolVersion: PROTOCOL_VERSION,
      capabilities: {},
      clientInfo: { name: "aegisc", version: VERSION },
    });
    if (!isObject(hello["capabilities"]) || !Object.hasOwn(hello["capabilities"], "tools"))
      throw new Refusal("the server has no tools");
    this.#send({ jsonrpc: "2.0", method: "notifications/initialized" });
    const tools: unknown[] = [];
    const cursors = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: Page = pageOf(await this.#request("tools/list", cursor === null ? {} : { cursor }));
      tools.push(...page.tools);
      cursor = page.nextCursor;
      if (cursor !== null && (cursors.has(cursor) || cursors.size >= MOST_PAGES))
        throw new Refusal("the list of tools does not end");
      if (cursor !== null) cursors.add(cursor);
    } while (cursor !== null);
    const info = hello["serverInfo"];
    const name = isObject(info) && typeof info["name"] === "string" ? info["name"] : "";
    return {
      ok: true,
      manifest: `${JSON.stringify({ tools }, null, 2)}\n`,
      server: revealHiddenCharacters(name.slice(0, 200)),
    };
  }

  /** Ends the server and all it started: politely, then not. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#child.stdin.end();
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
    this.#kill("SIGTERM");
    const last = setTimeout(() => {
      this.#kill("SIGKILL");
    }, 1000);
    last.unref();
    this.#child.once("exit", () => {
      clearTimeout(last);
    });
    this.#child.unref();
  }

  #kill(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform === "win32") this.#child.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // It has ended already.
    }
  }

  async #request(method: string, params: object): Promise<Record<string, unknown>> {
    const id = ++this.#serial;
    const answer = new Promise<Record<string, unknown>>((resolve) => {
      this.#waiting.set(id, resolve);
    });
    this.#send({ jsonrpc: "2.0", id, method, params });
    const message = await Promise.race([answer, this.#ended]);
    const error = message["error"];
    if (error !== undefined) {
      const code =
        isObject(error) && typeof error["code"] === "number" ? ` (code ${String(error["code"])})` : "";
      throw new Refusal(`the server refused \`${method}\`${code}`);
    }
    const result = message["result"];
    if (!isObject(result)) throw new Refusal(`the answer to \`${method}\` is no MCP result`);
    return result;
  }

  #send(message: object): void {
    if (this.#child.stdin.writable) this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  /** Lines are gathered as bytes, so that each byte is looked at once. */
  #receive(chunk: Buffer): void {
    this.#received += chunk.length;
    if (this.#received > this.#maxBytes) {
      this.#fail(new Refusal(`the server wrote more than ${String(this.#maxBytes)} bytes`));
      this.#child.stdout.destroy();
      return;
    }
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.#buffered.push(chunk.subarray(start, end));
      this.#size += end - start;
      const line = Buffer.concat(this.#buffered, this.#size);
      this.#buffered = [];
      this.#size = 0;
      start = end + 1;
      this.#line(line);
    }
    this.#buffered.push(chunk.subarray(start));
    this.#size += chunk.length - start;
  }

  #line(bytes: Buffer): void {
    const text = bytes.toString("utf8").trim();
    // Servers that print banners to standard output are common; what is no JSON object is skipped.
    if (!text.startsWith("{")) return;
    const strict = readIJson(bytes, { depth: 64, bytes: this.#maxBytes });
    if (!strict.ok) {
      this.#fail(new Refusal(`the server sent a line that is no strict JSON (${strict.reason})`));
      return;
    }
    const message: unknown = JSON.parse(text);
    if (!isObject(message)) return;
    const id = message["id"];
    if (typeof message["method"] === "string") {
      // The server asks something of us: it may know that we live, nothing else.
      if (typeof id === "number" || typeof id === "string")
        this.#send(
          message["method"] === "ping"
            ? { jsonrpc: "2.0", id, result: {} }
            : { jsonrpc: "2.0", id, error: { code: -32601, message: "not offered" } },
        );
      return;
    }
    if (typeof id !== "number") return;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.(message);
  }
}

function inheritedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    INHERITED.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function pageOf(result: Record<string, unknown>): Page {
  const tools = result["tools"];
  const cursor = result["nextCursor"];
  if (!Array.isArray(tools)) throw new Refusal("the answer to `tools/list` has no list of tools");
  if (cursor !== undefined && cursor !== null && typeof cursor !== "string")
    throw new Refusal("the answer to `tools/list` has a cursor that is no text");
  return { tools, nextCursor: cursor === undefined || cursor === null || cursor === "" ? null : cursor };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
