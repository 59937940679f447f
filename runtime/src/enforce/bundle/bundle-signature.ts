// Signatures of bundles as OPA defines them: one ES256 JWS over the list of members and their SHA-256 digests.
import { compactVerify } from "jose";
import { isDigest, parseObject } from "./bundle-manifest.ts";
import { nodeCrypto } from "./host-node.ts";
import { importKey, type VerificationKey } from "./verification-key.ts";

/** Digest in hex by member name, for every member but the signatures. */
export type SignedFiles = ReadonlyMap<string, string>;

/** The list that a trusted key signed; `undefined` when there is none. */
export async function verifySignatures(
  text: string,
  keys: readonly VerificationKey[],
): Promise<SignedFiles | undefined> {
  const signatures = parseObject(text)?.["signatures"];
  if (!Array.isArray(signatures) || signatures.length !== 1) return undefined;
  const token: unknown = signatures[0];
  if (typeof token !== "string") return undefined;
  for (const key of keys) {
    const payload = await verifyWith(token, key);
    if (payload !== undefined) return signedFiles(payload);
  }
  return undefined;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

async function verifyWith(token: string, key: VerificationKey): Promise<string | undefined> {
  try {
    const imported = await importKey(key);
    const { payload, protectedHeader } = await compactVerify(token, imported, { algorithms: ["ES256"] });
    if (protectedHeader.kid !== undefined && protectedHeader.kid !== key.id) return undefined;
    return utf8.decode(payload);
  } catch {
    return undefined;
  }
}

function signedFiles(payload: string): SignedFiles | undefined {
  const files = parseObject(payload)?.["files"];
  if (!Array.isArray(files)) return undefined;
  const digests = new Map<string, string>();
  for (const file of files as unknown[]) {
    if (typeof file !== "object" || file === null) return undefined;
    const { name, hash, algorithm } = file as Record<string, unknown>;
    if (typeof name !== "string" || typeof hash !== "string" || !isDigest(hash)) return undefined;
    if (algorithm !== "SHA-256" || digests.has(name)) return undefined;
    digests.set(name, hash);
  }
  return digests;
}

export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const crypto = nodeCrypto();
  // Other hosts may have only a part of what Node has.
  return crypto === undefined || !("hash" in crypto)
    ? sha256OnTheWeb(bytes)
    : crypto.hash("sha256", bytes, "hex");
}

/** The same by what every host has. */
export async function sha256OnTheWeb(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
