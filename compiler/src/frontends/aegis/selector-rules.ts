// Grammar of selectors, redactions and approvals.
import type { TokenType } from "chevrotain";
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type {
  ApprovalClause,
  DurationNode,
  RedactClause,
  RedactMethod,
  RedactPath,
  Selector,
  SelectorPart,
} from "../../syntax/ast.ts";
import type { Expression, Name } from "../../syntax/expression.ts";
import { ExpressionRules } from "./expression-rules.ts";
import { AnyWord, K, T } from "./tokens.ts";

type Approver = ApprovalClause["by"][number];

const APPLIES_TO = "what this applies to: `tool.action`, `tool.*`, `@group` or `*`";
const APPROVER = 'who approves: `role "…"`, `2 of role "…"` or `user "…"`';

/** Words that follow a selector, and are not meant as a tool where one is missing. */
const CLAUSES: ReadonlySet<TokenType> = new Set([
  ...[
    K.when,
    K.unless,
    K.having,
    K.by,
    K.via,
    K.within,
    K.redact,
    K.because,
    K.hint,
    K.to,
    K.per,
    K.key,
    K.where,
  ],
]);

export abstract class SelectorRules extends ExpressionRules {
  /** `bare`: a name alone is let through, where a rule may be meant. */
  readonly selector = this.RULE("selector", (bare: boolean = false): Selector => {
    const first = this.LA(1);
    const include: SelectorPart[] = [];
    const except: SelectorPart[] = [];
    this.AT_LEAST_ONE_SEP1({
      SEP: T.comma,
      DEF: () => include.push(this.SUBRULE1(this.selectorPart, { ARGS: [bare] })),
      ERR_MSG: APPLIES_TO,
    });
    this.OPTION(() => {
      this.CONSUME(K.except);
      this.AT_LEAST_ONE_SEP2({
        SEP: T.comma,
        DEF: () => except.push(this.SUBRULE2(this.selectorPart, { ARGS: [false] })),
        ERR_MSG: "what is excepted: `tool.action`, `tool.*` or `@group`",
      });
    });
    return { kind: "selector", span: this.from(first), include, except };
  });

  private readonly selectorPart = this.RULE("selectorPart", (bare: boolean = false): SelectorPart => {
    const first = this.LA(1);
    this.needs(APPLIES_TO);
    return this.OR({
      DEF: [
        {
          ALT: (): SelectorPart => {
            this.CONSUME(T.star);
            return { kind: "everything", span: this.from(first) };
          },
        },
        {
          ALT: (): SelectorPart => {
            this.CONSUME(T.at);
            const name = this.SUBRULE1(this.qualifiedName, { ARGS: ["the name of a group"] });
            return { kind: "group", span: this.from(first), name };
          },
        },
        { ALT: () => this.SUBRULE(this.toolPart, { ARGS: [bare] }) },
      ],
      ERR_MSG: APPLIES_TO,
    });
  });

  private readonly toolPart = this.RULE("toolPart", (bare: boolean = false): SelectorPart => {
    const first = this.LA(1);
    if (CLAUSES.has(first.tokenType) && !this.next(T.dot, 2) && !bare) this.fail(this.expected(APPLIES_TO));
    const path = this.SUBRULE(this.qualifiedName, { ARGS: ["a tool"] });
    let every = false;
    const chosen = this.OPTION(() => {
      this.CONSUME(T.dot, { ERR_MSG: "`.` and an action after the tool" });
      return this.OR({
        DEF: [
          {
            ALT: () => {
              this.CONSUME(T.star);
              every = true;
              return [];
            },
          },
          { ALT: () => this.SUBRULE(this.actionNames) },
        ],
        ERR_MSG: "an action after the dot: a name, `*` or `{ a, b }`",
      });
    });
    const span = this.from(first);
    if (this.RECORDING_PHASE) return { kind: "everything", span };
    if (chosen !== undefined) return { kind: "tool", span, tool: path, actions: every ? null : chosen };
    const action = path.parts[path.parts.length - 1];
    if (action !== undefined && path.parts.length > 1)
      return { kind: "tool", span, tool: this.qualified(path.parts.slice(0, -1)), actions: [action] };
    if (!bare) this.report(report["bare-tool"](span, { name: action?.text ?? "" }));
    return { kind: "tool", span, tool: path, actions: null };
  });

