// Offsets to the protocol's lines and characters, and back.
import type { SourceFile } from "@aegis/compiler";
import type { Position, Range } from "vscode-languageserver";

export function positionOf(file: SourceFile, offset: number): Position {
  const { line, column } = file.positionAt(offset);
  return { line, character: column };
}

export const rangeOf = (
  file: SourceFile,
  { start, end }: { readonly start: number; readonly end: number },
): Range => ({
  start: positionOf(file, start),
  end: positionOf(file, end),
});

/** A character behind the end of its line is the end of the line. */
export function offsetOf(file: SourceFile, { line, character }: Position): number {
  const start = file.lineStarts[line];
  if (start === undefined) return file.text.length;
  const next = file.lineStarts[line + 1];
  return Math.min(start + character, next === undefined ? file.text.length : next - 1);
}
