// Grammar of selectors, redactions and approvals.
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
import type { Kind } from "./tokens.ts";

type Approver = ApprovalClause["by"][number];
type RedactStep = RedactPath["steps"][number];

const APPLIES_TO = "what this applies to: `tool.action`, `tool.*`, `@group` or `*`";
const APPROVER = 'who approves: `role "…"`, `2 of role "…"` or `user "…"`';

/** Words that follow a selector, and are not meant as a tool where one is missing. */
const CLAUSES: ReadonlySet<Kind> = new Set<Kind>([
  "when",
  "unless",
  "having",
  "by",
  "via",
  "within",
  "redact",
  "because",
  "hint",
  "to",
  "per",
  "key",
  "where",
]);

export abstract class SelectorRules extends ExpressionRules {
  /** `bare`: a name alone is let through, where a rule may be meant. */
  selector(bare = false): Selector {
    const first = this.here;
    const include = [this.#selectorPart(bare, APPLIES_TO)];
    while (this.eat(",")) include.push(this.#selectorPart(bare, APPLIES_TO));
    const except: SelectorPart[] = [];
    if (this.eat("except"))
      do except.push(this.#selectorPart(false, "what is excepted: `tool.action`, `tool.*` or `@group`"));
      while (this.eat(","));
    return { kind: "selector", span: this.from(first), include, except };
  }

  #selectorPart(bare: boolean, what: string): SelectorPart {
    const first = this.here;
    this.needs(what);
    if (this.eat("*")) return { kind: "everything", span: this.from(first) };
    if (this.eat("@")) {
      const name = this.qualifiedName("the name of a group");
      return { kind: "group", span: this.from(first), name };
    }
    const clause = CLAUSES.has(this.kind) && !this.at(".", 1) && !bare;
    if (!this.atWord() || clause) this.fail(this.expected(what));
    return this.#toolPart(bare);
  }

  #toolPart(bare: boolean): SelectorPart {
    const first = this.here;
    const path = this.qualifiedName("a tool");
    if (this.eat(".")) {
      const actions = this.eat("*") ? null : this.#chosenActions();
      return { kind: "tool", span: this.from(first), tool: path, actions };
    }
    const span = this.from(first);
    const action = path.parts[path.parts.length - 1];
    if (action !== undefined && path.parts.length > 1)
      return { kind: "tool", span, tool: this.qualified(path.parts.slice(0, -1)), actions: [action] };
    if (!bare) this.report(report["bare-tool"](span, { name: action?.text ?? "" }));
    return { kind: "tool", span, tool: path, actions: null };
  }
  #chosenActions(): readonly Name[] {
    if (!this.at("{")) this.fail(this.expected("an action after the dot: a name, `*` or `{ a, b }`"));
    return this.actionNames();
  }

  protected actionNames(): readonly Name[] {
    this.expect("{", "`{` and names");
    const names = this.names();
    this.expect("}", "`,` or `}` after the name");
    return names;
  }

  /** Names with commas between them, one more allowed at the end. */
  protected names(): readonly Name[] {
    const names = [this.anyName()];
    while (this.eat(",") && this.atAnyWord()) names.push(this.takeName());
    return names;
  }

  protected duration(): DurationNode {
    const token = this.here;
    const milliseconds = this.milliseconds("a duration such as `30m`");
    return { span: this.spanOf(token), milliseconds };
  }

  // ---------------------------------------------------------------------------------------------------------- approvals

  protected atApproval(): boolean {
    return this.at("by") || this.at("via") || this.at("within");
  }
  /** `by 2 of role "x" and user "u" via releases within 30m`: at least one of the three. */
  protected approval(): ApprovalClause {
    const first = this.here;
    if (!this.atApproval()) this.fail(this.expected("`by`, `via` or `within`"));
    const by: Approver[] = [];
    const via: Name[] = [];
    if (this.eat("by"))
      do by.push(this.#approver());
      while (this.eat("and"));
    if (this.eat("via"))
      do via.push(this.name("the name of a channel"));
      while (this.eat(","));
    const within = this.eat("within") ? this.duration() : null;
    return { span: this.from(first), by, via, within };
  }

  #approver(): Approver {
    const first = this.here;
    if (this.eat("user")) {
      const user = this.stringLiteral("a user's id in double quotes");
      return { span: this.from(first), count: 1, role: null, user };
    }
    let count = 1;
    if (this.at("Number")) {
      count = this.count();
      this.expect("of", "`of role` after the number of people");
      this.expect("role", '`role "…"` or `user "…"`');
    } else this.expect("role", APPROVER);
    const role = this.stringLiteral("a role in double quotes");
    return { span: this.from(first), count, role, user: null };
  }

  // ---------------------------------------------------------------------------------------------------------- redaction

  protected redaction(): RedactClause {
    const first = this.here;
    const path = this.redactPath();
    const matching = this.eat("matching") ? this.patternRef() : null;
    if (!this.eat("with")) this.fail(report["missing-with"](this.from(first)));
    const method = this.#redactMethod();
    return { span: this.from(first), path, matching, with: method };
  }

  /** A pattern by name, or written in place. */
  protected patternRef(): Expression {
    if (this.at("Regex")) return this.regex();
    if (!this.atWord()) this.fail(this.expected('the name of a pattern, or a pattern such as `re"[0-9]+"`'));
    const [first, ...rest] = this.qualifiedName().parts;
    const root = first as Name;
    return rest.reduce<Expression>(
      (of, name) => ({ kind: "field", span: { ...root.span, end: name.span.end }, of, name }),
      { kind: "name", span: root.span, text: root.text },
    );
  }

  redactPath(): RedactPath {
    const first = this.here;
    const root = this.eat("args") ? "args" : "result";
    if (root === "result") this.expect("result", "a path that begins with `args` or `result`");
    const steps: RedactStep[] = [];
    for (;;) {
      const start = this.here;
      if (this.eat(".")) {
        if (this.eat("*")) steps.push({ kind: "each", span: this.from(start) });
        else if (this.eat("**")) steps.push({ kind: "everywhere", span: this.from(start) });
        else if (this.atAnyWord()) steps.push({ kind: "field", name: this.takeName() });
        else this.fail(this.expected("a name, `*` or `**` after the dot"));
      } else if (this.eat("[")) {
        steps.push(this.#keyStep());
        this.expect("]");
      } else return { span: this.from(first), root, steps };
    }
  }
  #keyStep(): RedactStep {
    const star = this.here;
    if (this.eat("*")) return { kind: "each", span: this.spanOf(star) };
    return { kind: "key", key: this.stringLiteral("a text or `*` between the brackets") };
  }

  #redactMethod(): RedactMethod {
    const first = this.here;
    const { kind } = this;
    switch (kind) {
      case "remove":
      case "mask":
      case "hash":
        this.take();
        return { kind, span: this.from(first) };
      case "replace": {
        this.take();
        const value = this.literal();
        return { kind, span: this.from(first), value };
      }
      case "truncate": {
        this.take();
        const keep = this.count();
        return { kind, span: this.from(first), keep };
      }
      default:
        return this.fail(this.expected("`remove`, `replace`, `mask`, `hash` or `truncate` after `with`"));
    }
  }
}
