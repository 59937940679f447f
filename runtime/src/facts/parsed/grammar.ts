// Grammars of parsed types: one portable pattern for all engines, and the same as a JavaScript expression for parsing.
import { parsePattern } from "../../core/patterns/index.ts";
import { fitsCodePoints } from "../../core/values/code-points.ts";
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
  let known: { readonly whole: Portable; readonly except: readonly Portable[] } | undefined;
  const patterns = () =>
    (known ??= {
      whole: portable(`^(?:${definition.pattern})$`),
      except: (definition.except ?? []).map(portable),
    });
  return {
    get pattern() {
      return patterns().whole.canonical;
    },
    get except() {
      return patterns().except.map((each) => each.canonical);
    },
    maxLength: definition.maxLength,
    further: definition.further ?? null,
    accepts(text) {
      if (!fitsCodePoints(text, definition.maxLength)) return false;
      const { whole, except } = patterns();
      return whole.expression.test(text) && !except.some((each) => each.expression.test(text));
    },
  };
}

interface Portable {
  readonly canonical: string;
  readonly expression: RegExp;
}

function portable(source: string): Portable {
  const pattern = parsePattern(source);
  if (!pattern.ok) throw new Error(`${pattern.message} at ${String(pattern.offset)} in ${source}`);
  return { canonical: pattern.canonical, expression: toJavaScript(pattern.canonical) };
}

/** The same pattern as a JavaScript expression: only the spelling of characters differs. */
export function toJavaScript(canonical: string): RegExp {
  const source = canonical.replace(/\\(x\{([0-9a-f]+)\}|[^x])/gu, (escape, name: string, hex?: string) => {
    if (hex !== undefined) return `\\u{${hex}}`;
    return name === "b" ? escape : `\\u{${(name.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return new RegExp(source, "u");
}
