// Whether tokens are a sentence of a grammar: every way to read them is tried, each part at each place once.
import type { Ebnf, Grammar } from "./ebnf.ts";

/** `terminal` and `token` say whether a token fits a name without a production, or the text of a token. */
export interface TokenTests {
  readonly length: number;
  terminal(name: string, at: number): boolean;
  /** Behind the tokens of `text` that stand at `at`; null where others do. */
  token(text: string, at: number): number | null;
}

/** How far a sentence of `start` can be read: `tokens.length` where all of it is one. */
export function recognised(grammar: Grammar, start: string, tokens: TokenTests): number {
  const known = new Map<Ebnf, Map<number, ReadonlySet<number>>>();
  let furthest = 0;

  const endsOf = (part: Ebnf, at: number): ReadonlySet<number> => {
    const places = known.get(part) ?? new Map<number, ReadonlySet<number>>();
    known.set(part, places);
    const ends = places.get(at) ?? read(part, at);
    places.set(at, ends);
    return ends;
  };
  const after = (part: Ebnf, places: ReadonlySet<number>): ReadonlySet<number> =>
    new Set([...places].flatMap((at) => [...endsOf(part, at)]));

  const read = (part: Ebnf, at: number): ReadonlySet<number> => {
    switch (part.kind) {
      case "token": {
        const end = tokens.token(part.text, at);
        return reached(end);
      }
      case "name": {
        const production = grammar.get(part.name);
        if (production !== undefined) return endsOf(production, at);
        return reached(at < tokens.length && tokens.terminal(part.name, at) ? at + 1 : null);
      }
      case "sequence":
        return part.of.reduce<ReadonlySet<number>>((places, each) => after(each, places), new Set([at]));
      case "choice":
        return new Set(part.of.flatMap((each) => [...endsOf(each, at)]));
      case "optional":
        return new Set([at, ...endsOf(part.of, at)]);
      case "repeated": {
        const all = new Set([at]);
        for (let last: ReadonlySet<number> = all; last.size > 0;) {
          last = new Set([...after(part.of, last)].filter((end) => !all.has(end)));
          for (const end of last) all.add(end);
        }
        return all;
      }
    }
  };
  const reached = (end: number | null): ReadonlySet<number> => {
    if (end === null) return new Set();
    furthest = Math.max(furthest, end);
    return new Set([end]);
  };
  const ends = endsOf({ kind: "name", name: start }, 0);
  return ends.has(tokens.length) ? tokens.length : Math.min(furthest, tokens.length - 1);
}
