// A diagnostic for people at a terminal: message, the line with the place underlined, help, and other places.
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";
import type { Diagnostic, Severity } from "./diagnostic.ts";

export interface PrettyOptions {
  /** ANSI colours; off unless asked for. */
  readonly color?: boolean;
  /** Columns of the terminal, 100 unless given; lines are cut to them around the place. */
  readonly width?: number;
  /** The files that spans point into; a place in an unknown file is named without its line. */
  readonly source: (path: string) => SourceFile | undefined;
}

const TAB = 4;
const MIN_WIDTH = 30;
const COLORS: Readonly<Record<Severity | "help" | "place" | "off", string>> = {
  error: "\u001b[1;31m",
  warning: "\u001b[1;33m",
  information: "\u001b[1;36m",
  help: "\u001b[1;32m",
  place: "\u001b[34m",
  off: "\u001b[0m",
};

type Paint = (color: keyof typeof COLORS, text: string) => string;

/** One diagnostic; ends in a newline. No control character of the source reaches the terminal. */
export function renderPretty(diagnostic: Diagnostic, options: PrettyOptions): string {
  const paint: Paint = (color, text) =>
    options.color === true && text !== "" ? `${COLORS[color]}${text}${COLORS.off}` : text;
  const width = Math.max(MIN_WIDTH, options.width ?? 100);
  const { severity, code, message, span } = diagnostic;
  const lines = [
    `${paint(severity, severity)}${paint(severity, `[${code}]`)}: ${visible(message)}`,
    ...place(span, severity, "", width, paint, options),
  ];
  if (diagnostic.help !== undefined && diagnostic.help !== "")
    lines.push(`  ${paint("help", "help")}: ${visible(diagnostic.help)}`);
  for (const related of diagnostic.related ?? [])
    lines.push(...place(related.span, "place", related.message, width, paint, options));
  return `${lines.join("\n")}\n`;
}

/** Several, in the order given, with an empty line between them. */
export const renderAllPretty = (diagnostics: readonly Diagnostic[], options: PrettyOptions): string =>
  diagnostics.map((each) => renderPretty(each, options)).join("\n");

/** `--> file:line:column`, the line, and the underline with a note behind it. */
function place(
  span: Span,
  color: "place" | Severity,
  note: string,
  width: number,
  paint: Paint,
  options: PrettyOptions,
): string[] {
  const file = options.source(span.file);
  const name = visible(span.file);
  const label = note === "" ? "" : `: ${visible(note)}`;
  if (file === undefined) return [`  ${paint("place", "-->")} ${name}${label}`];
  const start = file.positionAt(span.start);
  const end = file.positionAt(Math.max(span.start, span.end));
  const number = String(start.line + 1);
  const gutter = " ".repeat(number.length);
  const text = file.lineText(start.line);
  const last = end.line === start.line ? end.column : text.length;
  const { line, from, to } = cut(text, start.column, last, width - number.length - 4);
  const more = end.line > start.line ? " …" : "";
  return [
    `${gutter} ${paint("place", "-->")} ${name}:${number}:${String(columnOf(text, start.column))}${label}`,
    `${gutter} ${paint("place", "|")}`,
    `${paint("place", number)} ${paint("place", "|")} ${line}`.trimEnd(),
    `${gutter} ${paint("place", "|")} ${" ".repeat(from)}${paint(color, "^".repeat(Math.max(1, to - from)))}${more}`,
  ];
}

/** One-based column in code points, as people count. */
const columnOf = (text: string, column: number): number => [...text.slice(0, column)].length + 1;

/** The part of a line that fits, with tabs as spaces and control characters visible, and where the place lies in it. */
function cut(
  text: string,
  start: number,
  end: number,
  room: number,
): { readonly line: string; readonly from: number; readonly to: number } {
  const before = cells(text.slice(0, start), 0);
  const inside = cells(text.slice(start, end), before.length);
  const after = cells(text.slice(end), before.length + inside.length);
  const from = before.length;
  const to = from + inside.length;
  const all = [...before, ...inside, ...after];
  if (all.length <= room) return { line: all.join(""), from, to };
  // Keep the place in sight, with a third of the room before it.
  const first = Math.max(0, Math.min(from - Math.floor(room / 3), all.length - room));
  const shown = all.slice(first, first + room);
  if (first > 0) shown[0] = "…";
  if (first + room < all.length) shown[shown.length - 1] = "…";
  return { line: shown.join(""), from: from - first, to: Math.min(to - first, room) };
}

/** Text as one entry a column of the terminal. A wide character takes two: its own and an empty one. */
function cells(text: string, at: number): string[] {
  const result: string[] = [];
  for (const char of text) {
    if (char === "\t") {
      const size = TAB - ((at + result.length) % TAB);
      for (let index = 0; index < size; index += 1) result.push(" ");
      continue;
    }
    const shown = visible(char);
    if (shown !== char) result.push(...shown);
    else if (WIDE.test(char)) result.push(char, "");
    else if (!COMBINING.test(char)) result.push(char);
    else if (result.length > 0) result[result.length - 1] += char;
    else result.push(char);
  }
  return result;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{Mn}|\p{Me}/u;
const HIDDEN = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029]/gu;

/** Control, bidi and invisible characters as `\u{hex}`. */
const visible = (text: string): string =>
  text.replace(HIDDEN, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
