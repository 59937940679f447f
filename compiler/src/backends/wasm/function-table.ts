// The functions of the runtime that the tables of a policy call.
import { runtime } from "./runtime-module.ts";

/** Functions of the runtime that tables call, by their number in the function table; 0 is none. */
export class FunctionTable {
  readonly #numbers = new Map<string, number>();

  /** Throws when the runtime has no such function: a mistake in the compiler. */
  number(name: string): number {
    const found = this.#numbers.get(name);
    if (found !== undefined) return found;
    if (!runtime().named.has(name)) throw new RangeError(`the WASM runtime has no ${name}`);
    const number = this.#numbers.size + 1;
    this.#numbers.set(name, number);
    return number;
  }

  names(): readonly string[] {
    return [...this.#numbers.keys()];
  }
}
