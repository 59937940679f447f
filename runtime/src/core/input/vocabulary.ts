// The words that a policy knows, to be found by their bytes: names of tools and actions, constants.
//
// Most strings of a request that rules look at are one of these. Found by their bytes, no string is made for them, and what
// compares them or looks them up meets the very object that it holds.
import { byteScanner } from "./byte-scanner.ts";
import { JsonToken } from "./json-token.ts";
import type { Words } from "./scan-plan.ts";

const MAX_LENGTH = 32;
/** ASCII without what stands escaped in JSON. */
const PLAIN = /^[ !#-[\]-~]*$/;

export class Vocabulary implements Words {
  readonly words: readonly string[];
  readonly fours: Int32Array;
  readonly places: Int32Array;
  readonly mask: number;
  readonly longest: number;
  /** Words that would stand further from their place are left out: nobody's words make others slow to find. */
  readonly steps = 4;

  constructor(words: Iterable<string>) {
    this.words = [...new Set(words)].filter((word) => word.length <= MAX_LENGTH && PLAIN.test(word));
    const tokens = this.words.map((word) => new JsonToken(word));
    this.longest = tokens.reduce((longest, { length }) => Math.max(longest, length), 0);
    this.mask = 2 ** Math.ceil(Math.log2(tokens.length * 2 + 1)) - 1;
    this.places = new Int32Array((this.mask + 1) * 3).fill(-1);
    this.fours = new Int32Array(tokens.reduce((sum, { fours }) => sum + fours.length, 0));
    let four = 0;
    for (const [index, token] of tokens.entries()) {
      this.fours.set(token.fours, four);
      const home = byteScanner.hashOf(token);
      for (let step = 0; step < this.steps; step++) {
        const place = ((home + step) & this.mask) * 3;
        if (this.places[place] !== -1) continue;
        this.places.set([token.length, index, four], place);
        break;
      }
      four += token.fours.length;
    }
  }
}
