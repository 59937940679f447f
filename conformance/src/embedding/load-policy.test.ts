// Loading bundles from bytes, files and folders: the fault table, serials, times, and marks in the envelope.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateDevKey, type Signer } from "@aegis/compiler";
import {
  loadPolicy,
  MemorySerials,
  openBundle,
  PolicyRuntime,
  type BundleMetadata,
  type BundleTrust,
  type LoadPolicyOptions,
  type LoadPolicyResult,
} from "@aegis/runtime/enforce";
import { loadPolicyFrom } from "@aegis/runtime/node";
import { devSigner } from "./dev-signer.ts";
import { bundleOf } from "./policy-text.ts";

const TEXT = `package p\ntool t { run(name: string) }\nallow a: t.run when args.name == "fine"`;
const NOW = Date.UTC(2026, 5, 1);
const clock = (): number => NOW;
const call = (name: string) => ({ agent: { id: "bot" }, tool: "t", action: "run", args: { name } });
const root = mkdtempSync(join(tmpdir(), "aegis-load-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let signer: Signer;
let trust: BundleTrust;
let good: Uint8Array;
beforeAll(async () => {
  ({ signer, trust } = await devSigner());
  good = await bundleOf(TEXT, {}, signer);
});
const problem = (result: LoadPolicyResult): string =>
  result.ok ? "loaded" : `${result.code}: ${result.problem}`;
const load = async (bytes: Uint8Array, options: Partial<LoadPolicyOptions> = {}): Promise<string> =>
  problem(await loadPolicy(bytes, { trust, clock, ...options }));
const signedWith = (metadata: Partial<BundleMetadata>): Promise<Uint8Array> =>
  bundleOf(TEXT, metadata, signer);

describe("a bundle decides", () => {
  const decides = async (result: LoadPolicyResult): Promise<unknown> => {
    if (!result.ok) return result;
    const runtime = new PolicyRuntime([result.policy], { clock });
    const [yes, no] = await Promise.all(["fine", "else"].map((name) => runtime.authorize(call(name))));
    return [yes?.runs, no?.runs, yes?.envelope.bundle[0]?.signed];
  };
  const unpacked = async (): Promise<string> => {
    const folder = mkdtempSync(join(root, "folder-"));
    const opened = await openBundle(good, { ...trust, now: NOW });
    if (!opened.ok) throw new Error(opened.problem);
    for (const [name, bytes] of opened.bundle.files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    return folder;
  };
  test("from bytes, from a file, from a folder", async () => {
    const file = join(root, "good.tar.gz");
    writeFileSync(file, good);
    for (const result of [
      await loadPolicy(good, { trust, clock }),
      await loadPolicyFrom(file, { trust, clock }),
      await loadPolicyFrom(await unpacked(), { trust, clock }),
    ])
      expect(await decides(result)).toEqual([true, false, true]);
  });
  test("unsigned only when that is wished for, and every envelope says so", async () => {
    const unsigned = await bundleOf(TEXT);
    expect(await load(unsigned)).toBe("bundle_invalid: it is not signed");
    const result = await loadPolicy(unsigned, { trust: { insecureUnsigned: true }, clock });
    expect(await decides(result)).toEqual([true, false, false]);
  });
  test("a folder is refused with a member more, less or changed, with links and strange names", async () => {
    const faults: readonly ((folder: string) => void)[] = [
      (folder) => writeFileSync(join(folder, "extra.rego"), "package x"),
      (folder) => rmSync(join(folder, "data.json")),
      (folder) => writeFileSync(join(folder, "data.json"), '{"x":1}'),
      (folder) => writeFileSync(join(folder, "patch.json"), "{}"),
      (folder) => writeFileSync(join(folder, "a b"), ""),
      (folder) => symlinkSync("/etc/passwd", join(folder, "link")),
      (folder) => symlinkSync("/etc", join(folder, "aegis", "folder")),
      (folder) => {
        rmSync(join(folder, "aegis/ir.json"));
        symlinkSync(join(root, "good.tar.gz"), join(folder, "aegis/ir.json"));
      },
      (folder) => void execFileSync("mkfifo", [join(folder, "pipe")]),
    ];
    for (const fault of faults) {
      const folder = await unpacked();
      fault(folder);
      expect(problem(await loadPolicyFrom(folder, { trust, clock }))).toMatch(/^bundle_invalid: /);
    }
  });
  test("a path that is none, a link and a pipe are refused", async () => {
    writeFileSync(join(root, "real.tar.gz"), good);
    symlinkSync(join(root, "real.tar.gz"), join(root, "link.tar.gz"));
    execFileSync("mkfifo", [join(root, "pipe")]);
    for (const name of ["nothing", "link.tar.gz", "pipe"])
      expect(problem(await loadPolicyFrom(join(root, name), { trust, clock }))).toMatch(/^bundle_invalid: /);
  });
});

describe("refused are", () => {
  const tarOf = (): Buffer => gunzipSync(good);
  /** The archive with its first header changed and its checksum put right. */
  const withHeader = (change: (header: Buffer) => void): Uint8Array => {
    const tar = tarOf();
    change(tar);
    tar.fill(" ", 148, 156);
    const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    tar.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
    return gzipSync(tar);
  };
  test.each([
    ["a hard link", "1"],
    ["a symbolic link", "2"],
    ["a device", "3"],
    ["a folder", "5"],
    ["a pipe", "6"],
    ["a PAX header", "x"],
    ["a global PAX header", "g"],
    ["a long name of GNU", "L"],
    ["a sparse file", "S"],
  ])("%s", async (_, type) => {
    expect(await load(withHeader((header) => header.write(type, 156, "latin1")))).toMatch(/no regular file/);
  });
  test.each([["./x"], ["x"], ["/../x"], ["/a//b"], ["/a/"], ["/a\\b"]])("a member named %s", async (name) => {
    const odd = withHeader((header) => header.fill(0, 0, 100).write(name, 0, "latin1"));
    expect(await load(odd)).toMatch(/not canonical/);
  });
  test("a header beyond ASCII", async () => {
    const odd = withHeader((header) => header.fill(0, 0, 100).write("/ä", 0, "latin1"));
    expect(await load(odd)).toMatch(/damaged/);
  });
  test("a member twice", async () => {
    const tar = tarOf();
    const size = Number.parseInt(tar.toString("latin1", 124, 135), 8);
    const first = tar.subarray(0, 512 + Math.ceil(size / 512) * 512);
    expect(await load(gzipSync(Buffer.concat([first, tar])))).toMatch(/twice/);
  });
  test("a small file that is large inside", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await load(bomb, { limits: { total: 1024 * 1024 } })).toMatch(/too large/);
  });
  function unpacksAlike(bytes: Uint8Array): boolean {
    try {
      return gunzipSync(bytes).equals(gunzipSync(good));
    } catch {
      return false;
    }
  }
  test("bytes cut off or flipped anywhere", async () => {
    for (let at = 1; at < good.length; at += Math.ceil(good.length / 40)) {
      expect(await load(good.subarray(0, at))).toMatch(/^bundle_invalid/);
      const flipped = Uint8Array.from(good, (byte, index) => (index === at ? byte ^ 0x10 : byte));
      // Some bits of a packed text say nothing: of when and where it was made, or of codes that are not used.
      if (!unpacksAlike(flipped)) expect(await load(flipped)).toMatch(/^bundle_invalid/);
    }
  });
  test("another's signature, another's id, and an archive with something behind it", async () => {
    const other = await generateDevKey();
    expect(await load(good, { trust: { keys: [{ id: signer.id, key: other.publicKey }] } })).toMatch(
      /known key/,
    );
    expect(await load(good, { trust: { keys: [] } })).toMatch(/known key/);
    expect(await load(gzipSync(Buffer.concat([tarOf(), Buffer.from("x")])))).toMatch(/follows the end/);
  });
});

describe("old bundles do not come back", () => {
  test("a lower serial, or the same with other content, is refused; a rollback is a new serial", async () => {
    const serials = new MemorySerials();
    const options = { serials, name: "acme" };
    const two = await signedWith({ serial: 2 });
    const before = await bundleOf(TEXT.replace("fine", "good"), { serial: 2 }, signer);
    expect(await load(two, options)).toBe("loaded");
    expect(await load(two, options)).toBe("loaded");
    expect(await load(await signedWith({ serial: 1 }), options)).toMatch(/serial/);
    expect(await load(before, options)).toMatch(/serial/);
    expect(await load(await signedWith({ serial: 3 }), options)).toBe("loaded");
    expect(await load(two, options)).toMatch(/serial/);
    expect(await load(two, { ...options, name: "another" })).toBe("loaded");
    expect(await load(two, { minSerial: 3 })).toMatch(/serial/);
  });
  test("two loads at once leave the higher one remembered", async () => {
    const serials = new MemorySerials();
    const [one, two] = [await signedWith({ serial: 1 }), await signedWith({ serial: 2 })];
    await Promise.all([two, one].map((bytes) => load(bytes, { serials })));
    expect((await serials.last("policy"))?.serial).toBe(2);
    expect(await load(one, { serials })).toMatch(/serial/);
  });
  test("a memory that cannot tell refuses", async () => {
    const serials = { last: () => Promise.reject(new Error("down")), accept: () => Promise.resolve(true) };
    expect(await load(good, { serials })).toMatch(/^bundle_invalid/);
  });
  test("outside its time it is refused, and stops deciding when its time is over", async () => {
    const timed = await signedWith({ not_before: "2026-05-01T00:00:00Z", not_after: "2026-07-01T00:00:00Z" });
    expect(await load(timed, { clock: () => Date.UTC(2026, 3) })).toMatch(/^expired/);
    expect(await load(timed, { clock: () => Date.UTC(2026, 6) })).toMatch(/^expired/);
    const result = await loadPolicy(timed, { trust, clock });
    let now = NOW;
    const runtime = new PolicyRuntime(result.ok ? [result.policy] : [], { clock: () => now });
    expect((await runtime.authorize(call("fine"))).runs).toBe(true);
    now = Date.UTC(2026, 6);
    expect((await runtime.authorize(call("fine"))).decision.code).toBe("expired");
  });
  test("a bundle signed to be observed is observed, and not without an end", async () => {
    const observed = { mode: "observe", observe_until: "2026-07-01T00:00:00Z" } as const;
    expect(await load(await signedWith({ mode: "observe" }))).toMatch(/^bundle_invalid/);
    expect(await load(await signedWith({ observe_until: observed.observe_until }))).toMatch(
      /^bundle_invalid/,
    );
    const result = await loadPolicy(await signedWith(observed), { trust, clock });
    const runtime = new PolicyRuntime(result.ok ? [result.policy] : [], { clock });
    expect(await runtime.authorize(call("else"))).toMatchObject({
      runs: true,
      envelope: { mode: "observe" },
    });
  });
});
