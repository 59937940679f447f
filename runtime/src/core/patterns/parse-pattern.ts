// Reads the portable subset of regular expressions into a tree; everything that engines read differently is refused.
import {
  complement,
  DIGITS,
  foldAsciiCase,
  NEWLINE,
  normalizeRanges,
  SPACE,
  WORD,
} from "./code-point-set.ts";
import { matchesEmpty, programSize, repeatProduct } from "./pattern-analysis.ts";
import { choiceOf, sequenceOf } from "./pattern-node.ts";
import type { CodePointRange, PatternNode } from "./pattern-node.ts";
import { printPattern } from "./print-pattern.ts";

/** Longest source, in UTF-16 units. */
export const MAX_PATTERN_LENGTH = 40_000;
/** Most single-character steps once repetitions are written out. */
export const MAX_PATTERN_SIZE = 20_000;
const MAX_DEPTH = 100;
const MAX_REPEAT = 1000;

export interface PatternOptions {
  /** ASCII letters match in both cases. */
  readonly ignoreCase?: boolean;
}

/** A pattern that every engine reads alike. */
export interface Pattern {
  readonly ok: true;
  readonly ast: PatternNode;
  /** The one RE2 spelling of the tree: ASCII only, no flags, no capturing groups. Parses to the same tree. */
  readonly canonical: string;
  /** True when it may match the empty text. */
  readonly matchesEmpty: boolean;
  /** True when `^` or `$` occurs in it. */
  readonly anchored: boolean;
}

/** `offset` is in UTF-16 units of the source. */
export interface PatternError {
  readonly ok: false;
  readonly message: string;
  readonly offset: number;
}

export function parsePattern(source: string, options: PatternOptions = {}): Pattern | PatternError {
  if (source.length > MAX_PATTERN_LENGTH) {
    return {
      ok: false,
      message: `longer than ${String(MAX_PATTERN_LENGTH)} characters`,
      offset: MAX_PATTERN_LENGTH,
    };
  }
  try {
    return describePattern(new Parser(source, options.ignoreCase === true).parse());
  } catch (error) {
    if (error instanceof Refused) return { ok: false, message: error.message, offset: error.offset };
    throw error;
  }
}

/** The pattern of a tree; refused when it is too large for some engine. */
export function describePattern(ast: PatternNode): Pattern | PatternError {
  if (repeatProduct(ast) > MAX_REPEAT) {
    return {
      ok: false,
      message: `nested repetitions multiply to more than ${String(MAX_REPEAT)}`,
      offset: 0,
    };
  }
  if (programSize(ast) > MAX_PATTERN_SIZE) {
    return { ok: false, message: "the pattern is too large once its repetitions are written out", offset: 0 };
  }
  const canonical = printPattern(ast);
  if (canonical === "") return { ok: false, message: "an empty pattern matches everywhere", offset: 0 };
  if (canonical.length > MAX_PATTERN_LENGTH) {
    return { ok: false, message: "the pattern is too long once it is spelled out", offset: 0 };
  }
  return {
    ok: true,
    ast,
    canonical,
    matchesEmpty: matchesEmpty(ast),
    anchored: hasAnchor(ast),
  };
}

/** One pattern that matches wherever one of `patterns` does; at one place the earlier in the list wins. */
export function unionPatterns(patterns: readonly Pattern[]): Pattern | PatternError {
  if (patterns.length === 0) return { ok: false, message: "a pattern needs at least one part", offset: 0 };
  return describePattern(choiceOf(patterns.map((pattern) => pattern.ast)));
}

function hasAnchor(node: PatternNode): boolean {
  switch (node.kind) {
    case "set":
      return false;
    case "assert":
      return node.what !== "word-boundary";
    case "repeat":
      return hasAnchor(node.of);
    case "sequence":
      return node.items.some(hasAnchor);
    case "choice":
      return node.options.some(hasAnchor);
  }
}

class Refused extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const CONTROL_ESCAPES: ReadonlyMap<string, number> = new Map([
  ["t", 0x09],
  ["n", 0x0a],
  ["v", 0x0b],
  ["f", 0x0c],
  ["r", 0x0d],
]);

const CLASS_ESCAPES: ReadonlyMap<string, readonly CodePointRange[]> = new Map([
  ["d", DIGITS],
  ["D", complement(DIGITS)],
  ["w", WORD],
  ["W", complement(WORD)],
  ["s", SPACE],
  ["S", complement(SPACE)],
]);

