// The tables of a policy as they stand in memory: text and nodes, each stored once.
import { ByteWriter } from "./byte-writer.ts";

/** A value of 64 bits as its lower and upper half: a number, or a text as address and length. */
export type Wide = readonly [low: number, high: number];

export const ABSENT: Wide = [0, 0x8000_0000];
export const BAD: Wide = [1, 0x8000_0000];
export const NONE: Wide = [0, 0];

/** A whole number within ±2^53. */
export function wide(value: number): Wide {
  const high = Math.floor(value / 4_294_967_296);
  return [value - high * 4_294_967_296, high >>> 0];
}

/** Behind the words that are there: the two of a value. */
export function put(words: number[], value: Wide): void {
  words.push(value[0], value[1]);
}

export class DataImage {
  readonly #base: number;
  readonly #writer = new ByteWriter(16_384);
  readonly #texts = new Map<string, Wide>();
  readonly #words = new Map<string, number>();

  /** `base` is the address of the first byte. */
  constructor(base: number) {
    this.#base = base;
  }

  get end(): number {
    return this.#base + this.#writer.length;
  }
  get bytes(): Uint8Array {
    return this.#writer.bytes;
  }

  /** A well-formed text in UTF-8. */
  text(text: string): Wide {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const at = this.#base + this.#writer.length;
    const stored: Wide = [at, this.#writer.text(text)];
    this.#texts.set(text, stored);
    return stored;
  }

  /** The text in the quotes of JSON, and where it needs no escapes the bytes between these for the text itself. */
  quoted(text: string): Wide {
    const quoted = JSON.stringify(text);
    const stored = this.text(quoted);
    if (quoted.length === text.length + 2 && !this.#texts.has(text))
      this.#texts.set(text, [stored[0] + 1, stored[1] - 2]);
    return stored;
  }

  /** Words of 32 bits; equal ones share an address. */
  words(words: readonly number[]): number {
    const key = words.join();
    const known = this.#words.get(key);
    if (known !== undefined) return known;
    const at = this.unshared(words);
    this.#words.set(key, at);
    return at;
  }

  /** Words of 32 bits at an address of their own. */
  unshared(words: readonly number[]): number {
    this.#align();
    return this.#base + this.#writer.words(words);
  }

  /** A text directly behind what was written last. */
  append(text: string): void {
    this.#writer.text(text);
  }

  /** Bytes; equal ones share an address. */
  shared(bytes: Uint8Array): number {
    const key = `bytes ${bytes.join()}`;
    const known = this.#words.get(key);
    if (known !== undefined) return known;
    const at = this.#base + this.#writer.length;
    this.#writer.append(bytes);
    this.#words.set(key, at);
    return at;
  }

  #align(): void {
    this.#writer.reserve(-this.#writer.length & 3);
  }
}