  protected readonly actionNames = this.RULE("actionNames", (): readonly Name[] => {
    this.CONSUME(T.leftBrace, { ERR_MSG: "`{` and names" });
    const names = this.SUBRULE(this.names);
    this.CONSUME(T.rightBrace, { ERR_MSG: "`,` or `}` after the name" });
    return names;
  });

  /** Names with commas between them, one more allowed at the end. */
  protected readonly names = this.RULE("names", (): readonly Name[] => {
    const names: Name[] = [];
    let more = true;
    this.AT_LEAST_ONE({
      GATE: () => more,
      DEF: () => {
        names.push(this.SUBRULE(this.anyName));
        more = this.OPTION(() => this.CONSUME(T.comma)) !== undefined;
      },
      ERR_MSG: "a name",
    });
    return names;
  });

  protected readonly duration = this.RULE("duration", (): DurationNode => {
    const token = this.CONSUME(T.duration, { ERR_MSG: "a duration such as `30m`" });
    return { span: this.spanOf(token), milliseconds: this.milliseconds(token) };
  });

  // ------------------------------------------------------------------------------------------------------ approvals

  /** `by 2 of role "x" and user "u" via releases within 30m`: at least one of the three. */
  protected readonly approval = this.RULE("approval", (): ApprovalClause => {
    const first = this.LA(1);
    const nobody: readonly Approver[] = [];
    const nowhere: readonly Name[] = [];
    const { by, via, within } = this.OR<Omit<ApprovalClause, "span">>({
      DEF: [
        {
          ALT: () => {
            const by = this.SUBRULE(this.approvers);
            const via = this.OPTION1(() => this.SUBRULE1(this.channels));
            const within = this.OPTION2(() => this.SUBRULE1(this.deadline));
            return { by, via: via ?? nowhere, within: within ?? null };
          },
        },
        {
          ALT: () => {
            const via = this.SUBRULE2(this.channels);
            const within = this.OPTION3(() => this.SUBRULE2(this.deadline));
            return { by: nobody, via, within: within ?? null };
          },
        },
        { ALT: () => ({ by: nobody, via: nowhere, within: this.SUBRULE3(this.deadline) }) },
      ],
      ERR_MSG: "`by`, `via` or `within`",
    });
    return { span: this.from(first), by, via, within };
  });

  private readonly approvers = this.RULE("approvers", (): readonly Approver[] => {
    const by: Approver[] = [];
    this.CONSUME(K.by);
    this.AT_LEAST_ONE_SEP({ SEP: K.and, DEF: () => by.push(this.SUBRULE(this.approver)), ERR_MSG: APPROVER });
    return by;
  });

  private readonly channels = this.RULE("channels", (): readonly Name[] => {
    const via: Name[] = [];
    this.CONSUME(K.via);
    this.AT_LEAST_ONE_SEP({
      SEP: T.comma,
      DEF: () => via.push(this.SUBRULE(this.name, { ARGS: ["the name of a channel"] })),
      ERR_MSG: "the name of a channel",
    });
    return via;
  });

  private readonly deadline = this.RULE("deadline", (): DurationNode => {
    this.CONSUME(K.within);
    return this.SUBRULE(this.duration);
  });

  private readonly approver = this.RULE("approver", (): Approver => {
    const first = this.LA(1);
    return this.OR({
      DEF: [
        {
          ALT: () => {
            this.CONSUME(K.user);
            const user = this.SUBRULE1(this.stringLiteral, { ARGS: ["a user's id in double quotes"] });
            return { span: this.from(first), count: 1, role: null, user };
          },
        },
        {
          ALT: () => {
            const count = this.OPTION(() => {
              const value = this.SUBRULE(this.count);
              this.CONSUME(K.of, { ERR_MSG: "`of role` after the number of people" });
              return value;
            });
            this.CONSUME(K.role, { ERR_MSG: '`role "…"` or `user "…"`' });
            const role = this.SUBRULE2(this.stringLiteral, { ARGS: ["a role in double quotes"] });
            return { span: this.from(first), count: count ?? 1, role, user: null };
          },
        },
      ],
      ERR_MSG: APPROVER,
    });
  });

  // ------------------------------------------------------------------------------------------------------ redaction

