// Opens a bundle: decompress, read, verify, and only then look at what it says. Everything odd is refused.
import {
  compareUtf8,
  openIrText,
  type GradualProgram,
  type IrProgram,
  type IrProblem,
} from "../../core/index.ts";
import { platform } from "../../facts/index.ts";
import { type BundleManifest, type BundleMetadata, MEMBER, parseManifest } from "./bundle-manifest.ts";
import { sha256Hex, type SignedFiles, verifySignatures } from "./bundle-signature.ts";
import { canonicalJson } from "./canonical-json.ts";
import { gunzip } from "./gunzip.ts";
import { isMemberName, readTar } from "./read-tar.ts";
import type { VerificationKey } from "./verification-key.ts";

export interface BundleLimits {
  /** Bytes of the compressed file, of all members together, and of one member. */
  readonly compressed: number;
  readonly total: number;
  readonly member: number;
}

export const DEFAULT_BUNDLE_LIMITS: BundleLimits = {
  compressed: 64 * 1024 * 1024,
  total: 256 * 1024 * 1024,
  member: 128 * 1024 * 1024,
};

export type BundleTrust =
  | { readonly keys: readonly VerificationKey[]; readonly insecureUnsigned?: false }
  /** Loads without looking at signatures; the bundle is marked as unsigned. */
  | { readonly insecureUnsigned: true; readonly keys?: never };

export type OpenBundleOptions = BundleTrust & {
  /** The lowest serial that is still accepted. */
  readonly minSerial?: number;
  /** The bundle accepted last: a lower serial, or the same with another digest, is refused. */
  readonly last?: { readonly serial: number; readonly digest: string };
  /** Milliseconds since 1970; without it `not_before` and `not_after` are not checked (offline tools only). */
  readonly now?: number;
  readonly limits?: Partial<BundleLimits>;
  /** Leaves the rules of the program to whoever asks for them: see `Bundle.program`. */
  readonly gradually?: boolean;
};

