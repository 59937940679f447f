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

const COMPARISONS: ReadonlySet<BinaryOperator> = new Set([
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "not in",
  "within",
  "under",
  "matches",
]);

/** Builds the tree of a row that begins and ends with an operand; throws `SyntaxFailure`. */
export function buildTree(parts: readonly OperatorPart[]): Operand {
  const only = parts[0];
  if (parts.length === 1 && only?.kind === "operand") return only;
  return new TreeBuilder(parts).or();
}

class TreeBuilder {
  readonly #parts: readonly OperatorPart[];
  #index = 0;

  constructor(parts: readonly OperatorPart[]) {
    this.#parts = parts;
  }

  or(): Operand {
    return this.#leftToRight(
      () => this.#and(),
      (op) => op === "or",
    );
  }
  #and(): Operand {
    return this.#leftToRight(
      () => this.#not(),
      (op) => op === "and",
    );
  }
  #not(): Operand {
    const prefixes = this.#prefixes("not");
    return prefixed("not", prefixes, this.#comparison());
  }
  #comparison(): Operand {
    let left = this.#else();
    let compared = false;
    for (;;) {
      const part = this.#parts[this.#index];
      if (part?.kind === "is") {
        if (compared) fail(report["chained-comparison"](part.span));
        left = this.#is(left, part.what, part.span);
      } else if (part?.kind === "infix" && COMPARISONS.has(part.op)) {
        if (compared) fail(report["chained-comparison"](part.span));
        this.#index += 1;
        left = binary(left, part.op, part.span, this.#else());
      } else return left;
      compared = true;
    }
  }
  #is(of: Operand, what: "present" | "absent", end: Span): Operand {
    this.#index += 1;
    const span = join(of.span, end);
    return operand({ kind: "is", span, of: of.expression, what }, span, of.height + 1);
  }
  /** `a else b else c` is `a else (b else c)`. */
  #else(): Operand {
    const operands = [this.#sum()];
    const spans: Span[] = [];
    for (let op = this.#infix((each) => each === "else"); op !== undefined;) {
      spans.push(op.span);
      operands.push(this.#sum());
      op = this.#infix((each) => each === "else");
    }
    let result = operands[operands.length - 1] as Operand;
    for (let index = operands.length - 2; index >= 0; index -= 1)
      result = binary(operands[index] as Operand, "else", spans[index] as Span, result);
    return result;
  }
  #sum(): Operand {
    return this.#leftToRight(
      () => this.#product(),
      (op) => op === "+" || op === "-",
    );
  }
  #product(): Operand {
    return this.#leftToRight(
      () => this.#unary(),
      (op) => op === "*" || op === "%",
    );
  }
  #unary(): Operand {
    const prefixes = this.#prefixes("-");
    const part = this.#parts[this.#index];
    if (part?.kind === "operand") {
      this.#index += 1;
      return prefixed("-", prefixes, part);
    }
    const what = "parentheses around a `not` after another operator";
    fail(report.expected((part as OperatorPart).span, { what, found: "`not`" }));
  }

  #prefixes(op: "not" | "-"): Span[] {
    const spans: Span[] = [];
    for (let part = this.#parts[this.#index]; part?.kind === "prefix" && part.op === op;) {
      spans.push(part.span);
      part = this.#parts[++this.#index];
    }
    return spans;
  }
  #infix(
    wanted: (op: BinaryOperator) => boolean,
  ): { readonly op: BinaryOperator; readonly span: Span } | undefined {
    const part = this.#parts[this.#index];
    if (part?.kind !== "infix" || !wanted(part.op)) return undefined;
    this.#index += 1;
    return part;
  }
  #leftToRight(next: () => Operand, wanted: (op: BinaryOperator) => boolean): Operand {
    let left = next();
    for (let op = this.#infix(wanted); op !== undefined; op = this.#infix(wanted))
      left = binary(left, op.op, op.span, next());
    return left;
  }
}

function fail(diagnostic: Diagnostic): never {
  throw new SyntaxFailure(diagnostic);
}
const join = (first: Span, last: Span): Span => ({ file: first.file, start: first.start, end: last.end });

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
