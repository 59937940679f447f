// The functions of the runtime that the tables of a policy call.
import { runtime } from "./runtime-module.ts";

/** Functions of the runtime that tables call, by their number in the function table; 0 is none. */
export class FunctionTable {
  readonly #numbers = new Map<string, number>();
  /** The same for functions that compute nodes, by the kind alone: these are asked for at every node. */
  readonly #operations = new Map<string, number>();

  /** Throws when the runtime has no such function: a mistake in the compiler. */
  number(name: string): number {
    const found = this.#numbers.get(name);
    if (found !== undefined) return found;
    if (!runtime().named.has(name)) throw new RangeError(`the WASM runtime has no ${name}`);
    const number = this.#numbers.size + 1;
    this.#numbers.set(name, number);
    return number;
  }

  /** Of the function `op_…` that computes a kind of node. */
  operation(kind: string): number {
    let number = this.#operations.get(kind);
    if (number === undefined) {
      number = this.number(`op_${kind}`);
      this.#operations.set(kind, number);
    }
    return number;
  }

  names(): readonly string[] {
    return [...this.#numbers.keys()];
  }
}
