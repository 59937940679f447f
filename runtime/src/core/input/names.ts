// Names of members as their bytes, as writers of JSON print them; other spellings are not met.
import { JsonToken } from "./json-token.ts";

export class Names {
  readonly tokens: readonly JsonToken[];
  /** Each with the colon behind it. */
  readonly members: readonly JsonToken[];

  constructor(names: readonly string[]) {
    const printed = names.map((name) => JSON.stringify(name));
    this.tokens = printed.map((name) => new JsonToken(name));
    this.members = printed.map((name) => new JsonToken(`${name}:`));
  }
}
