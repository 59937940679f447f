// A pattern as steps of a machine over bytes: a set of places at a time, so that matching is linear in the text.
import { type PatternNode, parsePattern } from "@aegis/runtime/core";
import { utf8Ranges } from "./utf8-ranges.ts";

export type Step =
  | { readonly kind: "range"; readonly first: number; readonly last: number; readonly next: number }
  | { readonly kind: "either"; readonly left: number; readonly right: number }
  | { readonly kind: "assert"; readonly what: "start" | "end" | "word-boundary"; readonly next: number }
  | { readonly kind: "found" };

export interface StepProgram {
  readonly steps: readonly Step[];
  readonly entry: number;
}

/** `canonical` is a portable pattern, found anywhere in a text. Throws on anything else. */
export function compileSteps(canonical: string): StepProgram {
  const pattern = parsePattern(canonical);
  if (!pattern.ok) throw new RangeError("not a portable pattern");
  const compiler = new StepCompiler();
  const found = compiler.add({ kind: "found" });
  const entry = compiler.node(pattern.ast, found);
  return { steps: compiler.steps, entry };
}

class StepCompiler {
  readonly steps: Step[] = [];
  readonly #ranges = new Map<string, number>();

  add(step: Step): number {
    return this.steps.push(step) - 1;
  }

  /** Steps that match the node and go on at `next`; gives the first. */
  node(node: PatternNode, next: number): number {
    switch (node.kind) {
      case "set":
        return this.#set(node.ranges, next);
      case "assert":
        return this.add({ kind: "assert", what: node.what, next });
      case "sequence":
        return node.items.reduceRight((after, item) => this.node(item, after), next);
      case "choice":
        return this.#either(node.options.map((option) => this.node(option, next)));
      case "repeat":
        return this.#repeat(node, next);
    }
  }

  #repeat({ of, min, max }: Extract<PatternNode, { kind: "repeat" }>, next: number): number {
    let after = next;
    if (max === null) {
      const loop = this.add({ kind: "found" });
      this.steps[loop] = { kind: "either", left: this.node(of, loop), right: next };
      after = loop;
    } else {
      for (let copy = min; copy < max; copy++) {
        after = this.add({ kind: "either", left: this.node(of, after), right: next });
      }
    }
    for (let copy = 0; copy < min; copy++) after = this.node(of, after);
    return after;
  }

  #set(ranges: readonly (readonly [number, number])[], next: number): number {
    const sequences = ranges.flatMap(([first, last]) => utf8Ranges(first, last));
    return this.#either(
      sequences.map((sequence) =>
        sequence.reduceRight((after, [first, last]) => this.#range(first, last, after), next),
      ),
    );
  }

  /** Sequences of bytes share their ends. */
  #range(first: number, last: number, next: number): number {
    const key = `${String(first)} ${String(last)} ${String(next)}`;
    const known = this.#ranges.get(key);
    if (known !== undefined) return known;
    const step = this.add({ kind: "range", first, last, next });
    this.#ranges.set(key, step);
    return step;
  }

  #either(options: readonly number[]): number {
    const [first, ...rest] = [...new Set(options)].reverse();
    if (first === undefined) throw new RangeError("a choice of nothing");
    return rest.reduce((right, left) => this.add({ kind: "either", left, right }), first);
  }
}
