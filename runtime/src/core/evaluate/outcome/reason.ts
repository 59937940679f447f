// Reasons that authors wrote: placeholders filled in, quoted, cut, and kept silent about what is redacted.
import type { IrReasonPart } from "../../ir/ir.ts";
import type { Type } from "../../types/type.ts";
import { required } from "../../types/type.ts";
import { codePointLength, cutCodePoints } from "../../values/code-points.ts";
import { printDecimal } from "../../values/decimal-text.ts";
import { quoteText } from "../../values/quote-text.ts";
import { isParsedValue } from "../../values/scalar.ts";
import { printDuration, printTime } from "../../values/time-text.ts";
import type { Value } from "../../values/value.ts";

/** Code points of a printed placeholder, and of a whole reason. */
export const MAX_PLACEHOLDER = 80;
export const MAX_REASON = 500;
export const REDACTED = "[redacted]";

/** `valueOf` gives value and type of a placeholder; `redacted` are the paths that matched rules redact. */
export function printReason(
  parts: readonly IrReasonPart[],
  redacted: readonly string[],
  valueOf: (part: Extract<IrReasonPart, { kind: "value" }>) => { readonly type: Type; readonly value: Value },
): string {
  const texts = parts.map((part) => {
    if (part.kind === "text") return part.text;
    if (redacted.some((path) => overlaps(path, part.path))) return REDACTED;
    const { type, value } = valueOf(part);
    return printPlaceholder(required(type), value);
  });
  return cutCodePoints(texts.join(""), MAX_REASON);
}

/** Strings and parsed values in quotes, other scalars bare. */
export function printPlaceholder(type: Type, value: Value): string {
  if (value === undefined) return "absent";
  if (isParsedValue(value)) return quoted(value.text);
  if (type.kind === "string") return quoted(String(value));
  return cutCodePoints(printBare(type, value), MAX_PLACEHOLDER);
}

function printBare(type: Type, value: Value): string {
  if (typeof value !== "number") return String(value);
  switch (type.kind) {
    case "decimal":
      return printDecimal(value);
    case "time":
      return printTime(value);
    case "duration":
      return printDuration(value);
    default:
      return String(value);
  }
}

/** The quotes count, and are kept when the text between them is cut. */
function quoted(text: string): string {
  // Escapes only make it longer: what lies beyond is cut in any case.
  const escaped = quoteText(cutCodePoints(text, MAX_PLACEHOLDER)).slice(1, -1);
  return codePointLength(escaped) <= MAX_PLACEHOLDER - 2
    ? `"${escaped}"`
    : `"${cutCodePoints(escaped, MAX_PLACEHOLDER - 2)}"`;
}

/** True when one place equals, contains or lies in the other; a segment `*` is any. No place overlaps nothing. */
export function overlaps(left: string, right: string): boolean {
  if (left === "" || right === "") return false;
  const others = right.split("/");
  return left
    .split("/")
    .slice(0, others.length)
    .every((segment, index) => segment === others[index] || segment === "*" || others[index] === "*");
}
