// What a parsed type is: the interface between the core and the registry of parsers in `facts`.
import type { Type } from "./type.ts";

/** A value of a parsed type: the text received, its canonical form, and its readable parts. */
export interface ParsedValue {
  readonly text: string;
  readonly canonical: string;
  /** The value of a part, in runtime form; `undefined` when an optional part is absent. */
  part(name: string): unknown;
}

/**
 * A regular grammar in canonical portable patterns (see `core/patterns`). A text that parses has at most `maxLength` code
 * points, matches `pattern` (which is anchored at both ends) and contains no match of any of `except`.
 */
export interface ParsedGrammar {
  readonly pattern: string;
  readonly except: readonly string[];
  readonly maxLength: number;
  /** What `parse` checks beyond that, such as a checksum; null: every such text parses. */
  readonly further: string | null;
}

/** One parsed type, defined once for checker, docs, validation and every engine. */
export interface ParsedTypeDefinition {
  readonly name: string;
  /** One sentence for hover and reference. */
  readonly doc: string;
  /**
   * Parts readable as `value.part`, with their types (`optional` where a value may lack the part). Where the items of a list hold
   * lists themselves, those have together no more items than one of them may: the bound on a policy's work relies on it.
   */
  readonly parts: Readonly<Record<string, { readonly type: Type; readonly doc: string }>>;
  /** The published grammar of the text. */
  readonly grammar: ParsedGrammar;
  /** Texts that parse, with canonical form, and texts that do not: documentation and tests. */
  readonly examples: {
    readonly valid: readonly { readonly text: string; readonly canonical: string }[];
    readonly invalid: readonly string[];
  };
  /** Never throws; linear in the length of the text; `undefined` when the text does not parse. */
  parse(text: string): ParsedValue | undefined;
  /** Stands for an absent value where narrowing has proved that it is never looked at. */
  readonly zero: ParsedValue;
}

export type ParsedTypes = ReadonlyMap<string, ParsedTypeDefinition>;

/** A compiled pattern; linear time in the text. */
export interface Matcher {
  /** True when the pattern occurs in the text. */
  test(text: string): boolean;
  /** Spans of all leftmost non-overlapping matches, in UTF-16 offsets, in order. */
  spans(text: string): readonly (readonly [start: number, end: number])[];
}

/** What the core needs from outside: parsers of parsed types and a linear-time pattern engine. */
export interface Platform {
  readonly parsedTypes: ParsedTypes;
  /** `pattern` is in canonical portable form (see `core/patterns`); throws only on a pattern that is not. */
  compilePattern(pattern: string): Matcher;
}
