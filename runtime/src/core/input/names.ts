// Names of members as writers of JSON print them (other spellings are not met), and in which order they came last.
import { JsonToken } from "./json-token.ts";

export class Names {
  readonly tokens: readonly JsonToken[];
  /**
   * Behind each name the one that came next last time, at first the next that is declared: writers keep to one order. Shifted
   * by one, as the first stands for the beginning.
   */
  readonly next: number[];

  constructor(names: readonly string[]) {
    this.tokens = names.map((name) => new JsonToken(JSON.stringify(name)));
    this.next = [...names.keys(), names.length];
  }
}
