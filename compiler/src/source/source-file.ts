// A source file: its name, its text, and where its lines begin.

/** Zero-based line and column (UTF-16), as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export class SourceFile {
  readonly path: string;
  readonly text: string;
  #lineStarts: readonly number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  get lineStarts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      const starts = [0];
      for (let index = this.text.indexOf("\n"); index >= 0; index = this.text.indexOf("\n", index + 1))
        starts.push(index + 1);
      this.#lineStarts = starts;
    }
    return this.#lineStarts;
  }

  positionAt(offset: number): Position {
    const starts = this.lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: Math.max(0, Math.min(offset, this.text.length) - (starts[low] ?? 0)) };
  }

  offsetAt(position: Position): number {
    const start = this.lineStarts[position.line];
    return start === undefined ? this.text.length : Math.min(start + position.column, this.text.length);
  }

  /** The text of a zero-based line, without its line break. */
  lineText(line: number): string {
    const start = this.lineStarts[line] ?? this.text.length;
    const end = this.lineStarts[line + 1] ?? this.text.length + 1;
    return this.text.slice(start, end - 1).replace(/\r$/, "");
  }
}
