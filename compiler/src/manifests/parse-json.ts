// The text of a manifest as JSON: strictly, so that no reader can see another document in it.
import { I_JSON_LIMITS, readIJson } from "@aegis/runtime/core";
import type { IJsonFault, JsonValue } from "@aegis/runtime/core";

/** Manifests are larger than requests. */
const LIMITS = { ...I_JSON_LIMITS, bytes: 5_000_000 };

const FAULTS: { readonly [Fault in IJsonFault]: string } = {
  not_utf8: "it is not UTF-8",
  byte_order_mark: "it starts with a byte order mark",
  too_large: "it is larger than 5 MB",
  too_deep: "it is nested too deeply",
  syntax: "it is no JSON",
  trailing_text: "something follows the end of the JSON",
  duplicate_key: "an object has the same key twice",
  lone_surrogate: "a text is no valid Unicode",
  number: "a number is too long",
};

export function parseManifestJson(
  source: string,
): { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly message: string } {
  const read = readIJson(source, LIMITS);
  if (read.ok) return read;
  const line = source.slice(0, read.offset).split("\n").length;
  return { ok: false, message: `the file cannot be read: ${FAULTS[read.reason]} (line ${String(line)})` };
}
