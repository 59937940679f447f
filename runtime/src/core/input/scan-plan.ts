// What the byte scanner goes by: the words and the fields of a program, made ready once.
import type { NotOfType } from "../values/const-value.ts";
import type { Value } from "../values/value.ts";
import type { Names } from "./names.ts";

/** Words to be found by their bytes. */
export interface Words {
  readonly words: readonly string[];
  /** The bytes of all, four by four. */
  readonly fours: Int32Array;
  /** Where a word is looked for, three numbers each: its length (-1: no word), its index, where its bytes begin in `fours`. */
  readonly places: Int32Array;
  /** One less than there are places. */
  readonly mask: number;
  readonly longest: number;
  /** How many places are looked at for a word. */
  readonly steps: number;
}

/** A place in the text that was begun last. */
export class Cursor {
  /** Of the byte to be read next. */
  at = 0;
  readonly words: Words;

  constructor(words: Words) {
    this.words = words;
  }
}

/** Reads the value that begins at the next byte; `depth` is how many arrays and objects it lies in. */
export type ScanValue = (cursor: Cursor, depth: number) => Value | NotOfType;

/** A declared field of an object. */
export interface ScanField {
  readonly scan: ScanValue;
  /** Any string will do; there may be null in its place. */
  readonly text: boolean;
  /** Nothing reads it: a text need not be made. */
  readonly unread: boolean;
}

/** An object of declared fields. */
export interface ScanPlan {
  readonly names: Names;
  readonly known: ReadonlySet<string>;
  readonly fields: readonly ScanField[];
  /** What stands in the slot of a field that is not there; NOT_OF_TYPE where it must be. */
  readonly absent: readonly (Value | NotOfType)[];
  /** A slot for each field. */
  readonly empty: readonly (Value | NotOfType)[];
  /** Members of other names are skipped. */
  readonly open: boolean;
}
