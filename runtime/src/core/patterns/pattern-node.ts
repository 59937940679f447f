// The tree of a portable pattern: what is left of a regular expression when every engine must read it alike.

/** Inclusive range of code points. */
export type CodePointRange = readonly [first: number, last: number];

export type PatternNode =
  /** One code point out of a set: ranges sorted, disjoint, never touching, never empty. */
  | { readonly kind: "set"; readonly ranges: readonly CodePointRange[] }
  /** One after the other; no items is the empty text. Items are never sequences. */
  | { readonly kind: "sequence"; readonly items: readonly PatternNode[] }
  /** The first option that leads to a match wins. Options are never choices. */
  | { readonly kind: "choice"; readonly options: readonly PatternNode[] }
  /** `max` null: without end, and then `of` never matches the empty text. */
  | {
      readonly kind: "repeat";
      readonly of: PatternNode;
      readonly min: number;
      readonly max: number | null;
      readonly lazy: boolean;
    }
  /** Start or end of the whole text, or a place between an ASCII word character and anything else. */
  | { readonly kind: "assert"; readonly what: "start" | "end" | "word-boundary" };

/** The sequence of `items`, flattened. */
export function sequenceOf(items: readonly PatternNode[]): PatternNode {
  const flat = items.flatMap((item) => (item.kind === "sequence" ? item.items : [item]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind: "sequence", items: flat };
}

/** The choice between `options`, flattened. */
export function choiceOf(options: readonly PatternNode[]): PatternNode {
  const flat = options.flatMap((option) => (option.kind === "choice" ? option.options : [option]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind: "choice", options: flat };
}
