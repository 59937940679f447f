// Reads a public key that bundles are verified with.
import { calculateJwkThumbprint, exportJWK, importJWK, importSPKI, type JWK } from "jose";
import type { VerificationKey } from "./bundle-signature.ts";

/** From an SPKI PEM or a public JWK, as text; its id is `kid`, else the RFC 7638 thumbprint. `undefined` when it is no ES256 key. */
export async function readVerificationKey(text: string): Promise<VerificationKey | undefined> {
  try {
    const key = text.trimStart().startsWith("{")
      ? await importJWK(JSON.parse(text) as JWK, "ES256", { extractable: true })
      : await importSPKI(text, "ES256", { extractable: true });
    if (key instanceof Uint8Array) return undefined;
    const { kty, crv, x, y, kid } = await exportJWK(key);
    if (kty === undefined || crv === undefined || x === undefined || y === undefined) return undefined;
    const named = text.trimStart().startsWith("{") ? (JSON.parse(text) as JWK).kid : kid;
    const jwk = { kty, crv, x, y };
    return { id: named ?? (await calculateJwkThumbprint(jwk)), key: jwk };
  } catch {
    return undefined;
  }
}
