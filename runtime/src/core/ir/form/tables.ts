// What stands at many places of a program is written once, in a table: types, expressions, and what they read.
//
// A row refers only to rows before it, so there are no cycles. Sharing could make a small text a huge program for whatever
// walks it as a tree: the reader counts every use in full, and refuses what is larger than a text without sharing could be.
import type { Type } from "../../types/type.ts";
import type { JsonValue } from "../../values/value.ts";
import type { IrExpression, IrReads } from "../ir.ts";
import type { Codec, TableReader, TableWriter } from "./codec.ts";
import { array, index, isArray, misshapen, orEmpty, placed, row, string } from "./codec.ts";
import { expressionRow } from "./expression-row.ts";
import { typeRow } from "./type-row.ts";

/** Nesting of nodes, so that no walk over an expression can exhaust the stack. */
export const MAX_EXPRESSION_DEPTH = 256;
const MAX_TYPE_DEPTH = 512;
/**
 * Values in the tables, each counted at every place where it stands. A text of `IR_LIMITS` has fewer, even if all that it
 * holds are numbers of one digit.
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

/** Finds what was written before, by identity or by form. */
class RowsWritten<T extends object> {
  readonly rows: JsonValue[] = [];
  readonly #known = new Map<T, number>();
  readonly #byForm = new Map<string, number>();

  number(value: T, encode: () => JsonValue): number {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const json = encode();
    const form = JSON.stringify(json);
    const number = this.#byForm.get(form) ?? this.rows.push(json) - 1;
    this.#byForm.set(form, number);
    this.#known.set(value, number);
    return number;
  }
}

export class TablesWritten implements TableWriter {
  readonly #types = new RowsWritten<Type>();
  readonly #expressions = new RowsWritten<IrExpression>();
  readonly #reads = new RowsWritten<IrReads>();

  type(type: Type): number {
    return this.#types.number(type, () => typeRow.encode(type, this));
  }
  expression(node: IrExpression): number {
    return this.#expressions.number(node, () => expressionRow.encode(node, this));
  }
  reads(reads: IrReads): number {
    return this.#reads.number(reads, () => readsRow.encode(reads, this));
  }

  get rows(): Tables {
    return { types: this.#types.rows, nodes: this.#expressions.rows, reads: this.#reads.rows };
  }
}

/** The members of the document that hold the tables. */
export interface Tables {
  readonly types: JsonValue;
  readonly nodes: JsonValue;
  readonly reads: JsonValue;
}

/** Rows read so far, and what each comes to with all below it. */
class RowsRead<T> {
  readonly items: T[] = [];
  readonly sizes: number[] = [];
  readonly depths: number[] = [];
}

export class TablesRead implements TableReader {
  readonly #types = new RowsRead<Type>();
  readonly #expressions = new RowsRead<IrExpression>();
  readonly #reads = new RowsRead<IrReads>();
  /** Of the row that is being read; in the end, of the program. */
  #size = 0;
  #depth = 0;

  /** Throws a `ShapeError`. What is read from then on counts as the program's. */
  constructor({ types, nodes, reads }: Tables) {
    this.#fill("types", this.#types, types, typeRow, MAX_TYPE_DEPTH);
    this.#fill("nodes", this.#expressions, nodes, expressionRow, MAX_EXPRESSION_DEPTH);
    this.#fill("reads", this.#reads, reads, readsRow, 0);
    this.#size = 0;
  }

  type(row: JsonValue): Type {
    return this.#use(this.#types, row);
  }
  expression(row: JsonValue): IrExpression {
    return this.#use(this.#expressions, row);
  }
  reads(row: JsonValue): IrReads {
    return this.#use(this.#reads, row);
  }

  #fill<T>(member: string, rows: RowsRead<T>, json: JsonValue, codec: Codec<T>, maxDepth: number): void {
    const { items, sizes, depths } = rows;
    try {
      if (!isArray(json)) return misshapen("expected an array");
      try {
        for (const row of json) {
          this.#size = sizeOf(row);
          this.#depth = 0;
          const item = codec.decode(row, this);
          if (this.#depth > maxDepth) misshapen("nested too deep");
          items.push(item);
          sizes.push(this.#size);
          depths.push(this.#depth);
        }
      } catch (error) {
        throw placed(error, items.length);
      }
    } catch (error) {
      throw placed(error, member);
    }
  }

  #use<T>({ items, sizes, depths }: RowsRead<T>, row: JsonValue): T {
    const item = typeof row === "number" ? items[row] : undefined;
    if (item === undefined) return misshapen("expected the number of a row before");
    const at = row as number;
    this.#size += sizes[at] ?? 0;
    if (this.#size > MAX_PROGRAM_SIZE) misshapen("too large when written in full");
    this.#depth = Math.max(this.#depth, (depths[at] ?? 0) + 1);
    return item;
  }
}

/** Values in the row itself; long texts count for more. */
function sizeOf(json: JsonValue): number {
  if (typeof json === "string") return 1 + (json.length >> 4);
  if (!isArray(json)) return 1;
  let size = 1;
  for (const item of json) size += sizeOf(item);
  return size;
}
