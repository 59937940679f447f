// Grammar of policies, rules, uses and exceptions.
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
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
import { NO_CLAUSES } from "../../syntax/no-clauses.ts";
import type { Token } from "./cursor.ts";
import type { Head } from "./declaration-rules.ts";
import { StateRules } from "./state-rules.ts";

/** Clauses of a rule while they are gathered. */
interface Clauses {
  when: Expression | null;
  unless: Expression | null;
  approval: ApprovalClause | null;
  redactions: RedactClause[];
  because: Template | null;
  hint: Template | null;
}

export abstract class PolicyRules extends StateRules {
  /** `shadow`, `shadow until 2099-12-31`; or null. */
  protected shadow(): Shadow | null {
    const first = this.here;
    if (!this.eat("shadow")) return null;
    const until = this.eat("until") ? this.timeLiteral() : null;
    return { span: this.from(first), until };
  }

  protected policyItem({ first, doc, annotations }: Head, shadow: Shadow | null): PolicyDeclaration {
    this.take();
    const name = this.name("a name for the policy");
    let params: readonly FieldNodeRef[] = [];
    if (this.eat("(")) {
      params = this.closedFields("a parameter: a policy lists all of them");
      this.expect(")", "`,` or `)` after the parameter");
    }
    const scope = this.eat("for") ? this.expression() : null;
    const open = this.expect("{", "`{` and the rules of the policy");
    const rules: RuleDeclaration[] = [];
    do
      while (this.#atPolicyRule()) {
        const depth = this.tokens.depth(this.here);
        const rule = this.attempt(
          () => this.#policyRule(),
          () => this.#skipToRule(depth),
        );
        if (rule !== undefined) rules.push(rule);
      }
    while (this.#skipsJunk(open));
    this.eat("}");
    return { kind: "policy", name, params, scope, rules, shadow, span: this.from(first), doc, annotations };
  }

  /** What stands between rules and is none: reported and skipped. False at the end of the block. */
  #skipsJunk(open: Token): boolean {
    if (this.at("}")) return false;
    if (this.at("End") || this.atDeclaration()) {
      this.report(report.unclosed(this.spanOf(open), { open: "{", close: "}" }));
      return false;
    }
    this.report(this.unknownWord("a rule"));
    this.#skipToRule(this.tokens.depth(this.here));
    return true;
  }

