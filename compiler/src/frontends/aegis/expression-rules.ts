// Grammar of expressions: operands in a row, ordered by `precedence.ts`.
import type { IToken, TokenType } from "chevrotain";
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type { Span } from "../../source/span.ts";
import type {
  BinaryOperator,
  CallExpression,
  Expression,
  HasExpression,
  QualifiedName,
  RegexExpression,
} from "../../syntax/expression.ts";
import { buildTree, MAX_HEIGHT, type OperatorPart } from "./precedence.ts";
import { decodeRegex } from "./strings.ts";
import { Infix, K, MISTAKES, T, Word } from "./tokens.ts";
import { TypeRules } from "./type-rules.ts";

const OPERATORS = new Map<TokenType, BinaryOperator>([
  [MISTAKES.andSign, "and"],
  [MISTAKES.orSign, "or"],
  [MISTAKES.equal3, "=="],
  [MISTAKES.notEqual3, "!="],
  [MISTAKES.notEqualSql, "!="],
  [T.assign, "=="],
]);

export abstract class ExpressionRules extends TypeRules {
  readonly expression = this.RULE("expression", (): Expression => {
    const first = this.LA(1);
    return this.nested(first, () => this.SUBRULE(this.operators));
  });

  private readonly operators = this.RULE("operators", (): Expression => {
    const parts: OperatorPart[] = [];
    this.SUBRULE1(this.operand, { ARGS: [parts] });
    this.MANY({
      GATE: () => this.continues(),
      DEF: () =>
        this.OR([
          {
            ALT: () => {
              parts.push(this.SUBRULE(this.infix));
              this.SUBRULE2(this.operand, { ARGS: [parts] });
            },
          },
          { ALT: () => this.SUBRULE(this.presence, { ARGS: [parts] }) },
          { ALT: () => this.SUBRULE(this.has, { ARGS: [parts] }) },
        ]),
    });
    if (this.RECORDING_PHASE) return { kind: "missing", span: this.place.span(0, 0) };
    const { expression, height } = buildTree(parts);
    this.height = height;
    return expression;
  });

  /** Whether the next token goes on with the expression rather than with what stands around it. */
  private continues(): boolean {
    const token = this.LA(1);
    switch (token.tokenType) {
      case K.else:
        return !this.elseEnds && !(this.next(K.require, 2) && this.next(K.approval, 3));
      case K.within:
        return !this.next(T.duration, 2);
      case K.in:
        return !this.boundsAhead();
      case K.not:
        return this.next(K.in, 2);
      default:
        return true;
    }
  }

  private readonly infix = this.RULE("infix", (): OperatorPart =>
    this.OR([
      {
        ALT: () => {
          const token = this.CONSUME(Infix);
          if (token.tokenType === T.assign) this.reportAssign(token);
          const op = OPERATORS.get(token.tokenType) ?? (token.image as BinaryOperator);
          return { kind: "infix", op, span: this.spanOf(token) };
        },
      },
      {
        ALT: () => {
          const first = this.CONSUME(K.not);
          this.CONSUME(K.in);
          return { kind: "infix", op: "not in", span: this.from(first) };
        },
      },
    ]),
  );

  private reportAssign(token: IToken): void {
    const span = this.spanOf(token);
    const fixes = [{ title: "Write `==`", edits: [{ span, newText: "==" }] }];
    this.report(report["wrong-operator"](span, { found: "=", instead: "==" }, { fixes }));
  }

  /** `is present`, `is not present`, `is absent`. */
  private readonly presence = this.RULE("presence", (parts: OperatorPart[] = []): void => {
    const first = this.CONSUME(K.is);
    const not = this.OPTION(() => this.CONSUME(K.not)) !== undefined;
    const present = this.OR({
      DEF: [{ ALT: () => (this.CONSUME(K.present), true) }, { ALT: () => (this.CONSUME(K.absent), false) }],
      ERR_MSG: "`present` or `absent` after `is`",
    });
    parts.push({ kind: "is", what: present !== not ? "present" : "absent", span: this.from(first) });
  });

  /** `session has seen(args.path)`: the operand before it becomes part of it. */
  private readonly has = this.RULE("has", (parts: OperatorPart[] = []): void => {
    const word = this.CONSUME(K.has);
    const label: QualifiedName = this.SUBRULE(this.qualifiedName, { ARGS: ["the name of a label"] });
    const key = this.OPTION(() => this.SUBRULE(this.args));
    if (this.RECORDING_PHASE) return;
    const of = parts.pop();
    const scope = of?.kind === "operand" && of.expression.kind === "name" ? of.expression.text : "";
    if (of === undefined || (scope !== "session" && scope !== "agent" && scope !== "tenant"))
      this.fail(report["bad-left-of-has"](this.spanOf(word)));
    const span = this.after(of.span);
    const expression: HasExpression = { kind: "has", span, scope, label, key: key ?? [] };
    parts.push({ kind: "operand", expression, span, height: this.height + 1 });
  });

