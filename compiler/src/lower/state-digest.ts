// The digest of the state schema: a snapshot taken under another one is unreadable.
import { canonicalJson, sha256Hex } from "@aegis/runtime/core";
import type { IrCounter, IrLabel } from "@aegis/runtime/core";

type LabelSchema = Pick<IrLabel, "id" | "scope" | "key" | "max">;
type CounterSchema = Pick<IrCounter, "id" | "type" | "scope" | "key" | "window" | "max">;

/** `sha256:` and hexadecimal; of names, types, scopes and windows, not of when cells change. */
export function stateDigest(labels: readonly LabelSchema[], counters: readonly CounterSchema[]): string {
  const schema = {
    labels: labels.map(({ id, scope, key, max }) => ({ id, scope, key, max })),
    counters: counters.map(({ id, type, scope, key, window, max }) => ({
      id,
      type,
      scope,
      key,
      window,
      max,
    })),
  };
  return `sha256:${sha256Hex(canonicalJson(schema))}`;
}
