// Patterns in Rego. A long one becomes a list of its alternatives, a few a line: people can read that, and engines that bound the
// length of a line or the size of a pattern take it.
import { parsePattern, printPattern } from "@aegis/runtime/core";
import { rawPieces } from "@aegis/runtime/facts";
import type { Body } from "./body.ts";
import { block, regoPattern } from "./print-rego.ts";

/** Characters of a pattern that still stands on one line. */
const LINE = 400;

/** Lines that bind the pattern, and its term; where the term stands for several patterns, one after the other is tried. */
export function writePattern(
  source: string,
  body: Body,
): { readonly lines: readonly string[]; readonly term: string } {
  if (source.length <= LINE) return { lines: [], term: regoPattern(source) };
  const patterns = alternatives(source).map(writeText);
  const [only] = patterns;
  const term = body.fresh("p");
  return patterns.length === 1 && only !== undefined
    ? { lines: [`${term} := ${only}`], term }
    : { lines: [`some ${term} in ${block("[]", patterns)}`], term };
}

/** Patterns of which one matches wherever the whole does. */
function alternatives(source: string): readonly string[] {
  const parsed = parsePattern(source);
  if (!parsed.ok || parsed.ast.kind !== "choice") return [source];
  const groups: string[] = [];
  for (const option of parsed.ast.options.map(printPattern)) {
    const last = groups.at(-1);
    if (last !== undefined && last.length + option.length < LINE)
      groups[groups.length - 1] = `${last}|${option}`;
    else groups.push(option);
  }
  return groups;
}

/** One pattern that may be longer than a line. */
function writeText(pattern: string): string {
  const pieces = rawPieces(pattern).map(regoPattern);
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : `concat("", ${block("[]", pieces)})`;
}
