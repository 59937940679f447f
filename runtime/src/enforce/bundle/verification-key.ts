// Reads a public key that bundles are verified with.
import { calculateJwkThumbprint, exportJWK, importJWK, importSPKI, type JWK } from "jose";
import { es256 } from "./es256-node.ts";
import type { VerificationKey } from "./bundle-signature.ts";

/** From an SPKI PEM or a public JWK, as text; its id is `kid`, else the RFC 7638 thumbprint. `undefined` when it is no ES256 key. */
export async function readVerificationKey(text: string): Promise<VerificationKey | undefined> {
  try {
    const isJwk = text.trimStart().startsWith("{");
    const given = isJwk ? (JSON.parse(text) as JWK) : text;
    const native = es256(given);
    if (native !== undefined) {
      const named = typeof given === "string" ? undefined : given.kid;
      return { id: named ?? native.thumbprint(), key: native.jwk };
    }
    const key =
      typeof given === "string"
        ? await importSPKI(given, "ES256", { extractable: true })
        : await importJWK(given, "ES256", { extractable: true });
    if (key instanceof Uint8Array) return undefined;
    const { kty, crv, x, y, kid } = await exportJWK(key);
    if (kty === undefined || crv === undefined || x === undefined || y === undefined) return undefined;
    const named = typeof given === "string" ? kid : given.kid;
    const jwk = { kty, crv, x, y };
    return { id: named ?? (await calculateJwkThumbprint(jwk)), key: jwk };
  } catch {
    return undefined;
  }
}
