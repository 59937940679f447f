// Sentences of a grammar: each choice is made by a number that is given in.
import type { Ebnf, Grammar } from "./ebnf.ts";

/** Productions inside one another, below which only what is needed is written: without expressions, with, with nested ones. */
const DEPTHS = [7, 16, 27];

export interface Sentences {
  /** A sentence that begins with `name`; without choices it is the shortest. `eager` turns to what no sentence has had. */
  write(name: string, choices: readonly number[], eager?: boolean): string;
  /** Parts of the grammar that no sentence has had, each in its production. */
  unused(): readonly string[];
}

/** `terminals` writes names without a production; `inside` is the production that asks. */
export function sentencesOf(
  grammar: Grammar,
  terminals: (name: string, choice: number, inside: string) => string,
): Sentences {
  const least = leastDepths(grammar);
  const used = new Set<Ebnf>();

  /** Whether a part leads to one that no sentence has had. */
  const isNew = (part: Ebnf, seen = new Set<string>()): boolean =>
    partsOf(part).some((each) => {
      if (!used.has(each)) return true;
      if (each.kind !== "name" || seen.has(each.name)) return false;
      seen.add(each.name);
      const production = grammar.get(each.name);
      return production !== undefined && isNew(production, seen);
    });

  const write = (start: string, choices: readonly number[], eager = false): string => {
    let next = 0;
    const choose = (): number => choices[next++] ?? 0;
    const most = DEPTHS[choose() % DEPTHS.length] ?? 0;
    const of = (part: Ebnf, inside: string, depth: number): string => {
      used.add(part);
      const spent = depth > most || next >= choices.length;
      switch (part.kind) {
        case "token":
          return part.text;
        case "name": {
          const production = grammar.get(part.name);
          if (production !== undefined) return of(production, part.name, depth + 1);
          return terminals(part.name, choose(), inside);
        }
        case "sequence":
          return part.of.map((each) => of(each, inside, depth)).join(" ");
        case "choice": {
          const short = part.of.filter((each) => least(each) === least(part));
          const untried = eager && !spent ? part.of.filter((each) => isNew(each)) : [];
          const among = spent ? short : untried.length > 0 ? untried : part.of;
          const chosen = among[choose() % among.length];
          return chosen === undefined ? "" : of(chosen, inside, depth);
        }
        case "optional":
          return !spent && ((eager && isNew(part.of)) || choose() % 2 === 1)
            ? of(part.of, inside, depth)
            : "";
        case "repeated": {
          const times = spent ? 0 : Math.max(eager && isNew(part.of) ? 1 : 0, choose() % 3);
          return Array.from({ length: times }, () => of(part.of, inside, depth)).join(" ");
        }
      }
    };
    return of({ kind: "name", name: start }, start, 0);
  };

  const unused = (): readonly string[] =>
    [...grammar].flatMap(([name, production]) =>
      partsOf(production)
        .filter((part) => !used.has(part))
        .map((part) => `${name}: ${JSON.stringify(part)}`),
    );
  return { write, unused };
}

/** A part and all that it is made of, within its production. */
export function partsOf(part: Ebnf): readonly Ebnf[] {
  if (part.kind === "token" || part.kind === "name") return [part];
  const inner = "length" in part.of ? part.of : [part.of];
  return [part, ...inner.flatMap(partsOf)];
}

/** How many productions the shortest text of a part goes down. */
function leastDepths(grammar: Grammar): (part: Ebnf) => number {
  const known = new Map<string, number>();
  const least = (part: Ebnf): number => {
    switch (part.kind) {
      case "token":
      case "optional":
      case "repeated":
        return 0;
      case "name":
        return grammar.has(part.name) ? 1 + (known.get(part.name) ?? Number.POSITIVE_INFINITY) : 0;
      case "sequence":
        return Math.max(0, ...part.of.map(least));
      case "choice":
        return Math.min(...part.of.map(least));
    }
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const [name, production] of grammar) {
      const depth = least(production);
      if (depth >= (known.get(name) ?? Number.POSITIVE_INFINITY)) continue;
      known.set(name, depth);
      changed = true;
    }
  }
  return least;
}
