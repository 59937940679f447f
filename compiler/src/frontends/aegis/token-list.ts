// The tokens of a text: kinds, and a row of numbers each; the text of a token is cut out when it is asked for.
import { type Kind, NOTE } from "./tokens.ts";

const START = 0;
const END = 1;
const NOTES = 2;
const WIDTH = 3;

/** Tokens by number, from 0; behind the last one stands `End`, at the end of the text. */
export class TokenList {
  readonly text: string;
  readonly #kinds: Kind[] = [];
  #rows: Int32Array;
  readonly #docs = new Map<number, string>();

  constructor(text: string) {
    this.text = text;
    this.#rows = new Int32Array(WIDTH * (8 + (text.length >> 2)));
  }

  /** How many there are, without `End`. */
  get length(): number {
    return this.#kinds.length;
  }

  /** `notes` are bits of `NOTE`; `doc` is the text of the `///` lines right before it. */
  add(kind: Kind, start: number, end: number, notes: number, doc: string | null): void {
    const at = this.#kinds.length;
    const row = at * WIDTH;
    if (row + WIDTH > this.#rows.length) this.#grow();
    this.#kinds.push(kind);
    this.#rows[row + START] = start;
    this.#rows[row + END] = end;
    this.#rows[row + NOTES] = notes;
    if (doc !== null) this.#docs.set(at, doc);
  }
  #grow(): void {
    const rows = new Int32Array(this.#rows.length * 2);
    rows.set(this.#rows);
    this.#rows = rows;
  }

  kind(at: number): Kind {
    return at < this.#kinds.length ? (this.#kinds[at] ?? "End") : "End";
  }
  start(at: number): number {
    return at < this.#kinds.length ? (this.#rows[at * WIDTH + START] ?? 0) : this.text.length;
  }
  end(at: number): number {
    return at < this.#kinds.length ? (this.#rows[at * WIDTH + END] ?? 0) : this.text.length;
  }
  image(at: number): string {
    return this.text.slice(this.start(at), this.end(at));
  }
  /** Whether any of `bits` of `NOTE` is set. */
  has(at: number, bits: number): boolean {
    return at < this.#kinds.length && ((this.#rows[at * WIDTH + NOTES] ?? 0) & bits) !== 0;
  }
  /** Open braces before it. */
  depth(at: number): number {
    return at < this.#kinds.length ? Math.floor((this.#rows[at * WIDTH + NOTES] ?? 0) / NOTE.depth) : 0;
  }
  doc(at: number): string | null {
    return this.#docs.get(at) ?? null;
  }
}
