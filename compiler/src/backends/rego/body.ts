// The body of a rule that is being written: its lines so far, and the names in it: locals of quantifiers, temporaries, and
// what has been read already.
import type { Type } from "@aegis/runtime/core";

export interface Local {
  readonly name: string;
  readonly type: Type;
}

/** Counts variables over a whole rule, so that no name is bound twice in one body. */
interface Counter {
  next: number;
}

export class Body {
  readonly lines: string[] = [];
  /** Locals in view, innermost last. */
  readonly locals: readonly Local[];
  /** Variables by the reference that they hold. */
  readonly #held: Map<string, string>;
  readonly #counter: Counter;

  constructor(
    locals: readonly Local[] = [],
    counter: Counter = { next: 1 },
    held?: ReadonlyMap<string, string>,
  ) {
    this.locals = locals;
    this.#counter = counter;
    this.#held = new Map(held);
  }

  /** A variable that nothing else in the rule is called. */
  fresh(prefix: string): string {
    return `${prefix}${this.#counter.next++}`;
  }

  /** Without lines and inside this one, with one more local; it sees the variables bound so far. */
  inner(local: Local): Body {
    return new Body([...this.locals, local], this.#counter, this.#held);
  }

  /** The body of a rule of its own that is given some of the locals as arguments. */
  separate(): Body {
    return new Body(this.locals, this.#counter);
  }

  /** The local that `depth` names; the IR's decoder has checked that there is one. */
  at(depth: number): Local {
    const local = this.locals.at(-1 - depth);
    if (local === undefined) throw new RangeError("a local that nothing binds");
    return local;
  }

  /** Binds a new variable to a text; gives the variable. */
  bind(text: string): string {
    const term = this.fresh("v");
    this.lines.push(`${term} := ${text}`);
    return term;
  }

  /** The variable that holds `reference`, bound here if none does yet. */
  hold(reference: string): string {
    const held = this.#held.get(reference);
    if (held !== undefined) return held;
    const term = this.bind(reference);
    this.#held.set(reference, term);
    return term;
  }
}
