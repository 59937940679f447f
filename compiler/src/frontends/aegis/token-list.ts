// The tokens of a text: kinds, and a row of numbers each; the text of a token is cut out when it is asked for.
import type { Span } from "../../source/span.ts";
import type { Place } from "./place.ts";
import { type Kind, NOTE } from "./tokens.ts";

/** Where what stands in the row of a token, and how wide the row is. */
export const START = 0;
export const END = 1;
export const NOTES = 2;
export const WIDTH = 3;

/**
 * Tokens by number, from 0; behind the last one stands `End`, at the end of the text. Asked many times for each token: its
 * members are not `#private`, for those are found more slowly.
 */
export class TokenList {
  readonly text: string;
  /** Without `End`. */
  readonly kinds: readonly Kind[];
  private readonly rows: Int32Array;
  private readonly docs: ReadonlyMap<number, string>;

  /** `rows` has one for `End`, and may go on with zeros; `docs` are texts of the `///` lines right before a token. */
  constructor(text: string, kinds: readonly Kind[], rows: Int32Array, docs: ReadonlyMap<number, string>) {
    this.text = text;
    this.kinds = kinds;
    this.rows = rows;
    this.docs = docs;
  }

  /** How many there are, without `End`. */
  get length(): number {
    return this.kinds.length;
  }

  kind(at: number): Kind {
    return this.kinds[at] ?? "End";
  }
  start(at: number): number {
    return at < this.kinds.length ? (this.rows[at * WIDTH + START] ?? 0) : this.text.length;
  }
  end(at: number): number {
    return at < this.kinds.length ? (this.rows[at * WIDTH + END] ?? 0) : this.text.length;
  }
  /** From the start of `first` to the end of `last`, in the file that `place` says; no further than `End`. */
  between(first: number, last: number, place: Place): Span {
    const { rows } = this;
    return place.span(rows[first * WIDTH + START] ?? 0, rows[last * WIDTH + END] ?? 0);
  }
  image(at: number): string {
    const { rows } = this;
    return this.text.slice(rows[at * WIDTH + START] ?? 0, rows[at * WIDTH + END] ?? 0);
  }
  /** Whether any of `bits` of `NOTE` is set. */
  has(at: number, bits: number): boolean {
    return ((this.rows[at * WIDTH + NOTES] ?? 0) & bits) !== 0;
  }
  /** Open braces before it. */
  depth(at: number): number {
    return Math.floor((this.rows[at * WIDTH + NOTES] ?? 0) / NOTE.depth);
  }
  doc(at: number): string | null {
    return this.docs.get(at) ?? null;
  }
}
