// Reads a lock file strictly: a broken one must not unlock anything.
import { compareUtf8, readIJson } from "@aegis/runtime/core";
import type { JsonObject, JsonValue } from "@aegis/runtime/core";
import { LOCK_VERSION } from "./lock-file.ts";
import type { LockFile } from "./lock-file.ts";

const MOST_BYTES = 20_000_000;
const KEYS = ["version", "manifests", "actions", "selections"];

export type LockResult =
  { readonly ok: true; readonly lock: LockFile } | { readonly ok: false; readonly reason: string };

export function readLock(text: string): LockResult {
  const refuse = (reason: string): LockResult => ({ ok: false, reason });
  const read = readIJson(text, { depth: 8, bytes: MOST_BYTES });
  if (!read.ok) return refuse("it is no strict JSON");
  const { value } = read;
  if (!isObject(value)) return refuse("it is no object");
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined || KEYS.some((key) => !Object.hasOwn(value, key)))
    return refuse(`its keys must be ${KEYS.join(", ")}`);
  if (value["version"] !== LOCK_VERSION) return refuse("it is of another version: run `aegisc lock`");
  const manifests = entriesOf(value["manifests"], (each) =>
    typeof each === "string" && /^sha256:[0-9a-f]{64}$/.test(each) ? each : undefined,
  );
  const actions = textsOf(value["actions"]);
  const selections = entriesOf(value["selections"], textsOf);
  if (manifests === undefined) return refuse("`manifests` must map paths to digests");
  if (actions === undefined) return refuse("`actions` must be a list of names");
  if (selections === undefined) return refuse("`selections` must map names to lists of names");
  return { ok: true, lock: { version: LOCK_VERSION, manifests, actions, selections } };
}

/** The pinned actions; empty for a file that cannot be read, so that wildcards select nothing. */
export function lockedActions(text: string): ReadonlySet<string> {
  const read = readLock(text);
  return new Set(read.ok ? read.lock.actions : []);
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function textsOf(value: JsonValue | undefined): readonly string[] | undefined {
  return Array.isArray(value) && value.every((each): each is string => typeof each === "string")
    ? value
    : undefined;
}

function entriesOf<T>(
  value: JsonValue | undefined,
  read: (value: JsonValue) => T | undefined,
): ReadonlyMap<string, T> | undefined {
  if (!isObject(value)) return undefined;
  const found = new Map<string, T>();
  for (const [key, inner] of Object.entries(value).sort(([a], [b]) => compareUtf8(a, b))) {
    const each = read(inner);
    if (each === undefined) return undefined;
    found.set(key, each);
  }
  return found;
}
