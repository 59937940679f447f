// Keys that sign bundles: ES256 (P-256), as PEM or JWK.
import {
  CompactSign,
  exportJWK,
  exportPKCS8,
  exportSPKI,
  generateKeyPair,
  importJWK,
  importPKCS8,
  calculateJwkThumbprint,
  type JWK,
} from "jose";

export interface Signer {
  readonly id: string;
  /** A compact JWS over `payload`. */
  sign(payload: Uint8Array): Promise<string>;
}

export interface DevKey {
  /** RFC 7638 thumbprint of the public key. */
  readonly id: string;
  /** PEM (PKCS 8); never to be put where git tracks it. */
  readonly privateKey: string;
  /** PEM (SPKI). */
  readonly publicKey: string;
}

export async function generateDevKey(): Promise<DevKey> {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  return {
    id: await calculateJwkThumbprint(await exportJWK(publicKey)),
    privateKey: await exportPKCS8(privateKey),
    publicKey: await exportSPKI(publicKey),
  };
}

/**
 * From a PKCS 8 PEM or a private JWK, as text; its id is `id`, else `kid`, else the RFC 7638 thumbprint. `undefined` when the
 * text is no ES256 private key.
 */
export async function readSigner(text: string, id?: string): Promise<Signer | undefined> {
  try {
    const given = text.trimStart().startsWith("{") ? (JSON.parse(text) as JWK) : undefined;
    const key = await (given === undefined
      ? importPKCS8(text, "ES256", { extractable: true })
      : importJWK(given, "ES256", { extractable: true }));
    if (key instanceof Uint8Array) return undefined;
    const { kty, crv, x, y, d } = await exportJWK(key);
    if (d === undefined || kty === undefined || crv === undefined || x === undefined || y === undefined) {
      return undefined;
    }
    const keyId = id ?? given?.kid ?? (await calculateJwkThumbprint({ kty, crv, x, y }));
    return {
      id: keyId,
      sign: (payload) =>
        new CompactSign(payload).setProtectedHeader({ alg: "ES256", typ: "JWT", kid: keyId }).sign(key),
    };
  } catch {
    return undefined;
  }
}
