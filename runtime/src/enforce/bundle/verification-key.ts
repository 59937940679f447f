// Public keys that bundles are verified with.
import { calculateJwkThumbprint, exportJWK, importJWK, importSPKI, type CryptoKey, type JWK } from "jose";

/** A public key for ES256 under the id that the signature's header names. */
export interface VerificationKey {
  readonly id: string;
  /** PEM (SPKI) or JWK. */
  readonly key: string | JWK;
}

/** Of keys that were read here: the first use of a key takes a new process some milliseconds, and so would the second. */
const imported = new WeakMap<VerificationKey, CryptoKey>();

/** From an SPKI PEM or a public JWK, as text; its id is `kid`, else the RFC 7638 thumbprint. `undefined` when it is no ES256 key. */
export async function readVerificationKey(text: string): Promise<VerificationKey | undefined> {
  try {
    const given = text.trimStart().startsWith("{") ? (JSON.parse(text) as JWK) : undefined;
    const key =
      given === undefined
        ? await importSPKI(text, "ES256", { extractable: true })
        : await importJWK(given, "ES256", { extractable: true });
    if (key instanceof Uint8Array) return undefined;
    const { kty, crv, x, y } = await exportJWK(key);
    if (kty === undefined || crv === undefined || x === undefined || y === undefined) return undefined;
    const jwk = Object.freeze({ kty, crv, x, y });
    const read = Object.freeze({ id: given?.kid ?? (await calculateJwkThumbprint(jwk)), key: jwk });
    imported.set(read, key);
    return read;
  } catch {
    return undefined;
  }
}

/** Rejects when it is no ES256 key. */
export async function importKey(given: VerificationKey): Promise<CryptoKey | Uint8Array> {
  const known = imported.get(given);
  if (known !== undefined) return known;
  const { key } = given;
  return typeof key === "string" ? importSPKI(key, "ES256") : importJWK(key, "ES256");
}
