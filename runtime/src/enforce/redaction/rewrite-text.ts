// Rewrites text: a whole value, or the spans that patterns find, each method in one place.
import { takeCodePoints, sha256Hex, type Matcher, type RedactionMethodDocument } from "../../core/index.ts";

/** What a masked text or span becomes; detectors never match it, so that redacting twice changes nothing. */
export const MASK = "\u2588\u2588\u2588";
const HASHED = /^hmac:[0-9a-f]{32}$/;

/** Where several methods meet, the first of these wins. */
const STRENGTH = ["remove", "replace", "mask", "hash", "truncate"] as const;
export const strengthOf = (method: RedactionMethodDocument): number =>
  (STRENGTH as readonly string[]).indexOf(
    typeof method === "string" ? method : "replace" in method ? "replace" : "truncate",
  );

/** The strongest method; among equals the one that keeps least, then the first by its JSON text. */
export function strongest(methods: readonly RedactionMethodDocument[]): RedactionMethodDocument {
  const ranked = [...methods].sort(
    (a, b) =>
      strengthOf(a) - strengthOf(b) ||
      keepOf(a) - keepOf(b) ||
      (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1),
  );
  return ranked[0] ?? "remove";
}
const keepOf = (method: RedactionMethodDocument): number =>
  typeof method === "object" && "truncate" in method ? method.truncate : 0;

/** Keyed digest of a text: HMAC-SHA-256 cut to 128 bits. A text that is one already stays. */
export function keyedDigest(key: string, text: string): string {
  if (HASHED.test(text)) return text;
  return `hmac:${hmacSha256(key, text).slice(0, 32)}`;
}

/** HMAC-SHA-256 of a UTF-8 text by its definition (RFC 2104), in hex. */
export function hmacSha256(key: string, text: string): string {
  const bytes = new TextEncoder().encode(key);
  const block = new Uint8Array(64);
  if (bytes.length > 64) block.set(hexBytes(sha256Hex(key)));
  else block.set(bytes);
  const inner = sha256Hex(
    concat(
      block.map((byte) => byte ^ 0x36),
      new TextEncoder().encode(text),
    ),
  );
  return sha256Hex(
    concat(
      block.map((byte) => byte ^ 0x5c),
      hexBytes(inner),
    ),
  );
}
const hexBytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (each) => Number.parseInt(each, 16));
function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

export interface SpanRedaction {
  readonly matcher: Matcher;
  readonly method: RedactionMethodDocument;
}

/** Rewrites what the patterns find; overlapping spans are merged and get the strongest of their methods. */
export function rewriteSpans(text: string, redactions: readonly SpanRedaction[], hashKey: string): string {
  const found = redactions
    .flatMap(({ matcher, method }) =>
      matcher.spans(text).map(([start, end]) => ({ start, end, methods: [method] })),
    )
    .sort((a, b) => a.start - b.start);
  const merged: { start: number; end: number; methods: RedactionMethodDocument[] }[] = [];
  for (const span of found) {
    const last = merged.at(-1);
    if (last !== undefined && span.start < last.end) {
      last.end = Math.max(last.end, span.end);
      last.methods.push(...span.methods);
    } else merged.push(span);
  }
  let result = "";
  let at = 0;
  for (const { start, end, methods } of merged) {
    result += text.slice(at, start) + rewriteSpan(text.slice(start, end), strongest(methods), hashKey);
    at = end;
  }
  result += text.slice(at);
  // What was written may itself look like a match, or complete one: then nothing of the text is kept.
  return merged.length > 0 && redactions.some(({ matcher }) => matcher.test(result)) ? MASK : result;
}

function rewriteSpan(span: string, method: RedactionMethodDocument, hashKey: string): string {
  // Removing a span could join its neighbours into something new: spans are masked instead.
  if (method === "mask" || method === "remove") return MASK;
  if (method === "hash") return keyedDigest(hashKey, span);
  if ("truncate" in method) return takeCodePoints(span, method.truncate);
  return typeof method.replace === "string" ? method.replace : MASK;
}
