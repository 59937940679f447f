// Reads a private key for signing bundles.
import { resolve } from "node:path";
import { readSigner, type Signer } from "@aegis/compiler";
import type { Io } from "../io.ts";
import { readText } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";

/** Throws `UsageError` for a file that holds no ES256 private key; nothing of it is quoted. */
export async function readSigningKey(io: Io, path: string): Promise<Signer> {
  const signer = await readSigner(readText(resolve(io.cwd, path)));
  if (signer === undefined)
    throw new UsageError(
      `\`${path}\` is no ES256 private key`,
      "give a PKCS 8 PEM or a JWK of a P-256 key; `aegisc init` makes one for development",
    );
  return signer;
}
