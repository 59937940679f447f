// Grammars of parsed types: one portable pattern for all engines, and the same as a JavaScript expression for parsing.
import { parsePattern } from "../../core/patterns/index.ts";
import { fitsCodePoints } from "../../core/values/code-points.ts";
import { lazily } from "../../core/values/lazily.ts";
import type { ParsedGrammar } from "../../core/types/parsed-type.ts";

export interface Grammar extends ParsedGrammar {
  /** Whether the text has the right length and form; `further` is not checked. */
  accepts(text: string): boolean;
}

/**
 * `pattern` matches the whole text (it is anchored here), `except` occur nowhere in it; all in the portable subset.
 * They are read when they are first used: a short command uses few.
 */
export function grammar(definition: {
  readonly pattern: string;
  readonly except?: readonly string[];
  readonly maxLength: number;
  readonly further?: string;
}): Grammar {
  const whole = `^(?:${definition.pattern})$`;
  const except = definition.except ?? [];
  const expressions = lazily(() => ({ whole: asWritten(whole), except: except.map(asWritten) }));
  const portable = lazily(() => ({ whole: canonicalOf(whole), except: except.map(canonicalOf) }));
  return {
    get pattern() {
      return portable().whole;
    },
    get except() {
      return portable().except;
    },
    maxLength: definition.maxLength,
    further: definition.further ?? null,
    accepts(text) {
      if (!fitsCodePoints(text, definition.maxLength)) return false;
      const read = expressions();
      return read.whole.test(text) && !read.except.some((each) => each.test(text));
    },
  };
}

function canonicalOf(source: string): string {
  const pattern = parsePattern(source);
  if (!pattern.ok) throw new Error(`${pattern.message} at ${String(pattern.offset)} in ${source}`);
  return pattern.canonical;
}

/**
 * A pattern as JavaScript reads it. Ours have nothing that it would read otherwise (the tests compare), and reading them as
 * portable ones first takes milliseconds in a process that just began.
 */
const asWritten = (source: string): RegExp => new RegExp(source.replace(/\\x(?=\{)/g, "\\u"), "u");
