// Bundles that were altered after they were made: what says so, and who decides by which file.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readSigner, signBundle } from "@aegis/compiler";
import { openBundle, type Bundle } from "@aegis/runtime/enforce";
import { writeTar } from "../../compiler/src/bundle/write-tar.ts";
import { findOpa, skipsWithout } from "../../runtime/src/testing/index.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SHOP, SMALL, testFolder, type TestFolder } from "./testing/run-in.ts";

let folder: TestFolder;
let bundle: Bundle;
beforeAll(async () => {
  folder = testFolder({ "r.json": SMALL });
  expect(await folder.aegisc("init")).toMatchObject({ exit: 0 });
  folder.write({ "shop.aegis": SHOP });
  await built("good.tar.gz", SHOP);
  bundle = await opened("good.tar.gz");
});
afterAll(() => folder.remove());

async function built(file: string, policy: string): Promise<void> {
  folder.write({ "shop.aegis": policy });
  const made = await folder.aegisc("build", "shop.aegis", "--signing-key", ".aegis/dev-key.pem", "-o", file);
  expect(made, made.err).toMatchObject({ exit: 0 });
}

async function opened(file: string): Promise<Bundle> {
  const result = await openBundle(readFileSync(join(folder.path, file)), { insecureUnsigned: true });
  return result.ok ? result.bundle : expect.fail(result.problem);
}

/** The good bundle with some members exchanged, taken out (null) or put in; signed anew by the project's key, or not. */
async function altered(
  changes: Readonly<Record<string, Uint8Array | null>>,
  resign: boolean,
): Promise<string> {
  const files = new Map(bundle.files);
  for (const [name, bytes] of Object.entries(changes)) {
    if (bytes === null) files.delete(name);
    else files.set(name, bytes);
  }
  const signer = await readSigner(folder.read(".aegis/dev-key.pem"));
  const members = [...files].map(([name, bytes]) => ({ name, bytes }));
  const bytes =
    resign && signer !== undefined
      ? await signBundle({ ...bundle, files }, signer)
      : gzipSync(writeTar(members));
  writeFileSync(join(folder.path, "altered.tar.gz"), bytes);
  return "altered.tar.gz";
}
/** The rules of the package in Rego. */
const REGO = /\/shop\/.*\.rego$/;
const text = (written: string): Uint8Array => new TextEncoder().encode(written);
const member = (name: RegExp): string =>
  [...bundle.files.keys()].find((each) => name.test(each)) ?? expect.fail(`no ${String(name)}`);
const contentOf = (name: string): string => new TextDecoder().decode(bundle.files.get(name));

describe("verify-bundle", () => {
  test("what stands under the signature may not change", async () => {
    for (const name of [...bundle.files.keys()].filter((each) => each !== ".signatures.json")) {
      const changed = await altered({ [name]: text(`${contentOf(name)} `) }, false);
      expect(await folder.aegisc("verify-bundle", changed), name).toMatchObject({ exit: 1 });
    }
    const signature = contentOf(".signatures.json");
    for (const changes of [
      { ".signatures.json": null },
      { ".signatures.json": text(signature.replace(/.{8}"\]/, 'AAAAAAAA"]')) },
      { "extra.rego": text("package extra\n") },
    ])
      expect(await folder.aegisc("verify-bundle", await altered(changes, false))).toMatchObject({
        exit: 1,
        err: expect.stringContaining("bundle_invalid"),
      });
  });

  test("a good signature over files that do not say the same", async () => {
    await built("other.tar.gz", SHOP.replace("100.00", "900.00"));
    const other = await opened("other.tar.gz");
    const rego = member(REGO);
    for (const [name, bytes] of [
      [rego, other.files.get(rego)],
      ["policy.wasm", other.files.get("policy.wasm")],
      ["aegis/ir.json", other.files.get("aegis/ir.json")],
      ["aegis/schema.json", text("{}")],
      [rego, null],
      ["more.rego", text("package more\n")],
    ] as const) {
      const changed = await altered({ [name]: bytes ?? null }, true);
      const { exit, err } = await folder.aegisc("verify-bundle", changed);
      expect([exit, err], name).toEqual([1, expect.stringMatching(/ is missing| is not |bundle_invalid/)]);
    }
  });

  test("a signature for another scope or by another key", async () => {
    const [, payload = ""] = (
      /"([\w-]+\.[\w-]+\.[\w-]+)"/.exec(contentOf(".signatures.json"))?.[1] ?? ""
    ).split(".");
    expect(JSON.parse(Buffer.from(payload, "base64url").toString("utf8"))).toHaveProperty("files");
    const stranger = testFolder();
    expect(await stranger.aegisc("init")).toMatchObject({ exit: 0 });
    stranger.write({ "good.tar.gz": "" });
    writeFileSync(join(stranger.path, "good.tar.gz"), readFileSync(join(folder.path, "good.tar.gz")));
    expect(await stranger.aegisc("verify-bundle", "good.tar.gz")).toMatchObject({
      exit: 1,
      err: expect.stringContaining("--key names the public key"),
    });
    stranger.remove();
  });
});

describe("eval --bundle decides by the bundle's own files", () => {
  const opa = skipsWithout("opa", findOpa());
  test.each([
    ["wasm", /^policy\.wasm$/, false],
    ["rego", REGO, opa],
  ])("%s", async (engine, name, skipped) => {
    if (skipped) return;
    // As a bundle that says two things would: its program allows, this file denies.
    await built("strict.tar.gz", SHOP.replace("100.00", "1.00"));
    const strict = await opened("strict.tar.gz");
    const file = member(name);
    const mixed = await altered({ [file]: strict.files.get(file) ?? null }, true);
    const decided = async (by: string) => {
      const { out, err } = await folder.aegisc(
        "eval",
        "--bundle",
        mixed,
        "--input",
        "r.json",
        "--engine",
        by,
      );
      return (JSON.parse(out === "" ? expect.fail(err) : out) as { decision: string }).decision;
    };
    expect(await decided("native")).toBe("allow");
    expect(await decided(engine)).toBe("deny");
    const without = await altered({ [file]: null }, true);
    if (engine === "wasm")
      expect(
        await folder.aegisc("eval", "--bundle", without, "--input", "r.json", "--engine", engine),
      ).toMatchObject({ exit: 2, err: expect.stringContaining("no policy.wasm") });
  });
});
