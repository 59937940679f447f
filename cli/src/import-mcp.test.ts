// aegisc import mcp from live servers, good and bad, and from the recorded manifests.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { disposableFolders } from "./testing/run-in.ts";

const folder = disposableFolders();

describe("import mcp, live", () => {
  const server = (body: string): string =>
    `const send = (value) => process.stdout.write(JSON.stringify(value) + "\\n");
     require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
       const { id, method } = JSON.parse(line);
       if (method === "initialize") send({ jsonrpc: "2.0", id, result: { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "x", version: "1" } } });
       ${body}
     });`;
  test.each([
    ["hangs", "", "did not answer within 600 ms"],
    [
      "floods",
      'if (method === "tools/list") setInterval(() => process.stdout.write("x".repeat(1e6)), 1);',
      "wrote more than",
    ],
    [
      "dies",
      'if (method === "tools/list") { process.stderr.write("out of luck"); process.exitCode = 3; process.stdin.destroy(); }',
      "out of luck",
    ],
    [
      "lies",
      'if (method === "tools/list") send({ jsonrpc: "2.0", id, result: { tools: 7 } });',
      "has no list of tools",
    ],
  ])("a server that %s: 2, in words, and nothing is kept", async (what, body, words) => {
    const { aegisc, path } = folder({ "server.cjs": server(body) });
    const seconds = what === "hangs" ? "0.6" : "20";
    const live = ["--", process.execPath, "server.cjs"];
    const { exit, err } = await aegisc("import", "mcp", "--name", "x", "--timeout", seconds, ...live);
    expect([exit, err]).toEqual([2, expect.stringContaining(words)]);
    expect(existsSync(join(path, "x.tools.json"))).toBe(false);
  });

  test("a real server, from the command to a policy that compiles", async () => {
    const { aegisc, path, read, write } = folder({ "aegis.json": '{ "name": "demo" }' });
    const real = fileURLToPath(import.meta.resolve("@modelcontextprotocol/server-filesystem/package.json"));
    const program = join(dirname(real), "dist/index.js");
    const live = ["--", process.execPath, program, path];
    const made = await aegisc("import", "mcp", "--name", "fs", "-o", "fs.aegis", ...live);
    expect(made, made.err).toMatchObject({ exit: 0, err: expect.stringMatching(/^\d\d actions; /m) });
    expect(JSON.parse(read("fs.tools.json"))).toHaveProperty("tools");
    write({ "rules.aegis": 'package demo\nallow read: fs.read_text_file when args.path under "/srv"\n' });
    expect(await aegisc("check")).toMatchObject({ exit: 0 });
    expect(await aegisc("drift", "--name", "fs", ...live)).toMatchObject({ exit: 0 });
  });
});

const manifests = join(
  process.env["AEGIS_DATA"] ?? fileURLToPath(new URL("../../../shared/data", import.meta.url)),
  "mcp",
);
const recorded = existsSync(manifests)
  ? readdirSync(manifests).filter((each) => each.endsWith(".tools.json"))
  : [];
if (recorded.length === 0) console.warn("skipped: no recorded manifests (set AEGIS_DATA)");
describe.skipIf(recorded.length === 0)("recorded manifests", () => {
  test("each imports, and the list of what became json names every such place of what is printed", async () => {
    expect(recorded.length).toBe(16);
    for (const name of recorded) {
      const { aegisc } = folder({ [name]: readFileSync(join(manifests, name), "utf8") });
      const { exit, out, err } = await aegisc("import", "mcp", name, "--print", "declaration");
      expect(exit, `${name}: ${err}`).toBe(0);
      const listed = err.split("\n").filter((line) => line.startsWith("  opaque: "));
      const counted = Number(/(\d+) places? became json/.exec(err)?.[1]);
      expect(listed.length, name).toBe(counted);
      if (/(?::\s*|<)json\b/.test(out.replaceAll(/\/\/.*$/gm, "").replaceAll(/"(?:[^"\\]|\\.)*"/g, "")))
        expect(counted, name).toBeGreaterThan(0);
    }
  });
});
