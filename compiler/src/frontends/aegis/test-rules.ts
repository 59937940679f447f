// Grammar of tests and properties.
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type {
  Expectation,
  GivenState,
  JsonNode,
  PropertyDeclaration,
  TestCases,
  TestDeclaration,
  TestItem,
  TestStep,
} from "../../syntax/ast.ts";
import type { Name, QualifiedName, StringLiteral } from "../../syntax/expression.ts";
import type { Token } from "./cursor.ts";
import type { Head } from "./declaration-rules.ts";
import { JsonRules } from "./json-rules.ts";

type Approval = TestStep["approvals"][number];
type Outcome = NonNullable<TestStep["result"]>;

/** Words that go on with a step on a line of their own. */
const STEP_CLAUSES = new Set(["facts", "approved", "result", "with", "by", "or", "code", "reason", "redact"]);
const DECISIONS = "a decision: `allow`, `sanitize`, `approval_needed` or `deny`";

export abstract class TestRules extends JsonRules {
  protected testItem({ first, doc, annotations }: Head): TestDeclaration {
    this.take();
    const title = this.stringLiteral("what is tested, in double quotes");
    const open = this.expect("{", "`{` and the steps of the test");
    const items: TestItem[] = [];
    do
      while (this.#atTestLine()) {
        const depth = this.tokens.depth(this.here);
        const item = this.attempt(
          () => this.#testLine(),
          () => this.#skipToLine(depth),
        );
        if (item !== undefined) items.push(item);
      }
    while (this.#skipsNonsense(open));
    this.eat("}");
    return { kind: "test", title, items, span: this.from(first), doc, annotations };
  }

  #skipsNonsense(open: Token): boolean {
    if (this.at("}")) return false;
    if (this.at("End") || this.atDeclaration()) {
      this.report(report.unclosed(this.spanOf(open), { open: "{", close: "}" }));
      return false;
    }
    this.report(this.unknownWord("a line of a test"));
    const depth = this.tokens.depth(this.take());
    this.#skipToLine(depth);
    return true;
  }

