// What is told once a first mistake is mended, if it is still there: mistakes that only follow from another one.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";
import type { Module } from "../syntax/ast.ts";

/** A diagnostic of `code` says nothing new where one of `of` stands in the same file, or on the same line of it. */
interface Echo {
  readonly code: string;
  readonly of: readonly string[];
  readonly within: "file" | "line";
}

/**
 * Say nothing where a file of theirs does not parse: a broken head names no package, and rules whose policy is broken lack
 * its `for`, so that they seem to cover each other and those of other files.
 */
const OF_BROKEN_FILES: ReadonlySet<string> = new Set([
  "name/missing-package",
  "policy/duplicate-rule",
  "policy/never-grants",
  "policy/never-matches",
]);

const FAILED_IMPORT = ["name/unknown-import", "name/unknown-package"];
const FAILED_TYPE = ["name/unknown-type", "tools/unknown-refined-action", "tools/unknown-refined-field"];
const UNKNOWN = ["type/unknown-name", "type/unknown-argument"];
const MISSPELT = [
  ...UNKNOWN,
  "type/unknown-function",
  "type/not-a-label",
  "name/unknown-type",
  "name/unknown-group",
  "name/unknown-policy",
  "tools/unknown-tool",
  "policy/exception-rule",
  "test/unknown-rule",
];

const ECHOES: readonly Echo[] = [
  // What an import did not bring is missing wherever it is used.
  { code: "policy/having-none", of: [...FAILED_IMPORT, "tools/unknown-tool"], within: "file" },
  { code: "test/unknown-action", of: FAILED_IMPORT, within: "file" },
  { code: "tools/unknown-tool", of: FAILED_IMPORT, within: "file" },
  { code: "type/unknown-name", of: ["declaration/unknown-input"], within: "file" },
  // The import that a misspelt name was meant to use.
  { code: "name/unused-import", of: MISSPELT, within: "file" },
  // A type that is not known stands for none, and what it should have narrowed is not narrowed.
  { code: "type/mismatch", of: FAILED_TYPE, within: "file" },
  { code: "state/key-type", of: FAILED_TYPE, within: "line" },
  { code: "declaration/no-constant-type", of: FAILED_TYPE, within: "line" },
  { code: "type/no-value", of: FAILED_TYPE, within: "file" },
  // An expression that is not understood has no type, and reads nothing.
  { code: "type/mismatch", of: UNKNOWN, within: "line" },
  { code: "state/settle-phase", of: UNKNOWN, within: "line" },
  { code: "type/unknown-argument", of: ["policy/having"], within: "line" },
  { code: "test/bad-value", of: ["test/unknown-code"], within: "line" },
];

/** Without those that only follow from another one; given and left in the order of places. */
export function withoutEchoes(
  diagnostics: readonly Diagnostic[],
  files: ReadonlyMap<string, SourceFile>,
  modules: readonly Module[],
): readonly Diagnostic[] {
  if (diagnostics.length < 2) return diagnostics;
  const lineOf = (span: Span, at = span.start): number => files.get(span.file)?.positionAt(at).line ?? 0;
  const echoes = new Set<Diagnostic>();
  const byFile = new Map<string, Diagnostic[]>();
  for (const each of diagnostics) {
    const own = byFile.get(each.span.file);
    if (own === undefined) byFile.set(each.span.file, [each]);
    else own.push(each);
  }
  const broken = new Set(
    diagnostics.filter((each) => isError(each) && isSyntax(each)).map(({ span }) => span.file),
  );
  for (const each of diagnostics) {
    const places = [each.span, ...(each.related ?? []).map(({ span }) => span)];
    if (OF_BROKEN_FILES.has(each.code) && places.some(({ file }) => broken.has(file))) echoes.add(each);
  }
  for (const [file, own] of byFile) {
    for (const each of meaningless(own, lineOf)) echoes.add(each);
    const items = modules.find((module) => module.file === file)?.items ?? [];
    for (const each of lost(own.filter(isError).filter(isSyntax), items, lineOf)) echoes.add(each);
  }
  return echoes.size === 0 ? diagnostics : diagnostics.filter((each) => !echoes.has(each));
}

type LineOf = (span: Span, at?: number) => number;

/** By the table, among the diagnostics of one file. */
function* meaningless(own: readonly Diagnostic[], lineOf: LineOf): Generator<Diagnostic> {
  const lines = new Map<string, Set<number>>();
  for (const { code, span } of own.filter(isError))
    lines.set(code, (lines.get(code) ?? new Set()).add(lineOf(span)));
  for (const each of own)
    for (const { code, of, within } of ECHOES) {
      if (code !== each.code) continue;
      if (
        of.some((cause) => (within === "file" ? lines.has(cause) : lines.get(cause)?.has(lineOf(each.span))))
      )
        yield each;
    }
}

/** After a mistake the parser needs a while to find its way: what it says meanwhile, among the errors of one file. */
function* lost(
  errors: readonly Diagnostic[],
  items: readonly { readonly span: Span }[],
  lineOf: LineOf,
): Generator<Diagnostic> {
  const precise = errors.filter((each) => each.code !== "syntax/unclosed");
  const last = precise.at(-1)?.span.start ?? -1;
  // Where a brace is missing is told better by what cannot stand behind the place.
  for (const each of errors) if (each.code === "syntax/unclosed" && each.span.start < last) yield each;
  let next = 0;
  for (const [index, each] of precise.entries()) {
    const { code, span } = each;
    const before = precise[index - 1]?.span;
    while ((items[next]?.span.start ?? Infinity) <= (before?.start ?? -1)) next += 1;
    if (before === undefined) continue;
    const nothingBetween = (items[next]?.span.start ?? Infinity) >= span.start;
    if (lineOf(before, before.end) === lineOf(span) || (code === "syntax/unknown-word" && nothingBetween))
      yield each;
  }
}

const isError = ({ severity }: Diagnostic): boolean => severity === "error";
const isSyntax = ({ code }: Diagnostic): boolean => code.startsWith("syntax/");
