// Names in a rule body that is being written: locals of quantifiers, temporaries, and what has been read already.
import type { Type } from "@aegis/runtime/core";

export interface Local {
  readonly name: string;
  readonly type: Type;
}

/** Counts variables over a whole file, so that no name is bound twice in one body. */
interface Counter {
  next: number;
}

export class Scope {
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

  /** A variable that nothing else in the file is called. */
  fresh(prefix: string): string {
    return `${prefix}${this.#counter.next++}`;
  }

  /** A body inside this one, with one more local; it sees the variables bound so far. */
  inner(local?: Local): Scope {
    return new Scope(local === undefined ? this.locals : [...this.locals, local], this.#counter, this.#held);
  }

  /** The body of a rule of its own that is given some of the locals as arguments. */
  separate(): Scope {
    return new Scope(this.locals, this.#counter);
  }

  /** The local that `depth` names; the IR's decoder has checked that there is one. */
  at(depth: number): Local {
    const local = this.locals.at(-1 - depth);
    if (local === undefined) throw new RangeError("a local that nothing binds");
    return local;
  }

  /** The variable that holds `reference`, and the line that binds it if none does yet. */
  hold(reference: string): { readonly lines: readonly string[]; readonly term: string } {
    const held = this.#held.get(reference);
    if (held !== undefined) return { lines: [], term: held };
    const term = this.fresh("v");
    this.#held.set(reference, term);
    return { lines: [`${term} := ${reference}`], term };
  }
}