  /** Skips to the next line of the test, to the brace that closes the block at `depth`, or to a declaration. */
  #skipToLine(depth: number): void {
    while (
      !this.at("End") &&
      !this.#atLine(depth) &&
      !this.atDeclaration() &&
      !(this.at("}") && this.tokens.depth(this.here) < depth)
    )
      this.take();
  }

  /** A word at the start of a line that is no clause of the step above it. */
  #atLine(depth: number): boolean {
    if (!this.isFirst(this.here) || this.tokens.depth(this.here) > depth || !this.atAnyWord()) return false;
    if (this.at("expect")) return this.at("hidden", 1) || this.at("visible", 1);
    return !STEP_CLAUSES.has(this.kind);
  }

  #atTestLine(): boolean {
    switch (this.kind) {
      case "agent":
      case "context":
      case "given":
      case "after":
      case "at":
      case "step":
      case "cases":
      case "expect":
        return true;
      default:
        return false;
    }
  }
  #testLine(): TestItem {
    const { kind } = this;
    const first = this.take();
    switch (kind) {
      case "agent":
      case "context": {
        const value = this.json();
        return { kind: "setup", span: this.from(first), of: kind, value };
      }
      case "given":
        return this.#given(first);
      case "after": {
        const duration = this.duration();
        return { kind: "after", span: this.from(first), duration };
      }
      case "at": {
        const time = this.timeLiteral();
        return { kind: "at", span: this.from(first), time };
      }
      case "step":
        return this.#step(first);
      case "cases":
        return this.#cases(first);
      default:
        return this.#visibility(first);
    }
  }

  #visibility(first: Token): TestItem {
    const visible = this.eat("visible");
    if (!visible) this.expect("hidden", "`hidden` or `visible`, or a step before the `expect`");
    const selector = this.selector();
    return { kind: "visibility", span: this.from(first), visible, selector };
  }

  #given(first: Token): GivenState {
    const of = this.eat("label") ? "label" : "counter";
    if (of === "counter") this.expect("counter", "`label` or `counter` after `given`");
    const name = this.qualifiedName(`the name of a ${of}`);
    const key: JsonNode[] = [];
    if (this.eat("(")) {
      if (!this.atJson()) this.fail(this.expected("a key"));
      do key.push(this.json());
      while (this.eat(","));
      this.expect(")", "`,` or `)` after the key");
    }
    if (of === "counter" && !this.at("=")) this.fail(this.expected("`=` and the value of the counter"));
    const value = this.eat("=") ? this.json() : null;
    return { kind: "given", span: this.from(first), of, name, key, value };
  }

  /** `git.push`, `"github"."list-issues"`: a tool and its action. */
  #target(): { readonly tool: QualifiedName; readonly action: Name } {
    const parts: Name[] = [];
    do parts.push(this.#wireName());
    while (this.eat("."));
    const action = parts.pop();
    if (action === undefined || parts.length === 0)
      return this.fail(this.expected("`.` and an action after the tool"));
    return { tool: this.qualified(parts), action };
  }
  #wireName(): Name {
    if (this.atAnyWord()) return this.takeName();
    const { span, value } = this.stringLiteral("an action such as `tool.action`");
    return { kind: "name", span, text: value };
  }

  #step(first: Token): TestStep {
    const { tool, action } = this.#target();
    const args = this.json();
    const facts = this.eat("facts") ? this.json() : null;
    const approvals: Approval[] = [];
    while (this.at("approved")) approvals.push(this.#approved());
    const result = this.at("result") ? this.#outcome() : null;
    const expect = this.#expects("a decision") ? this.#expectation() : null;
    const expectResult = this.#expects("a result") ? this.#expectation() : null;
    const span = this.from(first);
    return { kind: "step", span, tool, action, args, facts, approvals, result, expect, expectResult };
  }
  /** Takes `expect`, or `expect result`; `expect hidden` and `expect visible` are lines of their own. */
  #expects(what: "a decision" | "a result"): boolean {
    if (!this.at("expect") || this.at("hidden", 1) || this.at("visible", 1)) return false;
    if (this.at("result", 1) !== (what === "a result")) return false;
    this.take();
    if (what === "a result") this.take();
    return true;
  }

  #approved(): Approval {
    const first = this.take();
    this.expect("by", "`by` after `approved`");
    const by = this.stringLiteral("who approved, in double quotes");
    const role = this.eat("role") ? this.stringLiteral("a role in double quotes") : null;
    return { span: this.from(first), by, role };
  }

  #outcome(): Outcome {
    const first = this.take();
    const { kind: status } = this;
    if (status !== "ok" && status !== "error" && status !== "unknown")
      return this.fail(this.expected("`ok`, `error` or `unknown` after `result`"));
    this.take();
    // A word goes on with the step; only the others can be the value.
    const valued = this.atJson() && (!this.atWord() || this.at("null"));
    const value = valued ? this.json() : null;
    return { span: this.from(first), status, value };
  }

  #cases(first: Token): TestCases {
    const { tool, action } = this.#target();
    const args = this.json();
    this.expect("with", "`with` and the names of the columns");
    const columns: Name[] = [];
    do columns.push(this.anyName("the name of a column"));
    while (this.eat(","));
    const open = this.expect("{", "`{` and the rows");
    const rows: TestCases["rows"][number][] = [];
    while (this.atJson()) rows.push(this.#row());
    this.close(open, 'a row such as `"main" -> deny`');
    return { kind: "cases", span: this.from(first), tool, action, args, columns, rows };
  }
  #row(): TestCases["rows"][number] {
    const first = this.here;
    const values: JsonNode[] = [];
    do values.push(this.json());
    while (this.eat(","));
    this.expect("->", "`,` or `->` after the value");
    const expect = this.#expectation();
    return { span: this.from(first), values, expect };
  }

  // -------------------------------------------------------------------------------------------------------- expectations

  #expectation(): Expectation {
    const first = this.here;
    const negated = this.eat("not");
    const decisions: Expectation["decisions"][number][] = [];
    do decisions.push(this.#decision());
    while (this.eat("or"));
    const by: QualifiedName[] = [];
    if (this.eat("by"))
      do by.push(this.qualifiedName("the name of a rule"));
      while (this.eat(","));
    const code = this.eat("code") ? this.anyName("a code such as `invalid_input`") : null;
    const reason = this.eat("reason") ? this.stringLiteral("the reason in double quotes") : null;
    const redacts: StringLiteral[] = [];
    while (this.eat("redact")) redacts.push(this.stringLiteral('a pointer such as `"/args/body"`'));
    const span = this.from(first);
    return { span, negated, decisions, by: by.length === 0 ? null : by, code, reason, redacts };
  }

  #decision(): Expectation["decisions"][number] {
    const first = this.here;
    const { kind: decision } = this;
    if (
      decision !== "allow" &&
      decision !== "sanitize" &&
      decision !== "approval_needed" &&
      decision !== "deny"
    )
      return this.fail(this.expected(DECISIONS));
    this.take();
    return { span: this.from(first), decision };
  }

  protected propertyItem({ first, doc, annotations }: Head): PropertyDeclaration {
    this.take();
    const title = this.stringLiteral("what holds, in double quotes");
    const open = this.expect("{", "`{` and `for all call …`");
    this.expect("for", "`for all call` and the actions");
    this.expect("all", "`all call` and the actions");
    this.expect("call", "`call` and the actions");
    const selector = this.selector();
    const where = this.eat("where") ? this.expression() : null;
    this.expect("expect", "`where …` or `expect …`");
    const expect = this.#expectation();
    this.close(open, "nothing more");
    return { kind: "property", title, selector, where, expect, span: this.from(first), doc, annotations };
  }
}
