// Tests of diagnostics: the expectation stands in the text under test, below the words that it speaks of.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { parseModule } from "../frontends/aegis/parse.ts";
import { SourceFile } from "../source/source-file.ts";

/**
 * One expected diagnostic. In the text it is a comment:
 *
 *     deny x: git.psh
 *             // ^^^ name/unknown-action      carets stand under the words of the line above
 *     deny y: git.push    //~ policy/never-matches did you mean   on that line; the words are part of message or help
 */
export interface ExpectedDiagnostic {
  readonly code: string;
  /** Zero-based. */
  readonly line: number;
  /** Columns under which the carets stand; null when only the line is told. A single caret only tells the start. */
  readonly columns: { readonly start: number; readonly end: number } | null;
  /** A part of the message or the help, or empty. */
  readonly words: string;
}

const CARETS = /^\s*\/\/\s*(\^+)\s+([a-z-]+\/[a-z-]+)\s*(.*)$/;
const TILDE = /\/\/~\s*([a-z-]+\/[a-z-]+)\s*(.*)$/;

/** Reads the expectations; the text is left as it is, because they are comments in it. */
export function readExpectations(text: string): ExpectedDiagnostic[] {
  const expected: ExpectedDiagnostic[] = [];
  let code = 0;
  text.split("\n").forEach((content, line) => {
    const carets = CARETS.exec(content);
    const [, marks = "", slug = "", words = ""] = carets ?? [];
    if (carets !== null) {
      const start = content.indexOf("^");
      expected.push({
        code: slug,
        line: code,
        columns: { start, end: start + marks.length },
        words: words.trim(),
      });
      return;
    }
    code = line;
    const tilde = TILDE.exec(content);
    if (tilde !== null)
      expected.push({ code: tilde[1] ?? "", line, columns: null, words: (tilde[2] ?? "").trim() });
  });
  return expected;
}

/** What a checker under test does with a file. */
export type DiagnosticsOf = (file: SourceFile) => readonly Diagnostic[];

/** The parser alone. */
export const parserDiagnostics: DiagnosticsOf = (file) => parseModule(file).diagnostics;

/** Makes `check(source)`: throws when the diagnostics differ from those that the text expects, in number, place or code. */
export const fixtureCheck =
  (diagnosticsOf: DiagnosticsOf, path = "test.aegis") =>
  (source: string): readonly Diagnostic[] => {
    const text = unindent(source);
    const file = new SourceFile(path, text);
    const found = diagnosticsOf(file);
    const expected = readExpectations(text);
    const missing = [...expected];
    const extra = found.filter((diagnostic) => {
      const index = missing.findIndex((each) => meets(diagnostic, each, file));
      if (index < 0) return true;
      missing.splice(index, 1);
      return false;
    });
    if (extra.length > 0 || missing.length > 0) throw new Error(explain(file, extra, missing));
    return found;
  };

function meets(diagnostic: Diagnostic, expected: ExpectedDiagnostic, file: SourceFile): boolean {
  if (diagnostic.code !== expected.code) return false;
  if (!`${diagnostic.message}\n${diagnostic.help ?? ""}`.includes(expected.words)) return false;
  const start = file.positionAt(diagnostic.span.start);
  if (start.line !== expected.line) return false;
  if (expected.columns === null) return true;
  const end = file.positionAt(diagnostic.span.end);
  const width = expected.columns.end - expected.columns.start;
  if (start.column !== expected.columns.start) return false;
  // A caret has to stand somewhere: one of them is also the mark of an empty place.
  return width === 1 || (end.line === start.line && end.column === expected.columns.end);
}

function explain(
  file: SourceFile,
  extra: readonly Diagnostic[],
  missing: readonly ExpectedDiagnostic[],
): string {
  const lines = extra.map(({ code, message, help, span }) => {
    const { line, column } = file.positionAt(span.start);
    const mark = `${" ".repeat(column)}${"^".repeat(Math.max(1, span.end - span.start))}`;
    return `not expected, ${line + 1}:${column + 1} ${code}: ${message} (${help ?? "no help"})\n    ${file.lineText(line)}\n    ${mark}`;
  });
  for (const each of missing) {
    const column = each.columns === null ? "" : `:${each.columns.start + 1}-${each.columns.end + 1}`;
    lines.push(`expected and not found, ${each.line + 1}${column} ${each.code} ${each.words}`);
  }
  return `the diagnostics are not those that the text expects\n${lines.join("\n")}`;
}

/** Takes off the indentation that all lines share, so that fixtures can stand indented in tests. */
export function unindent(text: string): string {
  const lines = text.replace(/^[ \t]*\n/, "").split("\n");
  const depths = lines.filter((each) => each.trim() !== "").map((each) => /^ */.exec(each)?.[0].length ?? 0);
  const depth = Math.min(...depths, Number.MAX_SAFE_INTEGER);
  return lines.map((each) => each.slice(Math.min(depth, each.length))).join("\n");
}
