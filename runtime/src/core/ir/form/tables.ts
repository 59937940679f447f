// What stands at many places of a program is written once, in a table: types, expressions, and what they read.
//
// A row refers only to rows before it, so there are no cycles. Sharing could make a small text a huge program for whatever
// walks it as a tree: the reader counts every use in full, and refuses what is larger than a text without sharing could be.
import type { Type } from "../../types/type.ts";
import type { JsonValue } from "../../values/value.ts";
import type { IrExpression, IrReads } from "../ir.ts";
import type { Codec, TableReader, TableWriter } from "./codec.ts";
import {
  ShapeError,
  array,
  index,
  isArray,
  listed,
  misshapen,
  orEmpty,
  placed,
  row,
  string,
} from "./codec.ts";
import { expressionRow } from "./expression-row.ts";
import { typeRow } from "./type-row.ts";

/** Nesting of nodes, so that no walk over an expression can exhaust the stack. */
export const MAX_EXPRESSION_DEPTH = 256;
const MAX_TYPE_DEPTH = 512;
/** What a row counts for without texts, lists and rows that it names. */
const ROW_SIZE = 4;
/**
 * Values in the tables, each counted at every place where it stands. A text of `IR_LIMITS` that shares nothing has fewer,
 * even if all that it holds are numbers of one digit.
 */
export const MAX_PROGRAM_SIZE = 33_554_432;

const fact = row(
  [string, string],
  (value: IrReads["facts"][number]) => [value.path, value.fact],
  (path, name) => ({ path, fact: name }),
);
const readsRow: Codec<IrReads> = row(
  [orEmpty(array(index)), orEmpty(array(index)), orEmpty(array(fact)), orEmpty(array(string))],
  ({ labels, counters, facts, context }: IrReads) => [labels, counters, facts, context],
  (labels, counters, facts, context) => ({ labels, counters, facts, context }),
);

/** Finds what was written before, by identity or by its text. */
class RowsWritten<T extends object> {
  readonly #known = new Map<T, number>();
  /** In the order of the rows. */
  readonly #byText = new Map<string, number>();

  number(value: T): number | undefined {
    return this.#known.get(value);
  }

  write(value: T, text: string): number {
    const number = this.#byText.get(text) ?? this.#byText.size;
    if (number === this.#byText.size) this.#byText.set(text, number);
    this.#known.set(value, number);
    return number;
  }

  get text(): string {
    return listed([...this.#byText.keys()]);
  }
}

export class TablesWritten implements TableWriter {
  readonly #types = new RowsWritten<Type>();
  readonly #nodes = new RowsWritten<IrExpression>();
  readonly #reads = new RowsWritten<IrReads>();

  type(type: Type): number {
    return this.#types.number(type) ?? this.#types.write(type, typeRow.encode(type, this));
  }
  expression(node: IrExpression): number {
    return this.#nodes.number(node) ?? this.#nodes.write(node, expressionRow.encode(node, this));
  }
  reads(reads: IrReads): number {
    return this.#reads.number(reads) ?? this.#reads.write(reads, readsRow.encode(reads, this));
  }

  /** The tables as they stand in the document, by their members. */
  get texts(): { readonly [Member in keyof Tables]: string } {
    return { types: this.#types.text, nodes: this.#nodes.text, reads: this.#reads.text };
  }
}

/** The members of the document that hold the tables. */
export interface Tables {
  readonly types: JsonValue;
  readonly nodes: JsonValue;
  readonly reads: JsonValue;
}

export interface TablesRead extends TableReader {
  /** Throws a `ShapeError` when all that was read since the tables comes to too much. */
  checkSize(): void;
  /** Reads the rows that nothing has named, so that all have their shape. A pause after every few of them. */
  rest(): Generator<void, void, void>;
}

/** Rows that are read between two pauses. */
const STEP = 250;

/**
 * A row is read when something first names it. Throws a `ShapeError`, and then is of no more use. Functions over variables
 * and loops by index, here and in what reads rows: private members and iterators cost more than all else where V8 still
 * interprets.
 */
export function readTables({ types, nodes, reads }: Tables): TablesRead {
  /** Of the row that is being read; in the end, of the program. */
  let size = 0;
  let depth = 0;
  const checkSize = (): void => {
    // Sums of so many bounded sizes are exact.
    if (size > MAX_PROGRAM_SIZE) misshapen("too large when written in full");
  };

  /** Rows read so far, and what each comes to with all below it. */
  function table<T>(
    member: string,
    json: JsonValue,
    codec: Codec<T>,
    maxDepth: number,
  ): { readonly length: number; readonly read: (at: number) => T; readonly use: TableUse<T> } {
    if (!isArray(json)) throw placed(new ShapeError("expected an array"), member);
    const rows = json;
    const { length } = rows;
    // Own places, or what others put on `Object.prototype` would be found.
    const items: (T | undefined)[] = new Array<undefined>(length).fill(undefined);
    const sizes: number[] = new Array<number>(length).fill(0);
    const depths: number[] = new Array<number>(length).fill(0);
    /** A row names only rows before it. */
    let before = length;
    /** Rows that are being read, each because the one before names it: as many as they are nested. */
    let level = 0;
    function read(at: number): T {
      const known = items[at];
      if (known !== undefined) return known;
      const outerSize = size;
      const outerDepth = depth;
      const outerBefore = before;
      size = ROW_SIZE;
      depth = 0;
      before = at;
      try {
        if (level++ > maxDepth) misshapen("nested too deep");
        const item = codec.decode(rows[at], reader);
        if (depth > maxDepth) misshapen("nested too deep");
        if (size > MAX_PROGRAM_SIZE) checkSize();
        items[at] = item;
        sizes[at] = size;
        depths[at] = depth;
        level--;
        size = outerSize;
        depth = outerDepth;
        before = outerBefore;
        return item;
      } catch (error) {
        throw inRow(error, member, at);
      }
    }
    return {
      length,
      read,
      use(row) {
        if (typeof row !== "number" || !(row >= 0 && row < before) || !Number.isInteger(row))
          return misshapen("expected the number of a row before");
        const item = items[row] ?? read(row);
        size += sizes[row] ?? 0;
        const below = depths[row] ?? 0;
        if (below >= depth) depth = below + 1;
        return item;
      },
    };
  }

  const typeTable = table<Type>("types", types, typeRow, MAX_TYPE_DEPTH);
  const nodeTable = table<IrExpression>("nodes", nodes, expressionRow, MAX_EXPRESSION_DEPTH);
  const readsTable = table<IrReads>("reads", reads, readsRow, 0);
  const reader: TablesRead = {
    type: typeTable.use,
    expression: nodeTable.use,
    reads: readsTable.use,
    holds(more) {
      size += more;
    },
    checkSize,
    *rest() {
      for (const { length, read } of [nodeTable, readsTable])
        for (let at = 0; at < length; at++) {
          read(at);
          if (at % STEP === STEP - 1) yield;
        }
    },
  };
  // In order, so that none is read because of another: their nesting may be deeper than a stack bears.
  for (let at = 0; at < typeTable.length; at++) typeTable.read(at);
  return reader;
}

type TableUse<T> = (row: JsonValue | undefined) => T;

/** The error of a row: wherever it is named, its place is its own. */
function inRow(error: unknown, member: string, at: number): unknown {
  placed(placed(error, at), member);
  if (error instanceof ShapeError) error.whole = true;
  return error;
}