  private readonly operand = this.RULE("operand", (parts: OperatorPart[] = []): void => {
    this.MANY(() =>
      this.OR1([
        {
          ALT: () => {
            const token = this.CONSUME(K.not);
            parts.push({ kind: "prefix", op: "not", span: this.spanOf(token) });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(T.minus);
            parts.push({ kind: "prefix", op: "-", span: this.spanOf(token) });
          },
        },
      ]),
    );
    const first = this.LA(1);
    this.needs("an expression");
    this.height = 1;
    const expression = this.OR2({
      DEF: [
        { ALT: () => this.SUBRULE(this.quantifier) },
        { ALT: () => this.SUBRULE(this.ifExpression) },
        { ALT: () => this.SUBRULE(this.postfix) },
      ],
      ERR_MSG: "an expression",
    });
    if (this.RECORDING_PHASE) return;
    parts.push({ kind: "operand", expression, span: this.from(first), height: this.height });
  });

  private readonly quantifier = this.RULE("quantifier", (): Expression => {
    const first = this.LA(1);
    const op = this.OR([
      { ALT: () => (this.CONSUME(K.any), "any" as const) },
      { ALT: () => (this.CONSUME(K.all), "all" as const) },
      { ALT: () => (this.CONSUME(K.count), "count" as const) },
    ]);
    const nonEmpty = this.OPTION({
      GATE: () => this.next(T.minus, 2),
      DEF: () => {
        this.CONSUME(K.non);
        this.CONSUME(T.minus);
        this.CONSUME(K.empty);
        return true;
      },
    });
    const variable = this.SUBRULE(this.name, {
      ARGS: [`a name after \`${op}\`, as in \`${op} x in xs: …\``],
    });
    this.CONSUME(K.in, { ERR_MSG: `\`in\` after the name, as in \`${op} x in xs: …\`` });
    const over = this.SUBRULE1(this.expression);
    const height = this.height;
    this.CONSUME(T.colon, { ERR_MSG: "`:` and the condition on each element" });
    const body = this.SUBRULE2(this.expression);
    this.height = Math.max(this.height, height) + 1;
    return {
      kind: "quantifier",
      span: this.from(first),
      op,
      nonEmpty: nonEmpty === true,
      variable,
      over,
      body,
    };
  });

  private readonly ifExpression = this.RULE("ifExpression", (): Expression => {
    const first = this.CONSUME(K.if);
    const outside = this.elseEnds;
    this.elseEnds = false;
    const condition = this.SUBRULE1(this.expression);
    let height = this.height;
    this.CONSUME(K.then, { ERR_MSG: "`then` after the condition" });
    this.elseEnds = true;
    const then = this.SUBRULE2(this.expression);
    height = Math.max(height, this.height);
    this.elseEnds = outside;
    this.CONSUME(K.else, { ERR_MSG: "`else`: an `if` has both branches" });
    const otherwise = this.SUBRULE3(this.expression);
    this.height = Math.max(height, this.height) + 1;
    return { kind: "if", span: this.from(first), condition, then, else: otherwise };
  });

  private readonly postfix = this.RULE("postfix", (): Expression => {
    const first = this.LA(1);
    let of = this.SUBRULE(this.primary);
    this.MANY({
      GATE: () => !this.next(K.where) || this.next(K.present, 2),
      DEF: () => {
        const height = this.height;
        of = this.OR([
          {
            ALT: (): Expression => {
              this.CONSUME(T.dot);
              const name = this.SUBRULE(this.anyName, { ARGS: ["a name after the dot"] });
              return { kind: "field", span: this.from(first), of, name };
            },
          },
          {
            ALT: (): Expression => {
              this.CONSUME(T.leftBracket);
              const index = this.SUBRULE(this.inBrackets);
              this.CONSUME(T.rightBracket, { ERR_MSG: "`]`" });
              return { kind: "index", span: this.from(first), of, index };
            },
          },
          {
            ALT: (): Expression => {
              const callee = this.calleeOf(of);
              const args = this.SUBRULE(this.args);
              return { kind: "call", span: this.from(first), callee, args };
            },
          },
          {
            ALT: (): Expression => {
              this.CONSUME(K.as);
              const type = this.SUBRULE(this.typeNode);
              return { kind: "as", span: this.from(first), of, type };
            },
          },
          {
            ALT: (): Expression => {
              this.CONSUME(K.where);
              this.CONSUME(K.present);
              return { kind: "where-present", span: this.from(first), of };
            },
          },
        ]);
        this.height = Math.max(height, this.height) + 1;
        if (this.height > MAX_HEIGHT) this.fail(report["too-deep"](this.from(first), { limit: MAX_HEIGHT }));
      },
    });
    return of;
  });

