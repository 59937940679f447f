// Comments that silence findings: `// lint-ignore rule-name: why`, in YAML with `#`. The reason is not optional.
import { walkItems } from "./walk-items.ts";
import type { Module } from "../syntax/ast.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";

export interface Suppression {
  readonly span: Span;
  readonly rules: readonly string[];
  /** Findings that begin here are silenced. */
  readonly from: number;
  readonly to: number;
}
export interface BrokenSuppression {
  readonly span: Span;
  readonly problem: string;
}

const MARK = /^\s*lint-ignore\b(.*)$/s;
const FORM = /^\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)\s*:\s*(\S.*)$/s;

/** A comment after code is about its line; one on a line of its own is about what begins on the next line of code. */
export function readSuppressions(
  module: Module,
  file: SourceFile,
): { readonly found: readonly Suppression[]; readonly broken: readonly BrokenSuppression[] } {
  const found: Suppression[] = [];
  const broken: BrokenSuppression[] = [];
  for (const { span, text } of module.comments) {
    const mark = MARK.exec(text);
    if (mark === null) continue;
    const form = FORM.exec(mark[1] ?? "");
    if (form === null) {
      const named = /^\s+[a-z0-9-]+/.test(mark[1] ?? "");
      broken.push({ span, problem: named ? "says no reason" : "names no rule" });
      continue;
    }
    const rules = (form[1] ?? "").split(",").map((each) => each.trim());
    found.push({ span, rules, ...reach(module, file, span) });
  }
  return { found, broken };
}

function reach(module: Module, file: SourceFile, comment: Span): { from: number; to: number } {
  const { text } = file;
  const lineStart = text.lastIndexOf("\n", comment.start - 1) + 1;
  if (text.slice(lineStart, comment.start).trim() !== "")
    return { from: lineStart, to: lineEnd(text, comment.start) };
  let from = lineEnd(text, comment.end) + 1;
  // Other comments and empty lines may stand between; so may annotations, which belong to what follows.
  while (from < text.length && /^\s*(\/\/.*|#.*)?$/.test(text.slice(from, lineEnd(text, from))))
    from = lineEnd(text, from) + 1;
  let to = lineEnd(text, from);
  for (const span of walkItems(module))
    if (span.start >= from && span.start <= to) to = Math.max(to, span.end);
  return { from, to };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