  /** Skips to the next rule, to the brace that closes the block at `depth`, or to a declaration that no policy holds. */
  #skipToRule(depth: number): void {
    while (
      !this.at("End") &&
      !this.atRule() &&
      !this.atDeclaration() &&
      !(this.at("}") && this.tokens.depth(this.here) < depth)
    )
      this.take();
  }

  protected abstract atRule(): boolean;
  protected abstract unknownWord(what: string): Diagnostic;

  #atPolicyRule(): boolean {
    return this.at("@") || this.at("shadow") || this.atEffect();
  }
  #policyRule(): RuleDeclaration {
    const head = this.head();
    return this.ruleItem(head, this.shadow());
  }

  protected atEffect(): boolean {
    const { kind } = this;
    return (
      kind === "allow" || kind === "deny" || kind === "withhold" || kind === "sanitize" || kind === "require"
    );
  }

  protected ruleItem({ first, doc, annotations }: Head, shadow: Shadow | null): RuleDeclaration {
    const effect = this.#effect();
    this.#checkRuleHead(this.here - 1);
    const name = this.anyName("a name for the rule");
    this.expect(":", "`:` after the rule's name");
    const selector = this.selector();
    const having: Having[] = [];
    if (this.eat("having"))
      do having.push(this.#having());
      while (this.eat(","));
    const clauses: Clauses = { ...NO_CLAUSES, redactions: [] };
    while (this.#clause(clauses));
    const { when, unless, approval, redactions, because, hint } = clauses;
    return {
      kind: "rule",
      name,
      effect,
      selector,
      having,
      when,
      unless,
      approval,
      redactions,
      because,
      hint,
      absentDecides: false,
      shadow,
      span: this.from(first),
      doc,
      annotations,
    };
  }

  #effect(): Effect {
    const { kind } = this;
    switch (kind) {
      case "allow":
      case "deny":
      case "withhold":
      case "sanitize":
        this.take();
        return kind;
      case "require":
        this.take();
        this.expect("approval", "`approval` after `require`");
        return "approval";
      default:
        return this.fail(
          this.expected("a rule: `allow`, `deny`, `withhold`, `sanitize` or `require approval`"),
        );
    }
  }

  /** A selector or a colon where the name belongs: the name was forgotten. */
  #checkRuleHead(effect: Token): void {
    if (this.isFirst(this.here)) return;
    const forgotten = this.at(":") || this.at("*") || this.at("@") || (this.at(".", 1) && !this.at("Text"));
    if (!forgotten) return;
    const word = this.tokens.kind(effect) === "approval" ? "require approval" : this.tokens.image(effect);
    this.fail(report["missing-rule-name"](this.missingHere(), { word }));
  }

  #having(): Having {
    const first = this.here;
    const path = this.expression();
    const type = this.eat(":") ? this.typeNode() : null;
    return { span: this.from(first), path, type };
  }

  /** Reads the next clause into `clauses`; false where none stands. */
  #clause(clauses: Clauses): boolean {
    const word = this.here;
    switch (this.kind) {
      case "when":
        this.#once(word, clauses.when);
        clauses.when = this.expression();
        return true;
      case "unless":
        this.#once(word, clauses.unless);
        clauses.unless = this.expression();
        return true;
      case "by":
      case "via":
      case "within":
        this.#checkOnce(word, clauses.approval);
        clauses.approval = this.approval();
        return true;
      case "redact":
        this.take();
        do clauses.redactions.push(this.redaction());
        while (this.eat(","));
        return true;
      case "because":
        this.#once(word, clauses.because);
        clauses.because = this.template("a reason in double quotes");
        return true;
      case "hint":
        this.#once(word, clauses.hint);
        clauses.hint = this.template("a hint in double quotes");
        return true;
      default:
        return false;
    }
  }

  /** Takes the word of a clause, and reports it when one has been given before; the later one stands. */
  #once(word: Token, before: unknown): void {
    this.take();
    this.#checkOnce(word, before);
  }
  #checkOnce(word: Token, before: unknown): void {
    if (before !== null)
      this.report(report["duplicate-clause"](this.spanOf(word), { clause: this.tokens.image(word) }));
  }

  // ------------------------------------------------------------------------------------------------ uses and exceptions

  protected useItem({ first, doc, annotations }: Head): UsePolicy {
    this.take();
    const policy = this.qualifiedName("the name of a policy");
    if (!this.at("(")) this.fail(this.expected("`(` and the arguments of the policy"));
    const args = this.args();
    const alias = this.eat("as") ? this.name() : null;
    const scope = this.eat("for") ? this.expression() : null;
    return { kind: "use", policy, args, alias, scope, span: this.from(first), doc, annotations };
  }

  protected exceptionItem({ first, doc, annotations }: Head): ExceptionDeclaration {
    this.take();
    const name = this.anyName("a name for the exception");
    this.expect(":", "`:` after the exception's name");
    this.expect("waive", "`waive` and the id of a rule");
    const rule = this.qualifiedName("the id of a rule");
    const scope = this.eat("for") ? this.expression() : null;
    let when: Expression | null = null;
    let until: number | null = null;
    let grantedBy: StringLiteral | null = null;
    let because: Template | null = null;
    for (;;) {
      const word = this.here;
      switch (this.kind) {
        case "when":
          this.#once(word, when);
          when = this.expression();
          break;
        case "until":
          this.#once(word, until);
          until = this.timeLiteral();
          break;
        case "granted":
          this.#once(word, grantedBy);
          this.expect("by", "`by` after `granted`");
          grantedBy = this.stringLiteral("who granted it, in double quotes");
          break;
        case "because":
          this.#once(word, because);
          because = this.template("a reason in double quotes");
          break;
        default:
          return {
            kind: "exception",
            name,
            rule,
            scope,
            when,
            until,
            grantedBy,
            because,
            span: this.from(first),
            doc,
            annotations,
          };
      }
    }
  }
}
