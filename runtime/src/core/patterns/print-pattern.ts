// Prints a pattern's tree as its one canonical RE2 spelling, in ASCII.
import { complement, LAST_CODE_POINT } from "./code-point-set.ts";
import type { CodePointRange, PatternNode } from "./pattern-node.ts";

export function printPattern(node: PatternNode): string {
  switch (node.kind) {
    case "set":
      return printSet(node.ranges);
    case "sequence":
      return node.items.map(printItem).join("");
    case "choice":
      return node.options.map(printPattern).join("|");
    case "repeat":
      return printRepeated(node.of) + printCounts(node.min, node.max) + (node.lazy ? "?" : "");
    case "assert":
      return node.what === "start" ? "^" : node.what === "end" ? "$" : "\\b";
  }
}

const group = (text: string): string => `(?:${text})`;

/** In a sequence only a choice needs a group. */
function printItem(node: PatternNode): string {
  return node.kind === "choice" ? group(printPattern(node)) : printPattern(node);
}

function printRepeated(node: PatternNode): string {
  return node.kind === "set" ? printSet(node.ranges) : group(printPattern(node));
}

function printCounts(min: number, max: number | null): string {
  if (max === null) return min === 0 ? "*" : min === 1 ? "+" : `{${String(min)},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${String(min)}}` : `{${String(min)},${String(max)}}`;
}

function printSet(ranges: readonly CodePointRange[]): string {
  const [first] = ranges;
  if (ranges.length === 1 && first !== undefined && first[0] === first[1]) return printCharacter(first[0]);
  const negated = ranges.at(-1)?.[1] === LAST_CODE_POINT && complement(ranges).length > 0;
  const shown = negated ? complement(ranges) : ranges;
  return `[${negated ? "^" : ""}${shown.map(printRange).join("")}]`;
}

function printRange([first, last]: CodePointRange): string {
  const dash = last > first + 1 ? "-" : "";
  return printCharacter(first) + (last > first ? dash + printCharacter(last) : "");
}

/** Letters and digits stand for themselves, other printable ASCII is escaped, the rest is a number; so is the back-quote, which ends a raw string in Rego. */
function printCharacter(codePoint: number): string {
  if (codePoint < 0x20 || codePoint > 0x7e || codePoint === 0x60) return `\\x{${codePoint.toString(16)}}`;
  const text = String.fromCodePoint(codePoint);
  return /^[A-Za-z0-9_ ]$/.test(text) ? text : `\\${text}`;
}
