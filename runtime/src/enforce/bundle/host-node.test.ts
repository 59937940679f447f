// What Node's own crypto and zlib say is what the web's interfaces and jose say.
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import {
  calculateJwkThumbprint,
  CompactSign,
  compactVerify,
  exportJWK,
  exportPKCS8,
  exportSPKI,
  generateKeyPair,
  importJWK,
} from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { sha256Hex, sha256OnTheWeb, verifySignatures } from "./bundle-signature.ts";
import { es256, type PublicJwk } from "./es256-node.ts";
import { gunzip, gunzipStream } from "./gunzip.ts";
import { readVerificationKey } from "./verification-key.ts";

const bytes = new TextEncoder().encode('{"files":[]}');
let jwk: PublicJwk;
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
  it("reads the keys that jose reads, under the same name", async () => {
    const id = await calculateJwkThumbprint(jwk);
    for (const key of [spki, jwk, { ...jwk, kid: "prod" }]) {
      expect(es256(key)?.jwk).toEqual(jwk);
      expect(es256(key)?.thumbprint()).toBe(id);
    }
    expect(await readVerificationKey(spki)).toEqual({ id, key: jwk });
    expect(await readVerificationKey(JSON.stringify({ ...jwk, kid: "prod" }))).toEqual({
      id: "prod",
      key: jwk,
    });
  });

  it("leaves other keys to jose", async () => {
    const other = await exportJWK((await generateKeyPair("ES384", { extractable: true })).publicKey);
    const others = [
      pkcs8,
      "nonsense",
      other,
      { ...jwk, use: "enc" },
      { ...jwk, x: "AA" },
      { kty: "oct", k: "AA" },
    ];
    for (const key of others) expect(es256(key)).toBeUndefined();
    expect(await readVerificationKey(pkcs8)).toBeUndefined();
  });

  it("takes the tokens that jose takes", async () => {
    const [head = "", body = "", signature = ""] = (await sign({})).split(".");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    const tokens = [
      `${head}.${body}.${signature}`,
      await sign({ kid: "prod", typ: "JWT" }),
      await sign({ b64: true, crit: ["b64"] }),
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
    const key = await importJWK({ ...jwk }, "ES256");
    const native = es256(jwk);
    let taken = 0;
    for (const token of tokens) {
      const verified = native?.verify(token);
      const jose = await compactVerify(token, key, { algorithms: ["ES256"] }).catch(() => undefined);
      // What jose may understand more, extensions, no bundle has.
      if (verified === undefined && token !== tokens[2]) expect(jose, token).toBeUndefined();
      if (verified === undefined) continue;
      taken++;
      expect([...verified.payload]).toEqual([...(jose?.payload ?? [])]);
      expect(verified.kid).toBe(jose?.protectedHeader.kid);
    }
    expect(taken).toBe(2);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 33, max: 126 }), async (place, unit) => {
        const [good = ""] = tokens;
        const at = place % good.length;
        const token = good.slice(0, at) + String.fromCharCode(unit) + good.slice(at + 1);
        if (native?.verify(token) === undefined) return;
        expect(await compactVerify(token, key, { algorithms: ["ES256"] })).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });

  it("goes with the name of the key that its header says", async () => {
    const text = (token: string): string => JSON.stringify({ signatures: [token] });
    const named = text(await sign({ kid: "prod" }));
    expect(await verifySignatures(named, [{ id: "prod", key: jwk }])).toEqual(new Map());
    expect(await verifySignatures(named, [{ id: "test", key: jwk }])).toBeUndefined();
    expect(await verifySignatures(text(await sign({})), [{ id: "test", key: spki }])).toEqual(new Map());
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
