// Signing keys: what is signed with them, and what is refused.
import { generateKeyPairSync, type JsonWebKey } from "node:crypto";
import { compactVerify, decodeProtectedHeader, importSPKI } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { readVerificationKey } from "@aegis/runtime/enforce";
import { type DevKey, generateDevKey, readSigner } from "./signing-key.ts";

const payload = new TextEncoder().encode('{"files":[]}');

let key: DevKey;
beforeAll(async () => {
  key = await generateDevKey();
});

describe("readSigner", () => {
  it.each(["given", undefined])("signs with the id %s", async (id) => {
    const signer = await readSigner(key.privateKey, id);
    expect(signer?.id).toBe(id ?? key.id);
    const token = (await signer?.sign(payload)) ?? "";
    expect(decodeProtectedHeader(token)).toEqual({ alg: "ES256", typ: "JWT", kid: id ?? key.id });
    const publicKey = await importSPKI(key.publicKey, "ES256");
    expect((await compactVerify(token, publicKey)).payload).toEqual(payload);
  });

  const jwk: JsonWebKey = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
    format: "jwk",
  });

  it("takes the id of a JWK, by which its public key is known", async () => {
    const signer = await readSigner(JSON.stringify({ ...jwk, kid: "2026-11" }));
    expect(signer?.id).toBe("2026-11");
    expect(decodeProtectedHeader((await signer?.sign(payload)) ?? "").kid).toBe("2026-11");
    const { kty, crv, x, y } = jwk;
    const known = await readVerificationKey(JSON.stringify({ kty, crv, x, y, kid: "2026-11" }));
    expect(known?.id).toBe("2026-11");
  });

  it("reads a JWK", async () => {
    const signer = await readSigner(JSON.stringify(jwk), "mine");
    expect(signer?.id).toBe("mine");
    expect(decodeProtectedHeader((await signer?.sign(payload)) ?? "").kid).toBe("mine");
  });

  const pem = { type: "pkcs8", format: "pem" } as const;
  it.each([
    ["an empty text", ""],
    ["no PEM", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"],
    ["another curve", generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey.export(pem)],
    ["another kind of key", generateKeyPairSync("ed25519").privateKey.export(pem)],
    [
      "another form",
      generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "sec1", format: "pem" }),
    ],
    [
      "a public key",
      generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" }),
    ],
    ["no key in JSON", "{}"],
  ])("refuses %s", async (_, text) => {
    expect(await readSigner(String(text))).toBeUndefined();
  });
});
