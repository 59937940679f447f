// The text of a manifest as JSON.
import type { JsonValue } from "@aegis/runtime/core";

export function parseManifestJson(
  source: string,
): { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly message: string } {
  try {
    return { ok: true, value: JSON.parse(source) as JsonValue };
  } catch {
    return { ok: false, message: "the file is no JSON" };
  }
}