const REFUSED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["B", "`\\B` differs between engines"],
  ["A", "write `^` for the start of the text"],
  ["z", "write `$` for the end of the text"],
  ["Z", "write `$` for the end of the text"],
  ["p", "Unicode classes differ between engines: write explicit ranges"],
  ["P", "Unicode classes differ between engines: write explicit ranges"],
  ["Q", "`\\Q…\\E` is not supported: escape each character"],
  ["C", "`\\C` is not supported"],
  ["u", "write a code point as `\\x{…}`"],
  ["k", "back-references are not supported"],
]);

class Parser {
  private at = 0;
  private depth = 0;
  private readonly source: string;
  private readonly ignoreCase: boolean;

  constructor(source: string, ignoreCase: boolean) {
    this.source = source;
    this.ignoreCase = ignoreCase;
  }

  parse(): PatternNode {
    const node = this.choice();
    if (this.at < this.source.length) throw new Refused("this `)` closes nothing", this.at);
    return node;
  }

  private peek(): string {
    return this.source.charAt(this.at);
  }

  private takes(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private choice(): PatternNode {
    const options = [this.sequence()];
    while (this.takes("|")) options.push(this.sequence());
    return choiceOf(options);
  }

  private sequence(): PatternNode {
    const items: PatternNode[] = [];
    while (this.at < this.source.length && this.peek() !== "|" && this.peek() !== ")") {
      items.push(this.repeat());
    }
    return sequenceOf(items);
  }

  private repeat(): PatternNode {
    const start = this.at;
    const of = this.atom();
    const bare = /^[\^$]|^\\b/.test(this.source.slice(start, start + 2));
    const quantifierAt = this.at;
    const counts = this.quantifier();
    if (counts === null) return of;
    if (bare) throw new Refused("a place is not repeated", quantifierAt);
    const lazy = this.takes("?");
    if (/^[*+?{]/.test(this.peek())) {
      throw new Refused("a repetition directly after a repetition: use a group", this.at);
    }
    if (counts.max === null && matchesEmpty(of)) {
      throw new Refused("what is repeated without end may match nothing", start);
    }
    if (counts.min === 1 && counts.max === 1) return of;
    return { kind: "repeat", of, ...counts, lazy };
  }

  private quantifier(): { readonly min: number; readonly max: number | null } | null {
    if (this.takes("*")) return { min: 0, max: null };
    if (this.takes("+")) return { min: 1, max: null };
    if (this.takes("?")) return { min: 0, max: 1 };
    if (this.peek() !== "{") return null;
    const found = /^\{(\d{1,6})(?:(,)(\d{1,6})?)?\}/.exec(this.source.slice(this.at, this.at + 16));
    if (found === null) throw new Refused("`{` starts a repetition such as {2,5}: write \\{", this.at);
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : found[3] === undefined ? null : Number(found[3]);
    if (min > MAX_REPEAT || (max !== null && max > MAX_REPEAT)) {
      throw new Refused(`at most ${String(MAX_REPEAT)} repetitions`, this.at);
    }
    if (max !== null && (max < min || max === 0)) {
      throw new Refused("the upper bound of a repetition is below the lower, or zero", this.at);
    }
    this.at += found[0].length;
    return { min, max };
  }

  private atom(): PatternNode {
    const start = this.at;
    switch (this.peek()) {
      case "(":
        return this.group();
      case "[":
        return { kind: "set", ranges: this.characterClass() };
      case ".":
        this.at++;
        return { kind: "set", ranges: complement(NEWLINE) };
      case "^":
        this.at++;
        return { kind: "assert", what: "start" };
      case "$":
        this.at++;
        return { kind: "assert", what: "end" };
      case "*":
      case "+":
      case "?":
      case "{":
        throw new Refused("nothing to repeat here", start);
      case "]":
      case "}":
        throw new Refused(`write \\${this.peek()} for the character itself`, start);
      case "\\":
        if (this.takes("\\b")) return { kind: "assert", what: "word-boundary" };
        return { kind: "set", ranges: this.escape() };
      default:
        return { kind: "set", ranges: this.fold([this.character()]) };
    }
  }

  private group(): PatternNode {
    const start = this.at;
    this.at++;
    if (this.peek() === "?" && !this.takes("?:")) {
      const what = this.source.slice(this.at, this.at + 3);
      if (/^\?(?:[=!]|<[=!])/.test(what)) throw new Refused("lookaround is not supported", start);
      if (/^\?(?:<|P)/.test(what)) throw new Refused("named groups are not supported", start);
      throw new Refused("flags inside a pattern are not supported: write `ignore case` after it", start);
    }
    if (++this.depth > MAX_DEPTH) throw new Refused("groups are nested too deep", start);
    const node = this.choice();
    this.depth--;
    if (!this.takes(")")) throw new Refused("this group is never closed", start);
    return node;
  }

  /** A single code point written as itself. */
  private character(): CodePointRange {
    const codePoint = this.source.codePointAt(this.at);
    if (codePoint === undefined) throw new Refused("the pattern ends too early", this.at);
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) throw new Refused("half a surrogate pair", this.at);
    this.at += codePoint > 0xffff ? 2 : 1;
    return [codePoint, codePoint];
  }

  /** What a backslash stands for, inside and outside of brackets. */
  private escape(): readonly CodePointRange[] {
    const start = this.at;
    const letter = this.source.charAt(this.at + 1);
    const ranges = CLASS_ESCAPES.get(letter);
    if (ranges !== undefined) {
      this.at += 2;
      return ranges;
    }
    const control = CONTROL_ESCAPES.get(letter);
    if (control !== undefined) {
      this.at += 2;
      return [[control, control]];
    }
    if (letter === "x") {
      const codePoint = this.hexadecimal();
      return this.fold([[codePoint, codePoint]]);
    }
    if (/^[!-/:-@[-`{-~ ]$/.test(letter)) {
      this.at++;
      return [this.character()];
    }
    if (/^[0-9]$/.test(letter)) {
      throw new Refused("back-references and octal escapes are not supported", start);
    }
    throw new Refused(REFUSED_ESCAPES.get(letter) ?? "unknown escape", start);
  }

  private hexadecimal(): number {
    const found = /^\\x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(
      this.source.slice(this.at, this.at + 11),
    );
    const codePoint = found === null ? -1 : Number.parseInt(found[1] ?? found[2] ?? "", 16);
    if (found === null || codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
      throw new Refused("a code point is written \\xHH or \\x{H…}", this.at);
    }
    this.at += found[0].length;
    return codePoint;
  }

  private characterClass(): readonly CodePointRange[] {
    const start = this.at;
    this.at++;
    const negated = this.takes("^");
    if (this.peek() === "]") throw new Refused("empty brackets: write \\] for the character itself", start);
    const ranges: CodePointRange[] = [];
    while (!this.takes("]")) {
      if (this.at >= this.source.length) throw new Refused("these brackets are never closed", start);
      ranges.push(...this.classItem());
    }
    const set = normalizeRanges(ranges);
    const result = negated ? complement(set) : set;
    if (result.length === 0) throw new Refused("these brackets match no character", start);
    return result;
  }

  private classItem(): readonly CodePointRange[] {
    const start = this.at;
    const first = this.classCharacter();
    const dash = this.peek() === "-" && this.source.charAt(this.at + 1) !== "]";
    if (!dash) return this.fold(first.ranges);
    this.at++;
    if (this.at >= this.source.length) throw new Refused("this range is never finished", start);
    const last = this.classCharacter();
    if (first.single === null || last.single === null) {
      throw new Refused("a range needs a single character on both sides: write \\- for a dash", start);
    }
    if (last.single < first.single) throw new Refused("this range runs backwards", start);
    return this.fold([[first.single, last.single]]);
  }

  private classCharacter(): { readonly ranges: readonly CodePointRange[]; readonly single: number | null } {
    if (/^\[[:.=]/.test(this.source.slice(this.at, this.at + 2))) {
      throw new Refused(
        "named classes are not supported: write explicit ranges, or \\[ for a bracket",
        this.at,
      );
    }
    if (this.source.startsWith("\\b", this.at))
      throw new Refused("`\\b` has no meaning in brackets", this.at);
    if (this.source.startsWith("\\x", this.at)) {
      const single = this.hexadecimal();
      return { ranges: [[single, single]], single };
    }
    if (this.peek() !== "\\") {
      const found = this.character();
      return { ranges: [found], single: found[0] };
    }
    const named = CLASS_ESCAPES.has(this.source.charAt(this.at + 1));
    const ranges = this.escape();
    return { ranges, single: named ? null : (ranges[0]?.[0] ?? null) };
  }

  private fold(ranges: readonly CodePointRange[]): readonly CodePointRange[] {
    return this.ignoreCase ? foldAsciiCase(ranges) : ranges;
  }
}
