// Grammar of policies, rules, uses and exceptions.
import { EOF, type IToken } from "chevrotain";
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type {
  ApprovalClause,
  Effect,
  ExceptionDeclaration,
  Having,
  PolicyDeclaration,
  RedactClause,
  RuleDeclaration,
  Shadow,
  Template,
  UsePolicy,
} from "../../syntax/ast.ts";
import type { Expression, FieldNodeRef, StringLiteral } from "../../syntax/expression.ts";
import { type Bare, DeclarationRules } from "./declaration-rules.ts";
import { notesOf } from "./lexer.ts";
import { K, T } from "./tokens.ts";

/** Clauses of a rule while they are gathered. */
interface Clauses {
  when: Expression | null;
  unless: Expression | null;
  approval: ApprovalClause | null;
  redactions: RedactClause[];
  because: Template | null;
  hint: Template | null;
}

export abstract class PolicyRules extends DeclarationRules {
  /** `shadow`, `shadow until 2099-12-31`. */
  protected readonly shadow = this.RULE("shadow", (): Shadow => {
    const first = this.CONSUME(K.shadow);
    const until = this.OPTION(() => {
      this.CONSUME(K.until);
      return this.SUBRULE(this.timeLiteral);
    });
    return { span: this.from(first), until: until ?? null };
  });

  protected readonly policyItem = this.RULE("policyItem", (): Omit<Bare<PolicyDeclaration>, "shadow"> => {
    this.CONSUME(K.policy);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the policy"] });
    const params = this.OPTION1((): readonly FieldNodeRef[] => {
      this.CONSUME(T.leftParen);
      const { fields } = this.SUBRULE(this.fields);
      this.CONSUME(T.rightParen, { ERR_MSG: "`,` or `)` after the parameter" });
      return fields;
    });
    const scope = this.OPTION2(() => {
      this.CONSUME(K.for);
      return this.SUBRULE(this.expression);
    });
    const open = this.CONSUME(T.leftBrace, { ERR_MSG: "`{` and the rules of the policy" });
    const rules: RuleDeclaration[] = [];
    do {
      this.MANY(() => {
        const { depth } = notesOf(this.LA(1));
        const rule = this.attempt(
          () => this.SUBRULE(this.policyRule),
          () => this.skipToRule(depth),
        );
        if (rule !== undefined) rules.push(rule);
      });
    } while (this.skipsJunk(open));
    this.OPTION3(() => this.CONSUME(T.rightBrace));
    return { kind: "policy", name, params: params ?? [], scope: scope ?? null, rules };
  });

  /** What stands between rules and is none: reported and skipped. False at the end of the block. */
  private skipsJunk(open: IToken): boolean {
    if (this.RECORDING_PHASE || this.next(T.rightBrace)) return false;
    if (this.next(EOF) || this.atDeclaration()) {
      this.report(report.unclosed(this.spanOf(open), { open: "{", close: "}" }));
      return false;
    }
    this.report(this.unknownWord("a rule"));
    this.skipToRule(notesOf(this.LA(1)).depth);
    return true;
  }

  /** Skips to the next rule, to the brace that closes the block at `depth`, or to a declaration that no policy holds. */
  private skipToRule(depth: number): void {
    while (
      !this.next(EOF) &&
      !this.atRule() &&
      !this.atDeclaration() &&
      !(this.next(T.rightBrace) && notesOf(this.LA(1)).depth < depth)
    )
      this.SKIP_TOKEN();
  }

  protected abstract atRule(): boolean;
  protected abstract unknownWord(what: string): ReturnType<typeof report.expected>;

  private readonly policyRule = this.RULE("policyRule", (): RuleDeclaration => {
    const first = this.LA(1);
    const annotations = this.SUBRULE(this.annotations);
    const shadow = this.OPTION(() => this.SUBRULE(this.shadow));
    const rule = this.SUBRULE(this.ruleItem);
    const doc = notesOf(first).doc;
    return { ...rule, shadow: shadow ?? null, span: this.from(first), doc, annotations };
  });

  protected readonly ruleItem = this.RULE("ruleItem", (): Omit<Bare<RuleDeclaration>, "shadow"> => {
    const effect = this.SUBRULE(this.effect);
    if (!this.RECORDING_PHASE) this.checkRuleHead(this.LA(0));
    const name = this.SUBRULE(this.anyName, { ARGS: ["a name for the rule"] });
    this.CONSUME(T.colon, { ERR_MSG: "`:` after the rule's name" });
    const selector = this.SUBRULE(this.selector);
    const having: Having[] = [];
    this.OPTION(() => {
      this.CONSUME(K.having);
      this.AT_LEAST_ONE_SEP({ SEP: T.comma, DEF: () => having.push(this.SUBRULE(this.having)) });
    });
    const clauses = noClauses();
    this.MANY(() => this.SUBRULE(this.clause, { ARGS: [clauses] }));
    return { kind: "rule", name, effect, selector, having, ...clauses, absentDecides: false };
  });

  private readonly effect = this.RULE("effect", (): Effect =>
    this.OR<Effect>({
      DEF: [
        { ALT: () => (this.CONSUME(K.allow), "allow") },
        { ALT: () => (this.CONSUME(K.deny), "deny") },
        { ALT: () => (this.CONSUME(K.withhold), "withhold") },
        { ALT: () => (this.CONSUME(K.sanitize), "sanitize") },
        {
          ALT: () => {
            this.CONSUME(K.require);
            this.CONSUME(K.approval, { ERR_MSG: "`approval` after `require`" });
            return "approval";
          },
        },
      ],
      ERR_MSG: "a rule: `allow`, `deny`, `withhold`, `sanitize` or `require approval`",
    }),
  );

