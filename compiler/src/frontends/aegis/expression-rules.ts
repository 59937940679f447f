// Grammar of expressions: operands in a row, ordered by `precedence.ts`.
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type { Span } from "../../source/span.ts";
import type {
  BinaryOperator,
  CallExpression,
  Expression,
  QualifiedName,
  RegexExpression,
} from "../../syntax/expression.ts";
import type { Token } from "./cursor.ts";
import { buildTree, MAX_HEIGHT, type Operand, type OperatorPart } from "./precedence.ts";
import { decodeRegex } from "./strings.ts";
import { NOTE } from "./tokens.ts";
import { TypeRules } from "./type-rules.ts";

export abstract class ExpressionRules extends TypeRules {
  /** Height of the expression that was parsed last. */
  #height = 0;
  /** In the `then` of an `if`, where `else` ends the branch. */
  #elseEnds = false;

  protected override recover(): void {
    this.#elseEnds = false;
  }

  expression(): Expression {
    this.enter();
    const { kind } = this;
    const expression = kind === "not" || kind === "-" ? this.#prefixedRow() : this.#rowFrom(this.#operand());
    this.nesting -= 1;
    return expression;
  }
  /** Most expressions are an operand and nothing else. */
  #rowFrom(first: Operand): Expression {
    return this.#continues() ? this.#rest([first]) : first.expression;
  }
  /** A row that begins with `not` or `-`. */
  #prefixedRow(): Expression {
    const parts: OperatorPart[] = [];
    this.#prefixedOperand(parts);
    return this.#continues() ? this.#rest(parts) : this.#tree(parts);
  }
  /** A row of operands and operators that begins with `parts`, and goes on. */
  #rest(parts: OperatorPart[]): Expression {
    do this.#operator(parts);
    while (this.#continues());
    return this.#tree(parts);
  }
  #tree(parts: readonly OperatorPart[]): Expression {
    const { expression, height } = buildTree(parts);
    this.#height = height;
    return expression;
  }

  /** Whether the next token goes on with the expression rather than with what stands around it. */
  #continues(): boolean {
    switch (this.kind) {
      case "else":
        return !this.#elseEnds && !(this.at("require", 1) && this.at("approval", 2));
      case "within":
        return !this.at("Duration", 1);
      case "in":
        return !this.boundsAhead();
      case "not":
        return this.at("in", 1);
      case "is":
      case "has":
        return true;
      default:
        return this.atInfix();
    }
  }

  #operator(parts: OperatorPart[]): void {
    switch (this.kind) {
      case "is":
        parts.push(this.#presence());
        break;
      case "has":
        parts.push(this.#has(parts.pop()));
        break;
      default:
        parts.push(this.#infix());
        this.#prefixedOperand(parts);
    }
  }

  #infix(): OperatorPart {
    const { kind } = this;
    const token = this.take();
    if (kind === "not") {
      this.expect("in");
      return { kind: "infix", op: "not in", span: this.from(token) };
    }
    const span = this.spanOf(token);
    if (kind === "=") {
      const fixes = [{ title: "Write `==`", edits: [{ span, newText: "==" }] }];
      this.report(report["wrong-operator"](span, { found: "=", instead: "==" }, { fixes }));
      return { kind: "infix", op: "==", span };
    }
    return { kind: "infix", op: kind as BinaryOperator, span };
  }

  /** `is present`, `is not present`, `is absent`. */
  #presence(): OperatorPart {
    const first = this.take();
    const not = this.eat("not");
    const present = this.eat("present");
    if (!present) this.expect("absent", "`present` or `absent` after `is`");
    return { kind: "is", what: present !== not ? "present" : "absent", span: this.from(first) };
  }

  /** `session has seen(args.path)`: the operand before it becomes part of it. */
  #has(of: OperatorPart | undefined): Operand {
    const word = this.take();
    const label: QualifiedName = this.qualifiedName("the name of a label");
    const key = this.at("(") ? this.args() : [];
    const scope = of?.kind === "operand" && of.expression.kind === "name" ? of.expression.text : "";
    if (of === undefined || (scope !== "session" && scope !== "agent" && scope !== "tenant"))
      return this.fail(report["bad-left-of-has"](this.spanOf(word)));
    const span = this.after(of.span);
    const expression: Expression = { kind: "has", span, scope, label, key };
    return { kind: "operand", expression, span, height: this.#height + 1 };
  }

  #prefixedOperand(parts: OperatorPart[]): void {
    for (let { kind } = this; kind === "not" || kind === "-"; { kind } = this)
      parts.push({ kind: "prefix", op: kind, span: this.spanOf(this.take()) });
    parts.push(this.#operand());
  }
  #operand(): Operand {
    const first = this.here;
    const inParentheses = this.kind === "(";
    this.needs("an expression");
    this.#height = 1;
    const expression = this.#operandHere();
    // Parentheses belong to the operand, and not to the expression in them.
    const span = inParentheses ? this.from(first) : expression.span;
    return { kind: "operand", expression, span, height: this.#height };
  }
  #operandHere(): Expression {
    const { kind } = this;
    switch (kind) {
      case "any":
      case "all":
      case "count":
        return this.#quantifier(kind);
      case "if":
        return this.#ifExpression();
      default:
        return this.#postfix();
    }
  }

  /** Fails when the text goes on with the next rule or declaration before `what` has come. */
  protected needs(what: string): void {
    if (this.isFirst(this.here) && (this.atNamedRule() || this.atDeclaration()))
      this.fail(this.expected(what));
  }
  protected abstract atDeclaration(): boolean;
  protected abstract atNamedRule(): boolean;

  #quantifier(op: "any" | "all" | "count"): Expression {
    const first = this.take();
    const nonEmpty = this.at("non") && this.at("-", 1);
    if (nonEmpty) {
      this.take();
      this.take();
      this.expect("empty");
    }
    const variable = this.name(`a name after \`${op}\`, as in \`${op} x in xs: …\``);
    this.expect("in", `\`in\` after the name, as in \`${op} x in xs: …\``);
    const over = this.expression();
    const height = this.#height;
    this.expect(":", "`:` and the condition on each element");
    const body = this.expression();
    this.#height = Math.max(this.#height, height) + 1;
    return { kind: "quantifier", span: this.from(first), op, nonEmpty, variable, over, body };
  }

  #ifExpression(): Expression {
    const first = this.take();
    const outside = this.#elseEnds;
    this.#elseEnds = false;
    const condition = this.expression();
    let height = this.#height;
    this.expect("then", "`then` after the condition");
    this.#elseEnds = true;
    const then = this.expression();
    height = Math.max(height, this.#height);
    this.#elseEnds = outside;
    this.expect("else", "`else`: an `if` has both branches");
    const otherwise = this.expression();
    this.#height = Math.max(height, this.#height) + 1;
    return { kind: "if", span: this.from(first), condition, then, else: otherwise };
  }

  #postfix(): Expression {
    const first = this.here;
    let of = this.#primary();
    for (;;) {
      const height = this.#height;
      const longer = this.#step(first, of);
      if (longer === null) return of;
      of = longer;
      this.#height = Math.max(height, this.#height) + 1;
      if (this.#height > MAX_HEIGHT) this.fail(report["too-deep"](this.from(first), { limit: MAX_HEIGHT }));
    }
  }
  /** `of`, which begins at `first`, with what stands behind it; null where nothing of it does. */
  #step(first: Token, of: Expression): Expression | null {
    switch (this.kind) {
      case ".": {
        this.take();
        const name = this.anyName("a name after the dot");
        return { kind: "field", span: this.from(first), of, name };
      }
      case "[": {
        this.take();
        const index = this.#inBrackets();
        this.expect("]");
        return { kind: "index", span: this.from(first), of, index };
      }
      case "(": {
        const callee = this.#calleeOf(of);
        const args = this.args();
        return { kind: "call", span: this.from(first), callee, args };
      }
      case "as": {
        this.take();
        const type = this.typeNode();
        return { kind: "as", span: this.from(first), of, type };
      }
      case "where":
        if (!this.at("present", 1)) return null;
        this.take();
        this.take();
        return { kind: "where-present", span: this.from(first), of };
      default:
        return null;
    }
  }
  #calleeOf(of: Expression): CallExpression["callee"] {
    if (of.kind === "name" || of.kind === "field") return of;
    return this.fail(report["not-callable"](this.spanOf(this.here)));
  }

  /** `(a, b)` of a call or a keyed label. */
  protected args(): readonly Expression[] {
    this.expect("(");
    if (!this.atExpression()) {
      this.expect(")", "`,` or `)` after the argument");
      this.#height = 0;
      return [];
    }
    const args = [this.#inBrackets()];
    let height = this.#height;
    while (this.eat(",")) {
      args.push(this.#inBrackets());
      height = Math.max(height, this.#height);
    }
    this.expect(")", "`,` or `)` after the argument");
    this.#height = height;
    return args;
  }

  /** An expression between brackets, where an `else` is an operator again. */
  #inBrackets(): Expression {
    const outside = this.#elseEnds;
    this.#elseEnds = false;
    const expression = this.expression();
    this.#elseEnds = outside;
    return expression;
  }

  #primary(): Expression {
    // Most begin with a name.
    if (this.atWord()) return this.takeName();
    const first = this.here;
    switch (this.kind) {
      case "Text":
        return this.stringLiteral();
      case "Number":
        return this.number();
      case "true":
      case "false": {
        const value = this.eat("true");
        if (!value) this.take();
        return { kind: "bool", span: this.spanOf(first), value };
      }
      case "Duration": {
        const milliseconds = this.milliseconds();
        return { kind: "duration", span: this.spanOf(first), milliseconds };
      }
      case "Time": {
        const milliseconds = this.timeLiteral();
        return { kind: "time", span: this.spanOf(first), milliseconds, text: this.tokens.image(first) };
      }
      case "Regex":
        return this.regex();
      case "(": {
        this.take();
        const expression = this.#inBrackets();
        this.expect(")");
        return expression;
      }
      case "{": {
        const items = this.#elements("}", "`,` or `}` after the element");
        return this.#collection("set", this.from(first), items);
      }
      case "[": {
        const items = this.#elements("]", "`,` or `]` after the element");
        return this.#collection("list", this.from(first), items);
      }
      default:
        return this.fail(this.expected("an expression"));
    }
  }

  protected regex(): RegexExpression {
    const token = this.expect("Regex", 'a pattern such as `re"[0-9]+"`');
    const ignoreCase = this.at("ignore") && this.at("case", 1);
    if (ignoreCase) {
      this.take();
      this.take();
    }
    const inner = this.tokens.image(token).slice(3, this.tokens.has(token, NOTE.broken) ? undefined : -1);
    return { kind: "regex", span: this.from(token), source: decodeRegex(inner), ignoreCase };
  }

  #collection(of: "set" | "list", span: Span, items: readonly Expression[]): Expression {
    this.#height += 1;
    return { kind: "collection", span, of, items };
  }
  /** Between brackets, with commas between them and one more allowed at the end. */
  #elements(close: "}" | "]", what: string): readonly Expression[] {
    this.take();
    const items: Expression[] = [];
    let height = 0;
    while (this.atExpression()) {
      items.push(this.#inBrackets());
      height = Math.max(height, this.#height);
      if (!this.eat(",")) break;
    }
    this.expect(close, what);
    this.#height = height;
    return items;
  }
}
