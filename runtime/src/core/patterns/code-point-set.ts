// Sets of code points as sorted ranges, and the ASCII classes that patterns name.
import type { CodePointRange } from "./pattern-node.ts";

export const LAST_CODE_POINT = 0x10ffff;

const range = (text: string): CodePointRange => [text.charCodeAt(0), text.charCodeAt(text.length - 1)];

export const DIGITS: readonly CodePointRange[] = [range("09")];
export const WORD: readonly CodePointRange[] = [range("09"), range("AZ"), range("_"), range("az")];
/** RE2's `\s`: tab, line feed, form feed, carriage return, space; not the vertical tab. */
export const SPACE: readonly CodePointRange[] = [
  [0x09, 0x0a],
  [0x0c, 0x0d],
  [0x20, 0x20],
];
export const NEWLINE: readonly CodePointRange[] = [[0x0a, 0x0a]];

/** Sorted, overlapping and touching ranges joined. */
export function normalizeRanges(ranges: readonly CodePointRange[]): CodePointRange[] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const result: CodePointRange[] = [];
  for (const [first, last] of sorted) {
    const previous = result.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) {
      result[result.length - 1] = [previous[0], Math.max(previous[1], last)];
    } else {
      result.push([first, last]);
    }
  }
  return result;
}

/** Every code point that is not in `ranges` (which are normalized). */
export function complement(ranges: readonly CodePointRange[]): CodePointRange[] {
  const result: CodePointRange[] = [];
  let next = 0;
  for (const [first, last] of ranges) {
    if (first > next) result.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST_CODE_POINT) result.push([next, LAST_CODE_POINT]);
  return result;
}

export function containsCodePoint(ranges: readonly CodePointRange[], codePoint: number): boolean {
  return ranges.some(([first, last]) => first <= codePoint && codePoint <= last);
}

/** `ranges` and the other case of every ASCII letter in them. */
export function foldAsciiCase(ranges: readonly CodePointRange[]): CodePointRange[] {
  const shifted = (letters: CodePointRange, by: number): CodePointRange[] =>
    ranges.flatMap(([first, last]) => {
      const low = Math.max(first, letters[0]);
      const high = Math.min(last, letters[1]);
      return low <= high ? [[low + by, high + by] as const] : [];
    });
  return normalizeRanges([...ranges, ...shifted(range("AZ"), 32), ...shifted(range("az"), -32)]);
}
