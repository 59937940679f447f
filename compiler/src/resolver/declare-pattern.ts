// Named patterns: alternatives put together, in any order of declaration, into one canonical portable pattern.
import type { Pattern } from "@aegis/runtime/core";
import { parsePattern, unionPatterns } from "@aegis/runtime/core";
import { declarationDiagnostics as report } from "../diagnostics/catalogue/declaration.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { Span } from "../source/span.ts";
import type { PatternDeclaration } from "../syntax/ast.ts";
import type { Expression, QualifiedName, RegexExpression } from "../syntax/expression.ts";
import { dotted } from "../binder/bind-module.ts";
import { findQualified, isFailed } from "./names/find.ts";
import { suggest } from "./names/suggest-import.ts";
import type { Entry } from "./names/tables.ts";
import { MAX_CHAIN } from "./types/type-extent.ts";

export class PatternTable {
  /** Null while it is being made, and when it could not be. */
  readonly #patterns = new Map<Entry, Pattern | null>();
  readonly #open: Entry[] = [];
  readonly #sink: DiagnosticSink;

  constructor(sink: DiagnosticSink) {
    this.#sink = sink;
  }

  /** The canonical text, empty when the pattern is wrong, which is reported once. */
  canonical(entry: Entry, node: PatternDeclaration): string {
    return this.#pattern(entry, node)?.canonical ?? "";
  }

  #pattern(entry: Entry, node: PatternDeclaration): Pattern | null {
    const known = this.#patterns.get(entry);
    if (known !== undefined) return known;
    this.#patterns.set(entry, null);
    if (this.#open.length >= MAX_CHAIN) {
      const limit = `more than ${String(MAX_CHAIN)} patterns in a row`;
      this.#sink.report(
        report["too-large"](node.name.span, { what: "pattern", name: node.name.text, limit }),
      );
      return null;
    }
    this.#open.push(entry);
    const parts: Pattern[] = [];
    let whole = true;
    for (const alternative of node.alternatives) {
      const part = this.#alternative(alternative, entry);
      if (part === null) whole = false;
      else parts.push(part);
    }
    this.#open.pop();
    if (!whole || parts.length === 0) return null;
    const pattern = unionOf(node, parts);
    if (!pattern.ok) {
      this.#sink.report(report["bad-pattern"](node.name.span, { problem: pattern.message }));
      return null;
    }
    this.#patterns.set(entry, pattern);
    return pattern;
  }

  #alternative(expression: Expression, entry: Entry): Pattern | null {
    if (expression.kind === "missing") return null;
    if (expression.kind === "regex") return this.#regex(expression, entry);
    const name = qualifiedNameOf(expression);
    if (name === null) {
      const problem = 'a pattern is made of `re"…"` and names of patterns';
      this.#sink.report(report["bad-pattern"](expression.span, { problem }));
      return null;
    }
    return this.#named(name, entry);
  }

  #regex(expression: RegexExpression, entry: Entry): Pattern | null {
    const pattern = parsed(expression);
    if (pattern.ok) return pattern;
    const dialect = entry.module.bound.module.dialect;
    const span = dialect === "aegis" ? within(expression.span, pattern.offset) : expression.span;
    this.#sink.report(report["bad-pattern"](span, { problem: pattern.message }));
    return null;
  }

  #named(name: QualifiedName, entry: Entry): Pattern | null {
    const found = findQualified(name, "value", entry.module);
    const target = found?.kind === "entry" ? found.entry : undefined;
    if (target?.symbol.node.kind !== "pattern") {
      if (target === undefined && isFailed(name, entry.module)) return null;
      const { hint, extra } = suggest(dotted(name), entry.module, {
        space: "value",
        kinds: ["pattern"],
        otherwise: "declare it with `pattern`, or import the package that does",
      });
      this.#sink.report(report["unknown-pattern"](name.span, { name: dotted(name), hint }, extra));
      return null;
    }
    const start = this.#open.indexOf(target);
    if (start >= 0) {
      const cycle = [...this.#open.slice(start), target].map((each) => `\`${each.symbol.name}\``).join(" → ");
      this.#sink.report(report["pattern-cycle"](name.span, { cycle }));
      return null;
    }
    return this.#pattern(target, target.symbol.node);
  }
}

const expressions = new WeakMap<RegexExpression, ReturnType<typeof parsePattern>>();

/** Once for each expression: an editor asks again for the same trees, the library's above all. */
function parsed(expression: RegexExpression): ReturnType<typeof parsePattern> {
  const known = expressions.get(expression);
  if (known !== undefined) return known;
  const pattern = parsePattern(expression.source, { ignoreCase: expression.ignoreCase });
  expressions.set(expression, pattern);
  return pattern;
}

interface Union {
  readonly parts: readonly Pattern[];
  readonly pattern: ReturnType<typeof unionPatterns>;
}
const unions = new WeakMap<PatternDeclaration, Union>();

/** Once for each declaration, as long as its parts are the same. */
function unionOf(node: PatternDeclaration, parts: readonly Pattern[]): Union["pattern"] {
  const known = unions.get(node);
  if (known?.parts.length === parts.length && known.parts.every((each, index) => each === parts[index]))
    return known.pattern;
  const pattern = unionPatterns(parts);
  unions.set(node, { parts, pattern });
  return pattern;
}

/** One character inside `re"…"`. */
const within = (span: Span, offset: number): Span => {
  const start = Math.min(span.start + 're"'.length + offset, Math.max(span.start, span.end - 1));
  return { ...span, start, end: Math.min(start + 1, span.end) };
};

/** `a.b.c` read as a name; null for any other expression. */
export function qualifiedNameOf(expression: Expression): QualifiedName | null {
  const parts = [];
  let place: Expression = expression;
  while (place.kind === "field") {
    parts.unshift(place.name);
    place = place.of;
  }
  if (place.kind !== "name") return null;
  parts.unshift({ kind: "name" as const, span: place.span, text: place.text });
  return { kind: "qualified-name", span: expression.span, parts };
}
