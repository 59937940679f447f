// ES256 by Node's own crypto: what jose does, in a tenth of the time where a process has just begun.
//
// jose goes through the web's crypto, which Node loads when it is first used and asks through a queue of threads. Here only
// the usual forms of keys and tokens are read; for other keys, and on hosts without `node:crypto`, jose is asked.
import type { JWK } from "jose";
import { parseObject } from "./bundle-manifest.ts";
import { nodeCrypto } from "./host-node.ts";

type NodeCrypto = NonNullable<ReturnType<typeof nodeCrypto>>;
type PublicKey = ReturnType<NodeCrypto["createPublicKey"]>;

/** The public half of a P-256 key. */
export interface PublicJwk {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
}

export interface Es256 {
  readonly jwk: PublicJwk;
  /** RFC 7638. */
  readonly thumbprint: () => string;
  /** What a compact JWS says that the key signed; undefined for every other token. */
  readonly verify: (token: string) => { readonly payload: Uint8Array; readonly kid: unknown } | undefined;
}

const SPKI = /^-----BEGIN PUBLIC KEY-----\r?\n[A-Za-z0-9+/=\r\n]+-----END PUBLIC KEY-----\s*$/;
const JWK_MEMBERS: ReadonlySet<string> = new Set(["kty", "crv", "x", "y", "kid"]);

/** For an SPKI PEM or a JWK with nothing but its key and `kid`; undefined for all else, which jose may know. Never throws. */
export function es256(key: string | JWK): Es256 | undefined {
  const crypto = nodeCrypto();
  if (crypto === undefined) return undefined;
  try {
    const made = publicKey(crypto, key);
    const { kty, crv, x, y } = made?.export({ format: "jwk" }) ?? {};
    if (made === undefined || kty !== "EC" || crv !== "P-256" || x === undefined || y === undefined)
      return undefined;
    return {
      jwk: { kty, crv, x, y },
      thumbprint: () =>
        crypto.createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url"),
      verify: (token) => verify(crypto, made, token),
    };
  } catch {
    return undefined;
  }
}

function publicKey(crypto: NodeCrypto, key: string | JWK): PublicKey | undefined {
  if (typeof key === "string") return SPKI.test(key) ? crypto.createPublicKey(key) : undefined;
  if (!Object.keys(key).every((name) => JWK_MEMBERS.has(name))) return undefined;
  return crypto.createPublicKey({ key: { ...key }, format: "jwk" });
}

function verify(crypto: NodeCrypto, key: PublicKey, token: string): ReturnType<Es256["verify"]> {
  const parts = token.split(".");
  const [header = "", payload = "", signature = ""] = parts;
  if (parts.length !== 3 || !parts.every(isBase64Url)) return undefined;
  const { alg, crit, b64, kid } = parseObject(Buffer.from(header, "base64url").toString()) ?? {};
  // Extensions that must be understood are not.
  if (alg !== "ES256" || crit !== undefined || b64 !== undefined) return undefined;
  const signed = Buffer.from(`${header}.${payload}`);
  const by = { key, dsaEncoding: "ieee-p1363" } as const;
  return crypto.verify("sha256", signed, by, Buffer.from(signature, "base64url"))
    ? { payload: Buffer.from(payload, "base64url"), kid }
    : undefined;
}

/** Without padding, and the only text of its bytes. */
const isBase64Url = (text: string): boolean => Buffer.from(text, "base64url").toString("base64url") === text;
