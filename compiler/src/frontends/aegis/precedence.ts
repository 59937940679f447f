// Operators and operands in a row become a tree: one table of precedences, no recursion along the row.
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../source/span.ts";
import type { BinaryOperator, Expression } from "../../syntax/expression.ts";
import { SyntaxFailure } from "./syntax-failure.ts";

/** An expression, where it stands with its parentheses, and how high its tree is. */
export interface Operand {
  readonly kind: "operand";
  readonly expression: Expression;
  readonly span: Span;
  readonly height: number;
}
export type OperatorPart =
  | Operand
  | { readonly kind: "prefix"; readonly op: "not" | "-"; readonly span: Span }
  | { readonly kind: "infix"; readonly op: BinaryOperator; readonly span: Span }
  | { readonly kind: "is"; readonly what: "present" | "absent"; readonly span: Span };

/** Height of an expression's tree that every later phase can walk; long chains of operators count. */
export const MAX_HEIGHT = 250;

const NOT = 3;
const COMPARISON = 4;
const ELSE = 5;
/** Higher levels bind closer; `not` stands between `and` and the comparisons, `-` before an operand above all. */
const LEVELS: ReadonlyMap<BinaryOperator, number> = new Map<BinaryOperator, number>([
  ["or", 1],
  ["and", 2],
  ["==", COMPARISON],
  ["!=", COMPARISON],
  ["<", COMPARISON],
  ["<=", COMPARISON],
  [">", COMPARISON],
  [">=", COMPARISON],
  ["in", COMPARISON],
  ["not in", COMPARISON],
  ["within", COMPARISON],
  ["under", COMPARISON],
  ["matches", COMPARISON],
  ["else", ELSE],
  ["+", 6],
  ["-", 6],
  ["*", 7],
  ["%", 7],
]);

/** Builds the tree of a row that begins and ends with an operand; throws `SyntaxFailure`. */
export function buildTree(parts: readonly OperatorPart[]): Operand {
  const only = parts[0];
  if (parts.length === 1 && only?.kind === "operand") return only;
  return new TreeBuilder(parts).row(1);
}

class TreeBuilder {
  readonly #parts: readonly OperatorPart[];
  #index = 0;

  constructor(parts: readonly OperatorPart[]) {
    this.#parts = parts;
  }

  /** Operands with operators of level `least` and above between them. */
  row(least: number): Operand {
    let left = this.#operand(least);
    let compared = false;
    for (;;) {
      const part = this.#parts[this.#index];
      if (part?.kind !== "infix" && part?.kind !== "is") return left;
      const level = part.kind === "is" ? COMPARISON : (LEVELS.get(part.op) ?? 0);
      if (level < least) return left;
      if (level === COMPARISON) {
        if (compared) fail(report["chained-comparison"](part.span));
        compared = true;
      }
      if (level === ELSE) left = this.#else(left);
      else {
        this.#index += 1;
        left =
          part.kind === "is"
            ? presence(left, part.what, part.span)
            : binary(left, part.op, part.span, this.row(level + 1));
      }
    }
  }

  /** `a else b else c` is `a else (b else c)`. */
  #else(first: Operand): Operand {
    const operands = [first];
    const spans: Span[] = [];
    for (;;) {
      const part = this.#parts[this.#index];
      if (part?.kind !== "infix" || part.op !== "else") break;
      this.#index += 1;
      spans.push(part.span);
      operands.push(this.row(ELSE + 1));
    }
    let result = operands[operands.length - 1] as Operand;
    for (let index = operands.length - 2; index >= 0; index -= 1)
      result = binary(operands[index] as Operand, "else", spans[index] as Span, result);
    return result;
  }

  #operand(least: number): Operand {
    const next = this.#parts[this.#index];
    if (next?.kind === "operand") {
      this.#index += 1;
      return next;
    }
    const nots = least <= NOT ? this.#prefixes("not") : NO_PREFIXES;
    if (nots.length > 0) return prefixed("not", nots, this.row(COMPARISON));
    const minuses = this.#prefixes("-");
    const part = this.#parts[this.#index];
    if (part?.kind === "operand") {
      this.#index += 1;
      return prefixed("-", minuses, part);
    }
    const what = "parentheses around a `not` after another operator";
    fail(report.expected((part as OperatorPart).span, { what, found: "`not`" }));
  }

  #prefixes(op: "not" | "-"): readonly Span[] {
    let part = this.#parts[this.#index];
    if (part?.kind !== "prefix" || part.op !== op) return NO_PREFIXES;
    const spans: Span[] = [];
    for (; part?.kind === "prefix" && part.op === op; part = this.#parts[++this.#index])
      spans.push(part.span);
    return spans;
  }
}
const NO_PREFIXES: readonly Span[] = [];

function fail(diagnostic: Diagnostic): never {
  throw new SyntaxFailure(diagnostic);
}
const join = (first: Span, last: Span): Span => ({ file: first.file, start: first.start, end: last.end });

function presence(of: Operand, what: "present" | "absent", end: Span): Operand {
  const span = join(of.span, end);
  return operand({ kind: "is", span, of: of.expression, what }, span, of.height + 1);
}

function prefixed(op: "not" | "-", prefixes: readonly Span[], of: Operand): Operand {
  let result = of;
  for (const prefix of prefixes.toReversed()) {
    const span = join(prefix, of.span);
    result = operand({ kind: "unary", span, op, of: result.expression }, span, result.height + 1);
  }
  return result;
}

function binary(left: Operand, op: BinaryOperator, opSpan: Span, right: Operand): Operand {
  const span = join(left.span, right.span);
  return operand(
    { kind: "binary", span, op, opSpan, left: left.expression, right: right.expression },
    span,
    Math.max(left.height, right.height) + 1,
  );
}

function operand(expression: Expression, span: Span, height: number): Operand {
  if (height > MAX_HEIGHT) fail(report["too-deep"](span, { limit: MAX_HEIGHT }));
  return { kind: "operand", expression, span, height };
}
