// Opens a bundle from a file, verified by a key given or by the keys of the project.
import { join, resolve } from "node:path";
import { parseProjectFile, PROJECT_FILE_NAME } from "@aegis/compiler";
import { openBundle, readVerificationKey, type Bundle, type VerificationKey } from "@aegis/runtime/enforce";
import type { Io } from "../io.ts";
import { decodeText, MAX_SOURCE_BYTES, readBytes, readText } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";

const MAX_BUNDLE_BYTES = 64 * 1024 * 1024;

export interface BundleAccess {
  /** File of a public key; null: the keys in aegis.json. */
  readonly key: string | null;
  readonly insecureUnsigned: boolean;
}

/** A bundle that was read and must not be used. */
export class RefusedBundle extends UsageError {
  readonly code: string;
  readonly problem: string;
  constructor(path: string, code: string, problem: string) {
    super(
      `\`${path}\` is refused (${code}): ${problem}`,
      /sign|key/.test(problem) ? "--key names the public key; --insecure-unsigned loads without one" : null,
    );
    this.code = code;
    this.problem = problem;
  }
}

export async function openBundleFile(io: Io, path: string, access: BundleAccess): Promise<Bundle> {
  const bytes = readBytes(resolve(io.cwd, path), MAX_BUNDLE_BYTES);
  if (bytes === null) throw new UsageError(`\`${path}\` does not exist`);
  const opened = access.insecureUnsigned
    ? await openBundle(bytes, { insecureUnsigned: true, now: io.now() })
    : await openBundle(bytes, { keys: await verificationKeys(io, access.key), now: io.now() });
  if (opened.ok) return opened.bundle;
  throw new RefusedBundle(path, opened.code, opened.problem);
}

async function verificationKeys(io: Io, keyFile: string | null): Promise<readonly VerificationKey[]> {
  if (keyFile !== null) {
    const key = await readVerificationKey(readText(resolve(io.cwd, keyFile)));
    if (key === undefined)
      throw new UsageError(`\`${keyFile}\` is no ES256 public key`, "give a PEM or a JWK of a P-256 key");
    return [key];
  }
  const bytes = readBytes(join(io.cwd, PROJECT_FILE_NAME), MAX_SOURCE_BYTES);
  const project =
    bytes === null ? null : parseProjectFile(PROJECT_FILE_NAME, decodeText(PROJECT_FILE_NAME, bytes)).project;
  const keys = await Promise.all(
    (project?.keys ?? []).map((each) => readVerificationKey(JSON.stringify(each))),
  );
  return keys.filter((each) => each !== undefined);
}
