// Keys and tokens of bundles; and Node's own crypto and zlib say what the web's interfaces say.
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import {
  calculateJwkThumbprint,
  CompactSign,
  exportJWK,
  exportPKCS8,
  exportSPKI,
  generateKeyPair,
} from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { sha256Hex, sha256OnTheWeb, verifySignatures } from "./bundle-signature.ts";
import { gunzip, gunzipStream } from "./gunzip.ts";
import { readVerificationKey } from "./verification-key.ts";

const bytes = new TextEncoder().encode('{"files":[]}');
let jwk: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string };
let spki = "";
let pkcs8 = "";
let sign: (header: object, payload?: Uint8Array) => Promise<string>;

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  spki = await exportSPKI(publicKey);
  pkcs8 = await exportPKCS8(privateKey);
  const { kty = "", crv = "", x = "", y = "" } = await exportJWK(publicKey);
  jwk = { kty, crv, x, y };
  sign = (header, payload = bytes) =>
    new CompactSign(payload).setProtectedHeader({ alg: "ES256", ...header }).sign(privateKey);
});

describe("ES256", () => {
  it("reads keys in both forms, under the name that they have or their thumbprint", async () => {
    const id = await calculateJwkThumbprint(jwk);
    expect(await readVerificationKey(spki)).toEqual({ id, key: jwk });
    expect(await readVerificationKey(JSON.stringify({ ...jwk, kid: "prod" }))).toEqual({
      id: "prod",
      key: jwk,
    });
  });

  it("takes no other keys", async () => {
    const other = await exportJWK((await generateKeyPair("ES384", { extractable: true })).publicKey);
    for (const key of [pkcs8, "nonsense", JSON.stringify(other), JSON.stringify({ ...jwk, x: "AA" })])
      expect(await readVerificationKey(key)).toBeUndefined();
  });

  it("takes no other tokens", async () => {
    const [head = "", body = "", signature = ""] = (await sign({})).split(".");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    const tokens = [
      `${head}.${body}.`,
      `${head}.${body}`,
      `${head}.${body}.${signature}.${signature}`,
      `${none}.${body}.`,
      `${none}.${body}.${signature}`,
      `${head}.${Buffer.from("{}").toString("base64url")}.${signature}`,
      `${head}.${body}.${signature.slice(0, -4)}`,
      "",
      "..",
    ];
    for (const token of tokens)
      expect(
        await verifySignatures(JSON.stringify({ signatures: [token] }), [{ id: "prod", key: jwk }]),
        token,
      ).toBeUndefined();
  });

  it("goes with the name of the key that its header says", async () => {
    const text = (token: string): string => JSON.stringify({ signatures: [token] });
    const named = text(await sign({ kid: "prod" }));
    expect(await verifySignatures(named, [{ id: "prod", key: jwk }])).toEqual(new Map());
    expect(await verifySignatures(named, [{ id: "test", key: jwk }])).toBeUndefined();
    expect(await verifySignatures(text(await sign({})), [{ id: "test", key: spki }])).toEqual(new Map());
  });
});

describe("a key that was read", () => {
  it("verifies what it signed, as often as it is asked, and nothing else", async () => {
    const own = await readVerificationKey(spki);
    const other = await readVerificationKey(await exportSPKI((await generateKeyPair("ES256")).publicKey));
    if (own === undefined || other === undefined) throw new Error("no keys");
    const text = JSON.stringify({ signatures: [await sign({ kid: own.id })] });
    for (const keys of [[own], [own], [other, own], [{ ...own }]])
      expect(await verifySignatures(text, keys)).toEqual(new Map());
    for (const keys of [[other], [], [{ ...own, id: other.id }], [{ ...own, key: other.key }]])
      expect(await verifySignatures(text, keys)).toBeUndefined();
    expect(Object.isFrozen(own) && Object.isFrozen(own.key)).toBe(true);
  });
});

describe("bytes", () => {
  it("have one digest", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (data) => {
        expect(await sha256Hex(data)).toBe(await sha256OnTheWeb(data));
      }),
      { numRuns: 50 },
    );
  });

  it("come out of a gzip in one way, or in none", async () => {
    const data = new Uint8Array(100_000).fill(7);
    const good = gzipSync(data);
    for (const [packed, limit] of [
      [good, data.length],
      [good, data.length - 1],
      [good.subarray(0, -9), data.length],
      [good.subarray(3), data.length],
      [new Uint8Array(), 10],
    ] as const) {
      const [fast, slow] = [await gunzip(packed, limit), await gunzipStream(packed, limit)];
      expect(fast === undefined ? undefined : Buffer.from(fast).equals(data)).toBe(
        slow === undefined ? undefined : Buffer.from(slow).equals(data),
      );
    }
    expect(await gunzip(good, data.length)).toBeDefined();
    expect(await gunzip(good, data.length - 1)).toBeUndefined();
  });
});