export interface Bundle {
  readonly ir: IrProgram;
  /** The same, an action at a time; all of it was checked already unless the bundle was opened `gradually`. */
  readonly program: GradualProgram;
  readonly revision: string;
  readonly metadata: BundleMetadata;
  /** `sha256:` over names and digests of all members but the signatures. */
  readonly digest: string;
  readonly signed: boolean;
  /** Members by name without the leading slash. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export type OpenBundleResult =
  | { readonly ok: true; readonly bundle: Bundle }
  | { readonly ok: false; readonly code: "bundle_invalid" | "expired"; readonly problem: string };

const refuse = (problem: string): OpenBundleResult => ({ ok: false, code: "bundle_invalid", problem });

export async function openBundle(bytes: Uint8Array, options: OpenBundleOptions): Promise<OpenBundleResult> {
  const limits = { ...DEFAULT_BUNDLE_LIMITS, ...options.limits };
  if (bytes.length > limits.compressed) return refuse("the file is too large");
  const tar = await gunzip(bytes, limits.total);
  if (tar === undefined) return refuse("the file is no gzip, is damaged, or is too large");
  const archive = readTar(tar, limits.member);
  if (!archive.ok) return refuse(archive.problem);
  return openMembers(archive.files, options);
}

/** Opens a bundle that is unpacked already: members by name, without the leading slash. */
export async function openMembers(
  files: ReadonlyMap<string, Uint8Array>,
  options: OpenBundleOptions,
): Promise<OpenBundleResult> {
  const limits = { ...DEFAULT_BUNDLE_LIMITS, ...options.limits };
  const sizes = [...files.values()].map((each) => each.length);
  if (sizes.some((size) => size > limits.member) || sizes.reduce((sum, size) => sum + size, 0) > limits.total)
    return refuse("its members are too large");
  if ([...files.keys()].some((name) => !isMemberName(name)))
    return refuse("a member has a name that is not canonical");
  if ([...files.keys()].some((name) => lastSegment(name) === MEMBER.patch))
    return refuse("it is a delta bundle");

  if (options.insecureUnsigned === true) {
    const hashes = await hashMembers(files);
    return check(files, await digestOf(hashes), options);
  }
  const signatures = files.get(MEMBER.signatures);
  if (signatures === undefined) return refuse("it is not signed");
  // Side by side: the signature is verified by another thread where the host has one.
  const [signed, hashes] = await Promise.all([
    verifySignatures(decodeText(signatures) ?? "", options.keys),
    hashMembers(files),
  ]);
  if (signed === undefined) return refuse("its signature is not by a known key");
  if (!sameFiles(hashes, signed)) return refuse("its members are not those that were signed");
  return check(files, await digestOf(hashes), options);
}

function check(
  files: ReadonlyMap<string, Uint8Array>,
  digest: string,
  options: OpenBundleOptions,
): OpenBundleResult {
  const manifest = manifestOf(files);
  if (manifest === undefined) return refuse("its manifest is not one of this format");
  const { metadata, revision } = manifest;
  const stale = staleness(metadata.serial, digest, options);
  if (stale !== undefined) return refuse(stale);
  if (options.now !== undefined && !holdsAt(metadata, options.now)) {
    return { ok: false, code: "expired", problem: "it is outside the time for which it was signed" };
  }
  // A signature says who made a program, not that it is sound: engines trust only what was checked.
  const opened = openIrText(files.get(MEMBER.ir) ?? new Uint8Array(), platform);
  if (!opened.ok) return refuse(programProblem(opened.problems));
  const { program } = opened;
  const ir = options.gradually === true ? program.ir : program.whole();
  if (ir === undefined) return refuse(programProblem(program.problems));
  return {
    ok: true,
    bundle: { ir, program, revision, metadata, digest, signed: options.insecureUnsigned !== true, files },
  };
}

function manifestOf(files: ReadonlyMap<string, Uint8Array>): BundleManifest | undefined {
  const text = decodeText(files.get(MEMBER.manifest));
  return text === undefined ? undefined : parseManifest(text);
}

function staleness(serial: number, digest: string, options: OpenBundleOptions): string | undefined {
  const { minSerial = 0, last } = options;
  if (serial < minSerial || (last !== undefined && serial < last.serial))
    return "its serial is lower than one seen";
  if (last !== undefined && serial === last.serial && digest !== last.digest) {
    return "another bundle with the same serial was seen";
  }
  return undefined;
}

const holdsAt = ({ not_before, not_after }: BundleMetadata, now: number): boolean =>
  (not_before === undefined || now >= Date.parse(not_before)) &&
  (not_after === undefined || now < Date.parse(not_after));

/** Says the first of what is wrong with a program. */
export const programProblem = ([first]: readonly IrProblem[]): string =>
  `its program cannot be run: ${first?.message ?? "unknown"} at ${first?.path ?? ""}`;

function decodeText(bytes: Uint8Array | undefined): string | undefined {
  try {
    return bytes && new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const lastSegment = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

/** Digests of all members but the signatures, by name in order. */
async function hashMembers(files: ReadonlyMap<string, Uint8Array>): Promise<Map<string, string>> {
  const names = [...files.keys()].filter((name) => name !== MEMBER.signatures).sort(compareUtf8);
  const hashes = new Map<string, string>();
  for (const name of names) hashes.set(name, await sha256Hex(files.get(name) ?? new Uint8Array()));
  return hashes;
}

const sameFiles = (actual: ReadonlyMap<string, string>, signed: SignedFiles): boolean =>
  actual.size === signed.size && [...actual].every(([name, hash]) => signed.get(name) === hash);

/** What names a bundle, signed or not. */
export const digestOf = async (hashes: ReadonlyMap<string, string>): Promise<string> =>
  `sha256:${await sha256Hex(new TextEncoder().encode(canonicalJson([...hashes].map((pair) => [...pair]))))}`;
