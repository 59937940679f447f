// What stands between quotes: escapes, placeholders, patterns, numbers, durations and dates.
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Place } from "./place.ts";

export type Report = (diagnostic: Diagnostic) => void;

/** `text`: the escapes of the language; `json`: those of JSON too, and half characters, for tests of hostile input. */
export type EscapeSet = "text" | "json" | "template";

const KNOWN: Readonly<Record<EscapeSet, string>> = {
  text: '`\\"`, `\\\\`, `\\n`, `\\t`, `\\r` and `\\u{hex}`',
  json: '`\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\t`, `\\r`, `\\uXXXX` and `\\u{hex}`',
  template: '`\\"`, `\\\\`, `\\n`, `\\t`, `\\r`, `\\u{hex}`, `\\{` and `\\}`',
};
const SIMPLE = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
]);
const JSON_SIMPLE = new Map([
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
]);
const LONG_ESCAPE = /\\u\{([0-9A-Fa-f]{1,6})\}/y;
const JSON_ESCAPE = /\\u([0-9A-Fa-f]{4})/y;

interface Escape {
  readonly value: string;
  readonly length: number;
}

/** The escape at `index` (a backslash), or undefined when it is none. */
function readEscape(text: string, index: number, set: EscapeSet): Escape | undefined {
  const next = text.charAt(index + 1);
  const simple =
    SIMPLE.get(next) ??
    (set === "json" ? JSON_SIMPLE.get(next) : undefined) ??
    (set === "template" && (next === "{" || next === "}") ? next : undefined);
  if (simple !== undefined) return { value: simple, length: 2 };
  LONG_ESCAPE.lastIndex = index;
  const long = LONG_ESCAPE.exec(text);
  if (long !== null) {
    const code = parseInt(long[1] ?? "", 16);
    const half = code >= 0xd800 && code <= 0xdfff;
    if (code <= 0x10ffff && (!half || set === "json"))
      return { value: String.fromCodePoint(code), length: long[0].length };
    return undefined;
  }
  if (set !== "json") return undefined;
  JSON_ESCAPE.lastIndex = index;
  const short = JSON_ESCAPE.exec(text);
  return short === null ? undefined : { value: String.fromCharCode(parseInt(short[1] ?? "", 16)), length: 6 };
}

const badEscape = (text: string, index: number, set: EscapeSet, offset: number, place: Place): Diagnostic => {
  const long = /^\\u\{?[0-9A-Fa-f]*\}?/.exec(text.slice(index, index + 12))?.[0];
  const escape = long ?? `\\${String.fromCodePoint(text.codePointAt(index + 1) ?? 0x20)}`;
  return report["bad-escape"](place.span(offset + index, offset + index + escape.length), {
    escape,
    known: KNOWN[set],
  });
};

/** The value of the text between quotes; `offset` is where it begins. Reports the first bad escape. */
export function decodeText(
  inner: string,
  set: EscapeSet,
  offset: number,
  place: Place,
  sink: Report,
): string {
  if (!inner.includes("\\")) return inner;
  let value = "";
  let last = 0;
  let reported = false;
  for (let index = inner.indexOf("\\"); index >= 0; index = inner.indexOf("\\", last)) {
    value += inner.slice(last, index);
    const escape = readEscape(inner, index, set);
    if (escape === undefined) {
      if (!reported) sink(badEscape(inner, index, set, offset, place));
      reported = true;
      last = Math.min(index + 2, inner.length);
    } else {
      value += escape.value;
      last = index + escape.length;
    }
  }
  return value + inner.slice(last);
}

/** A piece of a text with placeholders; `source` is an expression with the quotes' escapes undone, `at` maps its offsets. */
export type TemplatePiece =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "source";
      readonly source: string;
      readonly start: number;
      readonly at: (offset: number) => number;
    };

/** Splits what stands between the quotes at its placeholders. */
export function splitTemplate(inner: string, offset: number, place: Place, sink: Report): TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let start = 0;
  const text = (end: number) => {
    if (end > start)
      pieces.push({
        kind: "text",
        text: decodeText(inner.slice(start, end), "template", offset + start, place, sink),
      });
  };
  for (let index = 0; index < inner.length; index += 1) {
    const char = inner.charAt(index);
    if (char === "\\") index += 1;
    if (char !== "{" || isLongEscape(inner, index)) continue;
    const end = placeholderEnd(inner, index);
    if (end < 0) {
      sink(report["unclosed-placeholder"](place.span(offset + index, offset + index + 1), { open: "{" }));
      break;
    }
    text(index);
    pieces.push(readSource(inner, index + 1, end, offset));
    start = end + 1;
    index = end;
  }
  text(inner.length);
  return pieces;
}

/** The brace of `\u{…}`: its backslash skipped the `u` only. */
const isLongEscape = (inner: string, index: number): boolean => inner.slice(index - 2, index) === "\\u";

/** Index of the brace that closes the one at `open`, outside nested texts; -1 when there is none. */
function placeholderEnd(inner: string, open: number): number {
  let depth = 0;
  let quoted = false;
  let escaped = false;
  for (let index = open; index < inner.length; index += unitLength(inner, index)) {
    const char = inner.charAt(index + unitLength(inner, index) - 1);
    if (escaped) escaped = false;
    else if (quoted && char === "\\") escaped = true;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === "{") depth += 1;
    else if (char === "}" && --depth === 0) return index;
  }
  return -1;
}

/** `\"` and `\\` in the text are one character of the expression. */
const unitLength = (inner: string, index: number): 1 | 2 =>
  inner.charAt(index) === "\\" && (inner.charAt(index + 1) === '"' || inner.charAt(index + 1) === "\\")
    ? 2
    : 1;

/** Undoes `\"` and `\\` in a placeholder, keeping a map back to where each character stood. */
function readSource(inner: string, start: number, end: number, offset: number): TemplatePiece {
  const plain = inner.slice(start, end);
  if (!plain.includes("\\"))
    return { kind: "source", source: plain, start: offset + start, at: (at) => offset + start + at };
  let source = "";
  const offsets: number[] = [];
  for (let index = start; index < end; index += unitLength(inner, index)) {
    offsets.push(offset + index);
    source += inner.charAt(index + unitLength(inner, index) - 1);
  }
  offsets.push(offset + end);
  return { kind: "source", source, start: offset + start, at: (at) => offsets[at] ?? offset + end };
}

/** The pattern between `re"` and `"`: backslashes are raw, `\"` is a quote. */
export const decodeRegex = (inner: string): string =>
  inner.replace(/\\([^])/g, (whole, char: string) => (char === '"' ? '"' : whole));

const UNITS = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** Milliseconds of `30m`; undefined when it is no duration or more than fits an exact number. */
export function readDuration(text: string): number | undefined {
  const match = /^(\d{1,16})(ms|s|m|h|d)$/.exec(text);
  if (match === null) return undefined;
  const milliseconds = Number(match[1]) * (UNITS.get(match[2] ?? "") ?? Number.NaN);
  return Number.isSafeInteger(milliseconds) ? milliseconds : undefined;
}

/** Milliseconds since 1970 of `2027-01-31` or `2027-01-31T09:00:00.5Z`; undefined when the calendar has no such moment. */
export function readTime(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?Z)?$/.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? "0"));
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day ?? 0);
  date.setUTCHours(hour ?? 0, minute ?? 0, second ?? 0, Number((match[7] ?? "").padEnd(3, "0") || "0"));
  const same = date.getUTCMonth() === (month ?? 0) - 1 && date.getUTCDate() === day;
  return same && (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 60 ? date.getTime() : undefined;
}
