// The MCP client against servers that behave, misbehave and attack; and against a real one where it is installed.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readManifest } from "@aegis/compiler";
import { afterAll, describe, expect, it } from "vitest";
import { listMcpTools } from "./mcp-client.ts";

const folder = mkdtempSync(join(tmpdir(), "aegis-mcp-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
let serial = 0;

/** A server whose answers are given by the body of `answer(message)`; undefined: silence. */
function fake(body: string, before = ""): { command: string; args: string[] } {
  const path = join(folder, `server-${String(++serial)}.mjs`);
  writeFileSync(
    path,
    `import { createInterface } from "node:readline";
     const send = (value) => process.stdout.write((typeof value === "string" ? value : JSON.stringify(value)) + "\\n");
     const tool = (name) => ({ name, inputSchema: { type: "object", properties: { a: { type: "string" } } } });
     const hello = { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "fake", version: "1" } };
     const answer = (message) => { ${body} };
     ${before}
     createInterface({ input: process.stdin }).on("line", (line) => {
       const message = JSON.parse(line);
       if (message.id === undefined || message.method === undefined) return;
       const result = message.method === "initialize" ? (answer(message) ?? hello) : answer(message);
       if (result !== undefined) send(typeof result === "string" ? result : { jsonrpc: "2.0", id: message.id, result });
     });`,
  );
  return { command: process.execPath, args: [path] };
}
const LIST = `if (message.method === "tools/list")`;

describe("a server that behaves", () => {
  it("is listed page by page", async () => {
    const list = await listMcpTools(
      fake(
        `${LIST} return message.params.cursor === undefined ? { tools: [tool("x")], nextCursor: "2" } : { tools: [tool("y")] };`,
      ),
    );
    expect(list).toMatchObject({ ok: true, server: "fake" });
    if (!list.ok) return;
    const manifest = readManifest(list.manifest, "live");
    expect(manifest.problems).toEqual([]);
    expect(manifest.actions.map((each) => each.name)).toEqual(["x", "y"]);
  });
  it("may print banners and ask for a ping", async () => {
    const list = await listMcpTools(
      fake(
        `${LIST} { send({ jsonrpc: "2.0", id: "s1", method: "ping" }); send({ jsonrpc: "2.0", method: "notifications/x" }); return { tools: [tool("x")] }; }`,
        `send("hello, I am a server");`,
      ),
    );
    expect(list.ok).toBe(true);
  });
  it("sees no variable that is not its own", async () => {
    process.env["AEGIS_TEST_SECRET"] = "s3cret";
    const list = await listMcpTools({
      ...fake(
        `${LIST} return { tools: [tool(String(process.env.AEGIS_TEST_SECRET)), tool(String(process.env.GIVEN))] };`,
      ),
      env: { GIVEN: "given" },
    });
    delete process.env["AEGIS_TEST_SECRET"];
    expect(list.ok && list.manifest).toContain('"undefined"');
    expect(list.ok && list.manifest).toContain('"given"');
    expect(list.ok && list.manifest).not.toContain("s3cret");
  });
});

describe("a server that does not", () => {
  it.each([
    ["is no program", { command: join(folder, "nowhere"), args: [] }, /no such program/],
    ["ends at once", fake("", "process.exit(3);"), /exit code 3/],
    ["says nothing", { ...fake(`${LIST} return undefined;`), timeout: 700 }, /within 700 ms/],
    [
      "talks without end",
      { ...fake(`${LIST} setInterval(() => send("x".repeat(10000)), 1);`), maxBytes: 200_000 },
      /more than 200000/,
    ],
    ["pages without end", fake(`${LIST} return { tools: [], nextCursor: "again" };`), /does not end/],
    [
      "refuses",
      fake(
        `${LIST} { return JSON.stringify({ jsonrpc: "2.0", id: message.id, error: { code: -3, message: "no" } }); }`,
      ),
      /code -3/,
    ],
    ["has no tools", fake(`return { capabilities: {} };`), /no tools/],
    ["answers something else", fake(`${LIST} return { tools: 1 };`), /no list of tools/],
    [
      "gives a key twice",
      fake(`${LIST} return '{"jsonrpc":"2.0","id":2,"result":{"tools":[],"tools":[]}}';`),
      /duplicate_key/,
    ],
  ] as const)("%s", async (_, server, reason) => {
    const list = await listMcpTools(server);
    expect(list.ok).toBe(false);
    expect(list.ok ? "" : list.reason).toMatch(reason);
  });
  it("keeps the end of standard error, made visible", async () => {
    const list = await listMcpTools(
      fake("", `process.stderr.write("bad \\u001b[31m start"); setTimeout(() => process.exit(1), 50);`),
    );
    expect(list.ok ? "" : list.stderr).toBe("bad \\u{1b}[31m start");
  });
  it("is stopped with all it started", async () => {
    const marker = join(folder, "alive");
    const list = await listMcpTools({
      ...fake(
        `${LIST} return undefined;`,
        `import { spawn } from "node:child_process";
         spawn(process.execPath, ["-e", ${JSON.stringify(`setTimeout(() => require("node:fs").writeFileSync(${JSON.stringify(marker)}, ""), 2500)`)}], { stdio: "ignore" });`,
      ),
      timeout: 800,
    });
    expect(list.ok).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(existsSync(marker)).toBe(false);
  });
});

function installed(name: string): string | undefined {
  try {
    const path = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(path), "dist", "index.js");
  } catch {
    return undefined;
  }
}
const real = installed("@modelcontextprotocol/server-filesystem");
describe.skipIf(real === undefined)("the filesystem server (skipped where it is not installed)", () => {
  it("is listed and imports", async () => {
    const list = await listMcpTools({ command: process.execPath, args: [real ?? "", folder] });
    expect(list.ok).toBe(true);
    if (!list.ok) return;
    const manifest = readManifest(list.manifest, "live");
    expect(manifest.problems).toEqual([]);
    expect(manifest.actions.map((each) => each.name)).toContain("write_file");
  });
});
