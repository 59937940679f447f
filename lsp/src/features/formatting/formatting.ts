// Formats a file, or the part of it that stands in a range: the smallest edits that lead to the formatted text.
import { formatText, frontEndOf, type SourceFile } from "@aegis/compiler";

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Empty when the file is formatted, has mistakes, or is no Aegis text. */
export function formatFile(file: SourceFile): readonly Replacement[] {
  if (frontEndOf(file.path).name !== "aegis") return [];
  return lineEdits(file.text, formatText(file).text);
}

/** Those of the edits that touch the lines of a range. */
export const formatRange = (file: SourceFile, start: number, end: number): readonly Replacement[] =>
  formatFile(file).filter((each) => each.start <= end && each.end >= start);

/** What typing a closing brace or a new line finishes: the lines of the declaration before the offset. */
export function formatTyped(file: SourceFile, offset: number, typed: string): readonly Replacement[] {
  const line = file.positionAt(offset).line;
  const from = typed === "}" ? openingLine(file, offset) : Math.max(0, line - 1);
  const start = file.offsetAt({ line: from, column: 0 });
  const end = typed === "}" ? offset : file.offsetAt({ line, column: 0 }) - 1;
  return formatRange(file, start, end).filter((each) => each.start >= start && each.end <= end);
}

/** The line of the brace that the one before the offset closes. */
function openingLine(file: SourceFile, offset: number): number {
  let depth = 0;
  for (let line = file.positionAt(offset).line; line >= 0; line -= 1) {
    const start = file.lineStarts[line] ?? 0;
    // Braces in texts and comments do not count.
    const code = file.text.slice(start, Math.min(offset, start + file.lineText(line).length));
    const bare = code.replace(/"(?:[^"\\]|\\.)*"?|`[^`]*`|\/\/.*$/g, "");
    for (const char of [...bare].reverse()) {
      if (char === "}") depth += 1;
      if (char === "{" && --depth === 0) return line;
    }
  }
  return 0;
}

/** Replaces runs of lines that differ; lines that both texts share stay untouched, so that cursors and marks do. */
export function lineEdits(before: string, after: string): readonly Replacement[] {
  if (before === after) return [];
  const a = before.split("\n");
  const b = after.split("\n");
  const edits: Replacement[] = [];
  const starts: number[] = [];
  let offset = 0;
  for (const line of a) {
    starts.push(offset);
    offset += line.length + 1;
  }
  const startOf = (line: number): number => starts[line] ?? before.length;
  const replace = (fromA: number, toA: number, fromB: number, toB: number): void => {
    const last = toA >= a.length;
    const newText = b.slice(fromB, toB).join("\n");
    // Whole lines, but for the end of the text, which has no line break.
    if (!last)
      edits.push({ start: startOf(fromA), end: startOf(toA), newText: toB > fromB ? `${newText}\n` : "" });
    else if (fromA === 0) edits.push({ start: 0, end: before.length, newText });
    else
      edits.push({
        start: startOf(fromA) - 1,
        end: before.length,
        newText: toB > fromB ? `\n${newText}` : "",
      });
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i += 1;
      j += 1;
      continue;
    }
    const meet = nextMeeting(a, b, i, j);
    replace(i, meet.i, j, meet.j);
    ({ i, j } = meet);
  }
  return edits;
}

/** How many lines are looked ahead for lines that both texts share. */
const LOOK_AHEAD = 60;

/** The nearest place after (i, j) where a line is the same in both, or the ends. */
function nextMeeting(
  a: readonly string[],
  b: readonly string[],
  i: number,
  j: number,
): { i: number; j: number } {
  for (let distance = 1; distance <= LOOK_AHEAD; distance += 1)
    for (let down = 0; down <= distance; down += 1) {
      const [x, y] = [i + down, j + distance - down];
      if (x >= a.length || y >= b.length) continue;
      // A brace is found anywhere: the line after it has to be the same too.
      const long = (a[x]?.trim().length ?? 0) > 1;
      const alike = a[x] === b[y] && a[x]?.trim() !== "" && (long || a[x + 1] === b[y + 1]);
      if (alike) return { i: x, j: y };
    }
  return { i: a.length, j: b.length };
}