  protected readonly redaction = this.RULE("redaction", (): RedactClause => {
    const first = this.LA(1);
    const path = this.SUBRULE(this.redactPath);
    const matching = this.OPTION(() => {
      this.CONSUME(K.matching);
      return this.SUBRULE(this.patternRef);
    });
    if (!this.RECORDING_PHASE && !this.next(K.with)) this.fail(report["missing-with"](this.from(first)));
    this.CONSUME(K.with);
    const method = this.SUBRULE(this.redactMethod);
    return { span: this.from(first), path, matching: matching ?? null, with: method };
  });

  /** A pattern by name, or written in place. */
  protected readonly patternRef = this.RULE("patternRef", (): Expression =>
    this.OR({
      DEF: [
        { ALT: (): Expression => this.SUBRULE(this.regex) },
        {
          ALT: (): Expression => {
            const { parts } = this.SUBRULE(this.qualifiedName, { ARGS: ["the name of a pattern"] });
            if (this.RECORDING_PHASE) return { kind: "missing", span: this.place.span(0, 0) };
            return asExpression(parts);
          },
        },
      ],
      ERR_MSG: 'the name of a pattern, or a pattern such as `re"[0-9]+"`',
    }),
  );

  readonly redactPath = this.RULE("redactPath", (): RedactPath => {
    const first = this.LA(1);
    const root = this.OR1({
      DEF: [
        { ALT: () => (this.CONSUME(K.args), "args" as const) },
        { ALT: () => (this.CONSUME(K.result), "result" as const) },
      ],
      ERR_MSG: "a path that begins with `args` or `result`",
    });
    const steps: RedactPath["steps"][number][] = [];
    this.MANY(() => steps.push(this.SUBRULE(this.redactStep)));
    return { span: this.from(first), root, steps };
  });

  private readonly redactStep = this.RULE("redactStep", (): RedactPath["steps"][number] => {
    const first = this.LA(1);
    return this.OR1([
      {
        ALT: () => {
          this.CONSUME(T.dot);
          return this.OR2({
            DEF: [
              {
                ALT: () => {
                  this.CONSUME1(T.star);
                  return { kind: "each" as const, span: this.from(first) };
                },
              },
              {
                ALT: () => {
                  this.CONSUME(T.everything);
                  return { kind: "everywhere" as const, span: this.from(first) };
                },
              },
              { ALT: () => ({ kind: "field" as const, name: this.nameFrom(this.CONSUME(AnyWord)) }) },
            ],
            ERR_MSG: "a name, `*` or `**` after the dot",
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.leftBracket);
          const step = this.OR3({
            DEF: [
              {
                ALT: () => {
                  const star = this.CONSUME2(T.star);
                  return { kind: "each" as const, span: this.spanOf(star) };
                },
              },
              { ALT: () => ({ kind: "key" as const, key: this.SUBRULE(this.stringLiteral) }) },
            ],
            ERR_MSG: "a text or `*` between the brackets",
          });
          this.CONSUME(T.rightBracket, { ERR_MSG: "`]`" });
          return step;
        },
      },
    ]);
  });

  private readonly redactMethod = this.RULE("redactMethod", (): RedactMethod => {
    const first = this.LA(1);
    return this.OR({
      DEF: [
        { ALT: () => (this.CONSUME(K.remove), { kind: "remove" as const, span: this.from(first) }) },
        { ALT: () => (this.CONSUME(K.mask), { kind: "mask" as const, span: this.from(first) }) },
        { ALT: () => (this.CONSUME(K.hash), { kind: "hash" as const, span: this.from(first) }) },
        {
          ALT: () => {
            this.CONSUME(K.replace);
            const value = this.SUBRULE(this.literal);
            return { kind: "replace" as const, span: this.from(first), value };
          },
        },
        {
          ALT: () => {
            this.CONSUME(K.truncate);
            const keep = this.SUBRULE(this.count);
            return { kind: "truncate" as const, span: this.from(first), keep };
          },
        },
      ],
      ERR_MSG: "`remove`, `replace`, `mask`, `hash` or `truncate` after `with`",
    });
  });
}

/** `a.b.c` as an expression. */
function asExpression(parts: readonly Name[]): Expression {
  const [first, ...rest] = parts;
  const root = first as Name;
  return rest.reduce<Expression>(
    (of, name) => ({ kind: "field", span: { ...root.span, end: name.span.end }, of, name }),
    { kind: "name", span: root.span, text: root.text },
  );
}
