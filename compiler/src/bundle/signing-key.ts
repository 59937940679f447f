// Keys that sign bundles: ES256 (P-256), as PEM or JWK.
import { nodeCrypto } from "@aegis/runtime/enforce";
import {
  base64url,
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

/** From a PKCS 8 PEM or a private JWK, as text. `undefined` when the text is no ES256 private key. */
export async function readSigner(text: string, id?: string): Promise<Signer | undefined> {
  try {
    const crypto = nodeCrypto();
    return crypto !== undefined && text.startsWith(PEM_BEGIN)
      ? nodeSigner(crypto, text, id)
      : await webSigner(text, id);
  } catch {
    return undefined;
  }
}

/** The same by what every host has. On Node its parts take 10 ms to come up in a process that just began. */
export async function webSigner(text: string, id?: string): Promise<Signer | undefined> {
  const key = text.trimStart().startsWith("{")
    ? await importJWK(JSON.parse(text) as JWK, "ES256", { extractable: true })
    : await importPKCS8(text, "ES256", { extractable: true });
  if (key instanceof Uint8Array) return undefined;
  const { kty, crv, x, y, d, kid } = await exportJWK(key);
  if (d === undefined || kty === undefined || crv === undefined || x === undefined || y === undefined) {
    return undefined;
  }
  const keyId = id ?? kid ?? (await calculateJwkThumbprint({ kty, crv, x, y }));
  return {
    id: keyId,
    sign: (payload) => new CompactSign(payload).setProtectedHeader(headerOf(keyId)).sign(key),
  };
}

type Crypto = NonNullable<ReturnType<typeof nodeCrypto>>;

const PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";

/** Throws when the text is no private key. */
function nodeSigner(crypto: Crypto, pem: string, id: string | undefined): Signer | undefined {
  const key = crypto.createPrivateKey(pem);
  if (key.asymmetricKeyDetails?.namedCurve !== "prime256v1") return undefined;
  const { crv, kty, x, y } = key.export({ format: "jwk" });
  const known = JSON.stringify({ crv, kty, x, y });
  const keyId = id ?? crypto.createHash("sha256").update(known).digest("base64url");
  const header = base64url.encode(JSON.stringify(headerOf(keyId)));
  return {
    id: keyId,
    sign(payload) {
      const signed = `${header}.${base64url.encode(payload)}`;
      const bytes = new TextEncoder().encode(signed);
      const signature = crypto.sign("sha256", bytes, { key, dsaEncoding: "ieee-p1363" });
      return Promise.resolve(`${signed}.${base64url.encode(signature)}`);
    },
  };
}

const headerOf = (kid: string): { readonly alg: string; readonly typ: string; readonly kid: string } => ({
  alg: "ES256",
  typ: "JWT",
  kid,
});
