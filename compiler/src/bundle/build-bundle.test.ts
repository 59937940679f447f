// The bundle writer against our own reader and, where there is one, against OPA.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { IR_FORMAT, type IrProgram } from "@aegis/runtime/core";
import { openBundle, type OpenBundleOptions } from "@aegis/runtime/enforce";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findOpa, skipsWithout } from "../../../runtime/src/testing/index.ts";
import { backends } from "../backends/backend-registry.ts";
import type { Artifact } from "../backends/define-backend.ts";
import { buildBundle } from "./build-bundle.ts";
import { type DevKey, generateDevKey, readSigner, type Signer } from "./signing-key.ts";
import { type Member, writeTar } from "./write-tar.ts";

const ir: IrProgram = {
  format: IR_FORMAT,
  packages: [{ name: "acme", guard: false }],
  agent: [],
  context: [],
  facts: [],
  actions: [],
  patterns: [],
  expressions: [],
  labels: [],
  counters: [],
  stateDigest: "sha256:0",
  rules: [],
};
const artifacts: readonly Artifact[] = [
  { path: "aegis/decision.rego", content: 'package aegis\n\ndecision := {"decision": "deny"}\n' },
];
const metadata = {
  serial: 3,
  not_before: "2026-01-01T00:00:00Z",
  not_after: "2027-01-01T00:00:00Z",
  sources: { "péché\u2028<&>.aegis": "0".repeat(64), "\u{1f600}": "1".repeat(64), "\ufffd": "2".repeat(64) },
  manifests: {},
  library: {},
  build: { toolchain: "0.1.0", backends: ["rego"] },
};
const now = Date.parse("2026-06-01T00:00:00Z");

let key: DevKey;
let signer: Signer;
let signed: Uint8Array;
let trusted: OpenBundleOptions;
beforeAll(async () => {
  key = await generateDevKey();
  signer = (await readSigner(key.privateKey))!;
  signed = await buildBundle(ir, artifacts, { metadata }, signer);
  trusted = { keys: [{ id: key.id, key: key.publicKey }], now };
});

