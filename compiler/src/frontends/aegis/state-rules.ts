// Grammar of what is remembered between calls: labels and limits.
import type {
  ApprovalClause,
  LabelDeclaration,
  LabelTransition,
  LimitDeclaration,
  Scope,
} from "../../syntax/ast.ts";
import type { Expression, FieldNodeRef } from "../../syntax/expression.ts";
import { DeclarationRules, type Head } from "./declaration-rules.ts";

export abstract class StateRules extends DeclarationRules {
  protected labelItem({ first, doc, annotations }: Head): LabelDeclaration {
    this.take();
    const name = this.name("a name for the label");
    let keys: readonly FieldNodeRef[] = [];
    if (this.eat("(")) {
      keys = this.closedFields("a key: a label lists all of them");
      this.expect(")", "`,` or `)` after the key");
    }
    const transitions: LabelTransition[] = [];
    for (let { kind } = this; kind === "set" || kind === "clear"; kind = this.kind)
      transitions.push(this.#transition(kind));
    this.expect("per", "`set on …`, `clear on …` or `per session`");
    const scope = this.#scope();
    const max = this.eat("max") ? this.count() : null;
    return { kind: "label", name, keys, transitions, scope, max, span: this.from(first), doc, annotations };
  }

  #transition(op: LabelTransition["op"]): LabelTransition {
    const first = this.take();
    this.expect("on", `\`on\` after \`${op}\``);
    const on = this.#event();
    const selector = this.selector(on === "approval" || on === "denied");
    const key: Expression[] = [];
    let each: LabelTransition["each"] = null;
    if (this.eat("key")) {
      do key.push(this.expression());
      while (this.eat(","));
      if (this.eat("for")) each = this.#each();
    }
    const when = this.eat("when") ? this.expression() : null;
    return { span: this.from(first), op, on, selector, key, each, when };
  }
  #event(): LabelTransition["on"] {
    const { kind } = this;
    if (kind !== "call" && kind !== "result" && kind !== "approval" && kind !== "denied")
      return this.fail(this.expected("`call`, `result`, `approval` or `denied` after `on`"));
    this.take();
    return kind;
  }
  #each(): NonNullable<LabelTransition["each"]> {
    this.expect("each", "`each` after `for`");
    const name = this.name("a name, as in `for each x in xs`");
    this.expect("in", "`in` after the name, as in `for each x in xs`");
    return { name, over: this.expression() };
  }

  #scope(): Scope {
    const { kind } = this;
    if (kind !== "session" && kind !== "agent" && kind !== "tenant")
      return this.fail(this.expected("`session`, `agent` or `tenant` after `per`"));
    this.take();
    return kind;
  }

  protected limitItem({ first, doc, annotations }: Head): LimitDeclaration {
    this.take();
    const name = this.name("a name for the limit");
    this.expect(":", "`:` after the limit's name");
    const selector = this.selector();
    this.expect("to", "`to` and the amount of the limit");
    const to = this.expression();
    const sum = this.eat("sum") ? this.expression() : null;
    const settle = this.eat("settle") ? this.expression() : null;
    this.expect("per", "`per session`, `per agent` or `per tenant`");
    const scope = this.#scope();
    const keys: Expression[] = [];
    while (this.eat(",")) keys.push(this.expression());
    const over = this.eat("over") ? this.duration() : null;
    const otherwise = this.at("else") ? this.#otherwise() : null;
    const because = this.eat("because") ? this.template("a reason in double quotes") : null;
    const hint = this.eat("hint") ? this.template("a hint in double quotes") : null;
    return {
      kind: "limit",
      name,
      selector,
      to,
      sum,
      settle,
      scope,
      keys,
      over,
      otherwise,
      because,
      hint,
      span: this.from(first),
      doc,
      annotations,
    };
  }
  #otherwise(): ApprovalClause {
    const first = this.take();
    this.expect("require", "`require approval` after `else`");
    this.expect("approval", "`approval` after `require`");
    return this.atApproval() ? this.approval() : { span: this.from(first), by: [], via: [], within: null };
  }
}
