// Facts about a pattern's tree: empty matches, size, and whether it may be used for redaction.
import { containsCodePoint } from "./code-point-set.ts";
import type { PatternNode } from "./pattern-node.ts";

/** The block that a redacted span becomes; no pattern for redaction may match it. */
export const REDACTION_MARK = 0x2588;

/** True when the pattern may match the empty text (assertions are taken to hold). */
export function matchesEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case "set":
      return false;
    case "assert":
      return true;
    case "repeat":
      return node.min === 0 || matchesEmpty(node.of);
    case "sequence":
      return node.items.every(matchesEmpty);
    case "choice":
      return node.options.some(matchesEmpty);
  }
}

/** The largest product of nested bounded repetitions. */
export function repeatProduct(node: PatternNode): number {
  switch (node.kind) {
    case "set":
    case "assert":
      return 1;
    case "repeat":
      return Math.max(node.max ?? node.min, 1) * repeatProduct(node.of);
    case "sequence":
      return Math.max(1, ...node.items.map(repeatProduct));
    case "choice":
      return Math.max(1, ...node.options.map(repeatProduct));
  }
}

/** Number of steps of a machine for it, bounded repetitions written out. */
export function programSize(node: PatternNode): number {
  const sum = (nodes: readonly PatternNode[]): number =>
    nodes.reduce((total, each) => total + programSize(each), 0);
  switch (node.kind) {
    case "set":
    case "assert":
      return 1;
    case "repeat":
      return Math.max(node.max ?? node.min, 1) * (programSize(node.of) + 1);
    case "sequence":
      return sum(node.items) + 1;
    case "choice":
      return sum(node.options) + node.options.length;
  }
}

/** Why the pattern may not say what to redact; null when it may. */
export function redactionProblem(node: PatternNode): string | null {
  if (matchesEmpty(node)) return "a pattern for redaction must not match the empty text";
  return localRedactionProblem(node);
}

function localRedactionProblem(node: PatternNode): string | null {
  switch (node.kind) {
    case "set":
      return containsCodePoint(node.ranges, REDACTION_MARK)
        ? "a pattern for redaction must not match U+2588: list the characters instead of `.` or a negation"
        : null;
    case "assert":
      return "a pattern for redaction has no `^`, `$` or `\\b`";
    case "repeat":
      return localRedactionProblem(node.of);
    case "sequence":
      return firstProblem(node.items);
    case "choice":
      return firstProblem(node.options);
  }
}

function firstProblem(nodes: readonly PatternNode[]): string | null {
  for (const node of nodes) {
    const problem = localRedactionProblem(node);
    if (problem !== null) return problem;
  }
  return null;
}