  /** A selector or a colon where the name belongs: the name was forgotten. */
  private checkRuleHead(effect: IToken): void {
    const selector =
      this.next(T.colon) ||
      this.next(T.star) ||
      this.next(T.at) ||
      (this.next(T.dot, 2) && !this.next(T.string));
    if (selector && !notesOf(this.LA(1)).first) {
      const word = effect.tokenType === K.approval ? "require approval" : effect.image;
      this.fail(report["missing-rule-name"](this.missingAt(this.LA(1)), { word }));
    }
  }

  private readonly having = this.RULE("having", (): Having => {
    const first = this.LA(1);
    const path = this.SUBRULE(this.expression);
    const type = this.OPTION(() => {
      this.CONSUME(T.colon);
      return this.SUBRULE(this.typeNode);
    });
    return { span: this.from(first), path, type: type ?? null };
  });

  private readonly clause = this.RULE("clause", (clauses: Clauses = noClauses()): void => {
    const word = this.LA(1);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(K.when);
          this.once(word, clauses.when);
          clauses.when = this.SUBRULE1(this.expression);
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.unless);
          this.once(word, clauses.unless);
          clauses.unless = this.SUBRULE2(this.expression);
        },
      },
      {
        ALT: () => {
          this.once(word, clauses.approval);
          clauses.approval = this.SUBRULE(this.approval);
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.redact);
          this.AT_LEAST_ONE_SEP({
            SEP: T.comma,
            DEF: () => clauses.redactions.push(this.SUBRULE(this.redaction)),
            ERR_MSG: "a path that begins with `args` or `result`",
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.because);
          this.once(word, clauses.because);
          clauses.because = this.SUBRULE1(this.template, { ARGS: ["a reason in double quotes"] });
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.hint);
          this.once(word, clauses.hint);
          clauses.hint = this.SUBRULE2(this.template, { ARGS: ["a hint in double quotes"] });
        },
      },
    ]);
  });

  /** Reports a clause that has been given before; the later one stands. */
  private once(word: IToken, before: unknown): void {
    if (before !== null && !this.RECORDING_PHASE)
      this.report(report["duplicate-clause"](this.spanOf(word), { clause: word.image }));
  }

  // ---------------------------------------------------------------------------------------------- uses and exceptions

  protected readonly useItem = this.RULE("useItem", (): Bare<UsePolicy> => {
    this.CONSUME(K.use);
    const policy = this.SUBRULE(this.qualifiedName, { ARGS: ["the name of a policy"] });
    if (!this.RECORDING_PHASE && !this.next(T.leftParen))
      this.fail(this.expected("`(` and the arguments of the policy"));
    const args = this.SUBRULE(this.args);
    const alias = this.OPTION1(() => {
      this.CONSUME(K.as);
      return this.SUBRULE(this.name);
    });
    const scope = this.OPTION2(() => {
      this.CONSUME(K.for);
      return this.SUBRULE(this.expression);
    });
    return { kind: "use", policy, args, alias: alias ?? null, scope: scope ?? null };
  });

  protected readonly exceptionItem = this.RULE("exceptionItem", (): Bare<ExceptionDeclaration> => {
    this.CONSUME(K.exception);
    const name = this.SUBRULE(this.anyName, { ARGS: ["a name for the exception"] });
    this.CONSUME(T.colon, { ERR_MSG: "`:` after the exception's name" });
    this.CONSUME(K.waive, { ERR_MSG: "`waive` and the id of a rule" });
    const rule = this.SUBRULE(this.qualifiedName, { ARGS: ["the id of a rule"] });
    const scope = this.OPTION(() => {
      this.CONSUME(K.for);
      return this.SUBRULE1(this.expression);
    });
    let when: Expression | null = null;
    let until: number | null = null;
    let grantedBy: StringLiteral | null = null;
    let because: Template | null = null;
    this.MANY(() => {
      const word = this.LA(1);
      this.OR([
        {
          ALT: () => {
            this.CONSUME(K.when);
            this.once(word, when);
            when = this.SUBRULE2(this.expression);
          },
        },
        {
          ALT: () => {
            this.CONSUME(K.until);
            this.once(word, until);
            until = this.SUBRULE(this.timeLiteral);
          },
        },
        {
          ALT: () => {
            this.CONSUME(K.granted);
            this.CONSUME(K.by, { ERR_MSG: "`by` after `granted`" });
            this.once(word, grantedBy);
            grantedBy = this.SUBRULE(this.stringLiteral, { ARGS: ["who granted it, in double quotes"] });
          },
        },
        {
          ALT: () => {
            this.CONSUME(K.because);
            this.once(word, because);
            because = this.SUBRULE(this.template, { ARGS: ["a reason in double quotes"] });
          },
        },
      ]);
    });
    return { kind: "exception", name, rule, scope: scope ?? null, when, until, grantedBy, because };
  });
}

const noClauses = (): Clauses => ({
  when: null,
  unless: null,
  approval: null,
  redactions: [],
  because: null,
  hint: null,
});