  private calleeOf(of: Expression): CallExpression["callee"] {
    if (of.kind === "name" || of.kind === "field" || this.RECORDING_PHASE)
      return of as CallExpression["callee"];
    return this.fail(report["not-callable"](this.spanOf(this.LA(1))));
  }

  /** `(a, b)` of a call or a keyed label. */
  protected readonly args = this.RULE("args", (): readonly Expression[] => {
    this.CONSUME(T.leftParen);
    const args: Expression[] = [];
    let height = 0;
    this.MANY_SEP({
      SEP: T.comma,
      DEF: () => {
        args.push(this.SUBRULE(this.inBrackets));
        height = Math.max(height, this.height);
      },
    });
    this.CONSUME(T.rightParen, { ERR_MSG: "`,` or `)` after the argument" });
    this.height = height;
    return args;
  });

  /** An expression between brackets, where an `else` is an operator again. */
  private readonly inBrackets = this.RULE("inBrackets", (): Expression => {
    const outside = this.elseEnds;
    this.elseEnds = false;
    const expression = this.SUBRULE(this.expression);
    this.elseEnds = outside;
    return expression;
  });

  private readonly primary = this.RULE("primary", (): Expression =>
    this.OR((this.primaries ??= { DEF: this.primaryForms(), ERR_MSG: "an expression" })),
  );
  /** Made once: this is the rule that runs most often. */
  private primaries: { DEF: { ALT: () => Expression }[]; ERR_MSG: string } | undefined;

  private primaryForms(): { ALT: () => Expression }[] {
    return [
      {
        ALT: () => {
          const { span, text } = this.nameFrom(this.CONSUME(Word));
          return { kind: "name", span, text };
        },
      },
      { ALT: () => this.SUBRULE(this.stringLiteral) },
      { ALT: () => this.numberFrom(this.CONSUME(T.number)) },
      { ALT: () => ({ kind: "bool", span: this.spanOf(this.CONSUME(K.true)), value: true }) },
      { ALT: () => ({ kind: "bool", span: this.spanOf(this.CONSUME(K.false)), value: false }) },
      {
        ALT: () => {
          const token = this.CONSUME(T.duration);
          return { kind: "duration", span: this.spanOf(token), milliseconds: this.milliseconds(token) };
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(T.time);
          const milliseconds = this.moment(token);
          return { kind: "time", span: this.spanOf(token), milliseconds, text: token.image };
        },
      },
      { ALT: () => this.SUBRULE(this.regex) },
      {
        ALT: () => {
          this.CONSUME(T.leftParen);
          const expression = this.SUBRULE(this.inBrackets);
          this.CONSUME(T.rightParen, { ERR_MSG: "`)`" });
          return expression;
        },
      },
      { ALT: () => this.SUBRULE(this.setLiteral) },
      { ALT: () => this.SUBRULE(this.listLiteral) },
    ];
  }

  protected readonly regex = this.RULE("regex", (): RegexExpression => {
    const token = this.CONSUME(T.regex, { ERR_MSG: 'a pattern such as `re"[0-9]+"`' });
    const ignoreCase = this.OPTION({
      GATE: () => this.next(K.case, 2),
      DEF: () => {
        this.CONSUME(K.ignore);
        this.CONSUME(K.case);
        return true;
      },
    });
    const inner = token.image.slice(3, token.tokenType === MISTAKES.openRegex ? undefined : -1);
    return {
      kind: "regex",
      span: this.from(token),
      source: decodeRegex(inner),
      ignoreCase: ignoreCase === true,
    };
  });

  private readonly setLiteral = this.RULE("setLiteral", (): Expression => {
    const first = this.CONSUME(T.leftBrace);
    const items = this.SUBRULE(this.elements);
    this.CONSUME(T.rightBrace, { ERR_MSG: "`,` or `}` after the element" });
    return this.collection("set", this.from(first), items);
  });
  private readonly listLiteral = this.RULE("listLiteral", (): Expression => {
    const first = this.CONSUME(T.leftBracket);
    const items = this.SUBRULE(this.elements);
    this.CONSUME(T.rightBracket, { ERR_MSG: "`,` or `]` after the element" });
    return this.collection("list", this.from(first), items);
  });
  private collection(of: "set" | "list", span: Span, items: readonly Expression[]): Expression {
    this.height += 1;
    return { kind: "collection", span, of, items };
  }
  private readonly elements = this.RULE("elements", (): readonly Expression[] => {
    const items: Expression[] = [];
    let height = 0;
    let more = true;
    this.MANY({
      GATE: () => more,
      DEF: () => {
        items.push(this.SUBRULE(this.inBrackets));
        height = Math.max(height, this.height);
        more = this.OPTION(() => this.CONSUME(T.comma)) !== undefined;
      },
    });
    this.height = height;
    return items;
  });
}