describe("buildBundle", () => {
  it("gives the same bytes twice", async () => {
    const first = await buildBundle(ir, artifacts, { metadata });
    const second = await buildBundle(ir, [...artifacts], { metadata: { ...metadata } });
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    expect([...first.subarray(4, 8), first[9]]).toEqual([0, 0, 0, 0, 255]);
  });

  it("is opened with the key that signed it", async () => {
    const result = await openBundle(signed, trusted);
    expect(result.ok && result.bundle.signed).toBe(true);
    expect(result.ok && result.bundle.metadata).toEqual({ ...metadata, format: "aegis-bundle/1" });
    expect(result.ok && result.bundle.ir).toEqual(ir);
    expect(result.ok && [...result.bundle.files.keys()].sort()).toEqual([
      ".manifest",
      ".signatures.json",
      "aegis/decision.rego",
      "aegis/ir.json",
      "aegis/schema.json",
      "data.json",
    ]);
  });

  it("names modules in its manifest only where they ask for it", async () => {
    const manifestOf = async (id: string): Promise<unknown> => {
      const emitted = backends.get(id)?.emit(ir, {}) ?? [];
      const opened = await openBundle(await buildBundle(ir, emitted, { metadata }, signer), trusted);
      const bytes = opened.ok ? opened.bundle.files.get(".manifest") : undefined;
      return JSON.parse(new TextDecoder().decode(bytes));
    };
    expect(await manifestOf("wasm")).not.toHaveProperty("wasm");
    expect(await manifestOf("opa-wasm")).toMatchObject({
      wasm: expect.arrayContaining([{ entrypoint: "aegis/decision", module: "/policy.wasm" }]) as unknown,
    });
  });

  it("has one digest, signed or not", async () => {
    const plain = await openBundle(await buildBundle(ir, artifacts, { metadata }), {
      insecureUnsigned: true,
      now,
    });
    const checked = await openBundle(signed, trusted);
    expect(plain.ok && plain.bundle.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(plain.ok && checked.ok && plain.bundle.digest === checked.bundle.digest).toBe(true);
    expect(plain.ok && plain.bundle.signed).toBe(false);
  });

  it("reads keys as PEM and JWK, and nothing else", async () => {
    expect(await readSigner("nonsense")).toBeUndefined();
    expect(await readSigner('{"kty":"RSA"}')).toBeUndefined();
    expect(await readSigner(key.publicKey)).toBeUndefined();
    expect((await readSigner(key.privateKey, "prod"))?.id).toBe("prod");
    expect(signer.id).toBe(key.id);
  });
});

describe("openBundle refuses", () => {
  const refusal = async (bytes: Uint8Array, options: OpenBundleOptions = trusted): Promise<string> => {
    const result = await openBundle(bytes, options);
    return result.ok ? "accepted" : `${result.code}: ${result.problem}`;
  };
  /** The signed members with something changed. */
  const repack = (change: (members: Member[]) => Member[]): Uint8Array => {
    const members: Member[] = [];
    const tar = gunzipSync(signed);
    for (let offset = 0; tar[offset] !== 0;) {
      const size = Number.parseInt(tar.toString("latin1", offset + 124, offset + 135), 8);
      const name = tar.toString("latin1", offset + 1, tar.indexOf(0, offset));
      members.push({ name, bytes: tar.subarray(offset + 512, offset + 512 + size) });
      offset += 512 + Math.ceil(size / 512) * 512;
    }
    return gzipSync(writeTar(change(members)));
  };
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);

  it("the unsigned, the foreign, the changed", async () => {
    const other = await generateDevKey();
    expect(await refusal(await buildBundle(ir, artifacts, { metadata }))).toMatch(/not signed/);
    expect(await refusal(signed, { keys: [{ id: key.id, key: other.publicKey }], now })).toMatch(/known key/);
    expect(await refusal(signed, { keys: [{ id: "else", key: key.publicKey }], now })).toMatch(/known key/);
    expect(await refusal(signed, { keys: [], now })).toMatch(/known key/);
    expect(await refusal(repack((all) => all))).toBe("accepted");
    expect(
      await refusal(
        repack((all) => all.map((m) => (m.name === "data.json" ? { ...m, bytes: text('{"x":1}') } : m))),
      ),
    ).toMatch(/not those that were signed/);
    expect(
      await refusal(repack((all) => [...all, { name: "extra.rego", bytes: text("package x") }])),
    ).toMatch(/not those that were signed/);
    expect(await refusal(repack((all) => all.filter(({ name }) => name !== "data.json")))).toMatch(
      /not those/,
    );
  });

  it("a program that could fail, whoever signed it", async () => {
    const broken: IrProgram = {
      ...ir,
      expressions: [{ kind: "local", depth: 0, type: { kind: "bool" } }],
      actions: [{ tool: "t", action: "a", params: [], open: false, result: { kind: "json" }, visible: 0 }],
    };
    expect(await refusal(await buildBundle(broken, artifacts, { metadata }, signer))).toBe(
      "bundle_invalid: its program cannot be run: a variable that is not bound at /actions/0/visible",
    );
  });

  it("the ambiguous", async () => {
    expect(await refusal(repack((all) => [...all, all[0]!]))).toMatch(/twice/);
    expect(await refusal(repack((all) => [...all, { name: "./x", bytes: text("") }]))).toMatch(/canonical/);
    expect(await refusal(repack((all) => [...all, { name: "a/../x", bytes: text("") }]))).toMatch(
      /canonical/,
    );
    expect(await refusal(repack((all) => [...all, { name: "/x", bytes: text("") }]))).toMatch(/canonical/);
    expect(await refusal(repack((all) => [...all, { name: "patch.json", bytes: text("{}") }]))).toMatch(
      /delta/,
    );
    const link = Buffer.from(gunzipSync(signed));
    link[156] = 0x32;
    expect(await refusal(gzipSync(link))).toMatch(/damaged/);
    link.write("0".repeat(6), 148);
    expect(await refusal(gzipSync(link))).toMatch(/damaged/);
  });

  it("the oversized and the damaged", async () => {
    expect(
      await refusal(gzipSync(Buffer.alloc(2_000_000)), { ...trusted, limits: { total: 1_000_000 } }),
    ).toMatch(/too large/);
    expect(await refusal(signed, { ...trusted, limits: { member: 10 } })).toMatch(/too large/);
    expect(await refusal(signed, { ...trusted, limits: { compressed: 10 } })).toMatch(/too large/);
    expect(await refusal(signed.subarray(0, signed.length / 2))).toMatch(/damaged/);
    expect(await refusal(new Uint8Array())).toMatch(/no gzip/);
    expect(await refusal(gzipSync(gunzipSync(signed).subarray(0, 1024)))).toMatch(/no end|cut off/);
  });

  it("the stale", async () => {
    expect(await refusal(signed, { ...trusted, now: Date.parse("2027-01-01T00:00:00Z") })).toMatch(
      /^expired/,
    );
    expect(await refusal(signed, { ...trusted, now: 0 })).toMatch(/^expired/);
    expect(await refusal(signed, { ...trusted, minSerial: 4 })).toMatch(/serial/);
    expect(await refusal(signed, { ...trusted, last: { serial: 3, digest: "sha256:x" } })).toMatch(/serial/);
    expect(await refusal(signed, { ...trusted, last: { serial: 2, digest: "sha256:x" } })).toBe("accepted");
  });
});

const opa = findOpa();

describe.skipIf(skipsWithout("opa", opa))("OPA", () => {
  const tryOpa = (args: readonly string[]): { status: number | null; output: string } => {
    const { status, stdout, stderr } = spawnSync(opa ?? "", args, { encoding: "utf8", timeout: 60_000 });
    return { status, output: `${stdout}${stderr}` };
  };
  const folder = mkdtempSync(join(tmpdir(), "aegis-bundle-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("verifies, loads and decides", () => {
    writeFileSync(join(folder, "b.tar.gz"), signed);
    writeFileSync(join(folder, "key.pem"), key.publicKey);
    const verified = tryOpa([
      ...["build", "-b", join(folder, "b.tar.gz"), "-o", join(folder, "out.tar.gz")],
      ...[
        "--verification-key",
        join(folder, "key.pem"),
        "--verification-key-id",
        key.id,
        "--signing-alg",
        "ES256",
      ],
    ]);
    expect(verified).toEqual({ status: 0, output: "" });
    const answer = tryOpa(["eval", "-f", "json", "-b", join(folder, "b.tar.gz"), "data.aegis.decision"]);
    expect(JSON.parse(answer.output)).toMatchObject({
      result: [{ expressions: [{ value: { decision: "deny" } }] }],
    });
  });

  it("refuses what was changed", () => {
    const tar = gunzipSync(signed);
    const at = tar.indexOf("deny");
    tar.write("allo", at);
    writeFileSync(join(folder, "bad.tar.gz"), gzipSync(tar));
    const verified = tryOpa([
      ...["build", "-b", join(folder, "bad.tar.gz"), "-o", join(folder, "out.tar.gz")],
      ...[
        "--verification-key",
        join(folder, "key.pem"),
        "--verification-key-id",
        key.id,
        "--signing-alg",
        "ES256",
      ],
    ]);
    expect(verified.status).not.toBe(0);
    expect(verified.output).toMatch(/digest mismatch/);
  });
});
