// The `.manifest` of a bundle: what OPA reads there, and what Aegis adds under `metadata.aegis`.

export const BUNDLE_FORMAT = "aegis-bundle/1";
/** Names of members, as signatures list them. */
export const MEMBER = {
  manifest: ".manifest",
  data: "data.json",
  ir: "aegis/ir.json",
  schema: "aegis/schema.json",
  signatures: ".signatures.json",
  patch: "patch.json",
} as const;

/** Covered by the signature, as it is part of `.manifest`. */
export interface BundleMetadata {
  readonly format: typeof BUNDLE_FORMAT;
  /** Never goes back: a rollback is a new, higher serial. */
  readonly serial: number;
  /** RFC 3339 times in UTC between which the bundle decides. */
  readonly not_before?: string;
  readonly not_after?: string;
  /** `observe`: what the bundle says is recorded, and every call runs as it was. Absent: `enforce`. */
  readonly mode?: "enforce" | "observe";
  /** Goes with `observe`: from this time on the bundle enforces. */
  readonly observe_until?: string;
  /** SHA-256 in hex of what the bundle was built from, by path or module name. */
  readonly sources: Readonly<Record<string, string>>;
  readonly manifests: Readonly<Record<string, string>>;
  readonly library: Readonly<Record<string, string>>;
  /** Backends and their options, as `verify-bundle` repeats them. */
  readonly build: { readonly toolchain: string; readonly backends: readonly string[] };
}

export interface BundleManifest {
  readonly revision: string;
  readonly metadata: BundleMetadata;
}

/** `undefined` unless the text is a manifest of this format, well-formed in every field. */
export function parseManifest(text: string): BundleManifest | undefined {
  const manifest = parseObject(text);
  const metadata = manifest && object(object(manifest["metadata"])?.["aegis"]);
  if (manifest === undefined || metadata === undefined) return undefined;
  const { revision } = manifest;
  const { format, serial, not_before, not_after, mode, observe_until } = metadata;
  const build = object(metadata["build"]);
  const sources = digests(metadata["sources"]);
  const manifests = digests(metadata["manifests"]);
  const library = digests(metadata["library"]);
  if (typeof revision !== "string" || format !== BUNDLE_FORMAT || manifest["rego_version"] !== 1)
    return undefined;
  if (typeof serial !== "number" || !Number.isSafeInteger(serial) || serial < 0) return undefined;
  if (mode !== undefined && mode !== "enforce" && mode !== "observe") return undefined;
  if (!isTime(not_before) || !isTime(not_after) || !isTime(observe_until)) return undefined;
  if ((mode === "observe") !== (observe_until !== undefined)) return undefined;
  if (sources === undefined || manifests === undefined || library === undefined || build === undefined)
    return undefined;
  const { toolchain, backends } = build;
  if (typeof toolchain !== "string" || !Array.isArray(backends)) return undefined;
  if (!backends.every((each): each is string => typeof each === "string")) return undefined;
  return {
    revision,
    metadata: {
      format,
      serial,
      ...(not_before === undefined ? {} : { not_before }),
      ...(not_after === undefined ? {} : { not_after }),
      ...(mode === undefined ? {} : { mode }),
      ...(observe_until === undefined ? {} : { observe_until }),
      sources,
      manifests,
      library,
      build: { toolchain, backends },
    },
  };
}

type UnknownObject = Readonly<Record<string, unknown>>;

const object = (value: unknown): UnknownObject | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as UnknownObject) : undefined;

/** A JSON object; `undefined` for any other text. */
export function parseObject(text: string): UnknownObject | undefined {
  try {
    return object(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const isTime = (value: unknown): value is string | undefined =>
  value === undefined ||
  (typeof value === "string" &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value) &&
    !Number.isNaN(Date.parse(value)));

function digests(value: unknown): Record<string, string> | undefined {
  const table = object(value);
  if (table === undefined) return undefined;
  const entries = Object.entries(table);
  return entries.every(
    (entry): entry is [string, string] => typeof entry[1] === "string" && isDigest(entry[1]),
  )
    ? Object.fromEntries(entries)
    : undefined;
}

export const isDigest = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
