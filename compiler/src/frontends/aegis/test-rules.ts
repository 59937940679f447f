// Grammar of tests and properties, with the JSON in them.
import { EOF, type IToken } from "chevrotain";
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
import type { Bare } from "./declaration-rules.ts";
import { notesOf } from "./lexer.ts";
import { PolicyRules } from "./policy-rules.ts";
import { AnyWord, K, T, Word } from "./tokens.ts";

type JsonMember = Extract<JsonNode, { kind: "json-object" }>["members"][number];
type Approval = TestStep["approvals"][number];
type Outcome = NonNullable<TestStep["result"]>;

/** Tests may hold deeper JSON than expressions: hostile input is worth testing. */
const MAX_JSON_NESTING = 100;
/** Words that go on with a step on a line of their own. */
const STEP_CLAUSES = new Set(["facts", "approved", "result", "with", "by", "or", "code", "reason", "redact"]);
const DECISIONS = "a decision: `allow`, `sanitize`, `approval_needed` or `deny`";

export abstract class TestRules extends PolicyRules {
  protected readonly testItem = this.RULE("testItem", (): Bare<TestDeclaration> => {
    this.CONSUME(K.test);
    const title = this.SUBRULE(this.stringLiteral, { ARGS: ["what is tested, in double quotes"] });
    const open = this.CONSUME(T.leftBrace, { ERR_MSG: "`{` and the steps of the test" });
    const items: TestItem[] = [];
    do {
      this.MANY(() => {
        const { depth } = notesOf(this.LA(1));
        const item = this.attempt(
          () => this.SUBRULE(this.testLine),
          () => this.skipToLine(depth),
        );
        if (item !== undefined) items.push(item);
      });
    } while (this.skipsNonsense(open));
    this.OPTION(() => this.CONSUME(T.rightBrace));
    return { kind: "test", title, items };
  });

  private skipsNonsense(open: IToken): boolean {
    if (this.RECORDING_PHASE || this.next(T.rightBrace)) return false;
    if (this.next(EOF) || this.atDeclaration()) {
      this.report(report.unclosed(this.spanOf(open), { open: "{", close: "}" }));
      return false;
    }
    this.report(this.unknownWord("a line of a test"));
    const { depth } = notesOf(this.LA(1));
    this.SKIP_TOKEN();
    this.skipToLine(depth);
    return true;
  }

  /** Skips to the next line of the test, to the brace that closes the block at `depth`, or to a declaration. */
  private skipToLine(depth: number): void {
    while (
      !this.next(EOF) &&
      !this.atLine(depth) &&
      !this.atDeclaration() &&
      !(this.next(T.rightBrace) && notesOf(this.LA(1)).depth < depth)
    )
      this.SKIP_TOKEN();
  }

  /** A word at the start of a line that is no clause of the step above it. */
  private atLine(depth: number): boolean {
    const token = this.LA(1);
    const notes = notesOf(token);
    if (!notes.first || notes.depth > depth || !this.next(AnyWord)) return false;
    if (token.tokenType === K.expect) return this.next(K.hidden, 2) || this.next(K.visible, 2);
    return !STEP_CLAUSES.has(token.image);
  }

  private readonly testLine = this.RULE("testLine", (): TestItem => {
    const first = this.LA(1);
    return this.OR([
      {
        ALT: (): TestItem => {
          this.CONSUME(K.agent);
          const value = this.SUBRULE1(this.json);
          return { kind: "setup", span: this.from(first), of: "agent", value };
        },
      },
      {
        ALT: (): TestItem => {
          this.CONSUME(K.context);
          const value = this.SUBRULE2(this.json);
          return { kind: "setup", span: this.from(first), of: "context", value };
        },
      },
      { ALT: (): TestItem => this.SUBRULE(this.given) },
      {
        ALT: (): TestItem => {
          this.CONSUME(K.after);
          const duration = this.SUBRULE(this.duration);
          return { kind: "after", span: this.from(first), duration };
        },
      },
      {
        ALT: (): TestItem => {
          this.CONSUME(K.at);
          const time = this.SUBRULE(this.timeLiteral);
          return { kind: "at", span: this.from(first), time };
        },
      },
      { ALT: (): TestItem => this.SUBRULE(this.step) },
      { ALT: (): TestItem => this.SUBRULE(this.cases) },
      { ALT: (): TestItem => this.SUBRULE(this.visibility) },
    ]);
  });

  private readonly visibility = this.RULE("visibility", (): TestItem => {
    const first = this.CONSUME(K.expect);
    const visible = this.OR({
      DEF: [{ ALT: () => (this.CONSUME(K.hidden), false) }, { ALT: () => (this.CONSUME(K.visible), true) }],
      ERR_MSG: "`hidden` or `visible`, or a step before the `expect`",
    });
    const selector = this.SUBRULE(this.selector);
    return { kind: "visibility", span: this.from(first), visible, selector };
  });

  private readonly given = this.RULE("given", (): GivenState => {
    const first = this.CONSUME(K.given);
    const of = this.OR<GivenState["of"]>({
      DEF: [
        { ALT: () => (this.CONSUME(K.label), "label") },
        { ALT: () => (this.CONSUME(K.counter), "counter") },
      ],
      ERR_MSG: "`label` or `counter` after `given`",
    });
    const name = this.SUBRULE(this.qualifiedName, { ARGS: [`the name of a ${of}`] });
    const key: JsonNode[] = [];
    this.OPTION1(() => {
      this.CONSUME(T.leftParen);
      this.AT_LEAST_ONE_SEP({
        SEP: T.comma,
        DEF: () => key.push(this.SUBRULE1(this.json)),
        ERR_MSG: "a key",
      });
      this.CONSUME(T.rightParen, { ERR_MSG: "`,` or `)` after the key" });
    });
    const counter = of === "counter" && !this.RECORDING_PHASE;
    if (counter && !this.next(T.assign)) this.fail(this.expected("`=` and the value of the counter"));
    const value = this.OPTION2(() => {
      this.CONSUME(T.assign);
      return this.SUBRULE2(this.json);
    });
    return { kind: "given", span: this.from(first), of, name, key, value: value ?? null };
  });

  /** `git.push`, `"github"."list-issues"`: a tool and its action. */
  private readonly target = this.RULE("target", (): { tool: QualifiedName; action: Name } => {
    const parts: Name[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: T.dot,
      DEF: () => parts.push(this.SUBRULE(this.wireName)),
      ERR_MSG: "an action such as `tool.action`",
    });
    const action = parts[parts.length - 1];
    if (this.RECORDING_PHASE || action === undefined || parts.length < 2) {
      if (!this.RECORDING_PHASE) this.fail(this.expected("`.` and an action after the tool"));
      return { tool: this.qualified([]), action: { kind: "name", span: this.place.span(0, 0), text: "" } };
    }
    return { tool: this.qualified(parts.slice(0, -1)), action };
  });
  private readonly wireName = this.RULE("wireName", (): Name =>
    this.OR({
      DEF: [
        { ALT: () => this.nameFrom(this.CONSUME(AnyWord)) },
        {
          ALT: (): Name => {
            const { span, value } = this.SUBRULE(this.stringLiteral);
            return { kind: "name", span, text: value };
          },
        },
      ],
      ERR_MSG: "an action such as `tool.action`",
    }),
  );

  private readonly step = this.RULE("step", (): TestStep => {
    const first = this.CONSUME(K.step);
    const { tool, action } = this.SUBRULE(this.target);
    const args = this.SUBRULE1(this.json);
    const facts = this.OPTION1(() => {
      this.CONSUME(K.facts);
      return this.SUBRULE2(this.json);
    });
    const approvals: Approval[] = [];
    this.MANY(() => approvals.push(this.SUBRULE(this.approved)));
    const result = this.OPTION2(() => this.SUBRULE(this.outcome));
    const expect = this.OPTION3({
      GATE: () => !this.next(K.result, 2) && !this.next(K.hidden, 2) && !this.next(K.visible, 2),
      DEF: () => {
        this.CONSUME1(K.expect);
        return this.SUBRULE1(this.expectation);
      },
    });
    const expectResult = this.OPTION4({
      GATE: () => this.next(K.result, 2),
      DEF: () => {
        this.CONSUME2(K.expect);
        this.CONSUME(K.result);
        return this.SUBRULE2(this.expectation);
      },
    });
    return {
      kind: "step",
      span: this.from(first),
      tool,
      action,
      args,
      facts: facts ?? null,
      approvals,
      result: result ?? null,
      expect: expect ?? null,
      expectResult: expectResult ?? null,
    };
  });

  private readonly approved = this.RULE("approved", (): Approval => {
    const first = this.CONSUME(K.approved);
    this.CONSUME(K.by, { ERR_MSG: "`by` after `approved`" });
    const by = this.SUBRULE1(this.stringLiteral, { ARGS: ["who approved, in double quotes"] });
    const role = this.OPTION(() => {
      this.CONSUME(K.role);
      return this.SUBRULE2(this.stringLiteral, { ARGS: ["a role in double quotes"] });
    });
    return { span: this.from(first), by, role: role ?? null };
  });

  private readonly outcome = this.RULE("outcome", (): Outcome => {
    const first = this.CONSUME(K.result);
    const status = this.OR<Outcome["status"]>({
      DEF: [
        { ALT: () => (this.CONSUME(K.ok), "ok") },
        { ALT: () => (this.CONSUME(K.error), "error") },
        { ALT: () => (this.CONSUME(K.unknown), "unknown") },
      ],
      ERR_MSG: "`ok`, `error` or `unknown` after `result`",
    });
    const value = this.OPTION({
      GATE: () => !this.next(Word) || this.next(K.null),
      DEF: () => this.SUBRULE(this.json),
    });
    return { span: this.from(first), status, value: value ?? null };
  });

  private readonly cases = this.RULE("cases", (): TestCases => {
    const first = this.CONSUME(K.cases);
    const { tool, action } = this.SUBRULE(this.target);
    const args = this.SUBRULE1(this.json);
    this.CONSUME(K.with, { ERR_MSG: "`with` and the names of the columns" });
    const columns: Name[] = [];
    this.AT_LEAST_ONE_SEP1({
      SEP: T.comma,
      DEF: () => columns.push(this.SUBRULE(this.anyName)),
      ERR_MSG: "the name of a column",
    });
    const open = this.CONSUME(T.leftBrace, { ERR_MSG: "`{` and the rows" });
    const rows: TestCases["rows"][number][] = [];
    this.MANY(() => rows.push(this.SUBRULE(this.row)));
    this.close(open, 'a row such as `"main" -> deny`');
    return { kind: "cases", span: this.from(first), tool, action, args, columns, rows };
  });

  private readonly row = this.RULE("row", (): TestCases["rows"][number] => {
    const first = this.LA(1);
    const values: JsonNode[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: T.comma,
      DEF: () => values.push(this.SUBRULE(this.json)),
      ERR_MSG: "a value",
    });
    this.CONSUME(T.arrow, { ERR_MSG: "`,` or `->` after the value" });
    const expect = this.SUBRULE(this.expectation);
    return { span: this.from(first), values, expect };
  });

  // ---------------------------------------------------------------------------------------------------- expectations

  private readonly expectation = this.RULE("expectation", (): Expectation => {
    const first = this.LA(1);
    const negated = this.OPTION1(() => this.CONSUME(K.not)) !== undefined;
    const decisions: Expectation["decisions"][number][] = [];
    this.AT_LEAST_ONE_SEP1({
      SEP: K.or,
      DEF: () => decisions.push(this.SUBRULE(this.decision)),
      ERR_MSG: DECISIONS,
    });
    const by: QualifiedName[] = [];
    this.OPTION2(() => {
      this.CONSUME(K.by);
      this.AT_LEAST_ONE_SEP2({
        SEP: T.comma,
        DEF: () => by.push(this.SUBRULE(this.qualifiedName, { ARGS: ["the name of a rule"] })),
        ERR_MSG: "the name of a rule",
      });
    });
    const code = this.OPTION3(() => {
      this.CONSUME(K.code);
      return this.SUBRULE(this.anyName, { ARGS: ["a code such as `invalid_input`"] });
    });
    const reason = this.OPTION4(() => {
      this.CONSUME(K.reason);
      return this.SUBRULE1(this.stringLiteral, { ARGS: ["the reason in double quotes"] });
    });
    const redacts: StringLiteral[] = [];
    this.MANY(() => {
      this.CONSUME(K.redact);
      redacts.push(this.SUBRULE2(this.stringLiteral, { ARGS: ['a pointer such as `"/args/body"`'] }));
    });
    return {
      span: this.from(first),
      negated,
      decisions,
      by: by.length === 0 ? null : by,
      code: code ?? null,
      reason: reason ?? null,
      redacts,
    };
  });

  private readonly decision = this.RULE("decision", (): Expectation["decisions"][number] => {
    const first = this.LA(1);
    const decision = this.OR<Expectation["decisions"][number]["decision"]>({
      DEF: [
        { ALT: () => (this.CONSUME(K.allow), "allow") },
        { ALT: () => (this.CONSUME(K.sanitize), "sanitize") },
        { ALT: () => (this.CONSUME(K.approval_needed), "approval_needed") },
        { ALT: () => (this.CONSUME(K.deny), "deny") },
      ],
      ERR_MSG: DECISIONS,
    });
    return { span: this.from(first), decision };
  });

  protected readonly propertyItem = this.RULE("propertyItem", (): Bare<PropertyDeclaration> => {
    this.CONSUME(K.property);
    const title = this.SUBRULE(this.stringLiteral, { ARGS: ["what holds, in double quotes"] });
    const open = this.CONSUME(T.leftBrace, { ERR_MSG: "`{` and `for all call …`" });
    this.CONSUME(K.for, { ERR_MSG: "`for all call` and the actions" });
    this.CONSUME(K.all, { ERR_MSG: "`all call` and the actions" });
    this.CONSUME(K.call, { ERR_MSG: "`call` and the actions" });
    const selector = this.SUBRULE(this.selector);
    const where = this.OPTION(() => {
      this.CONSUME(K.where);
      return this.SUBRULE(this.expression);
    });
    this.CONSUME(K.expect, { ERR_MSG: "`where …` or `expect …`" });
    const expect = this.SUBRULE(this.expectation);
    this.close(open, "nothing more");
    return { kind: "property", title, selector, where: where ?? null, expect };
  });

  // ------------------------------------------------------------------------------------------------------------- json

  private readonly json = this.RULE("json", (): JsonNode => {
    const first = this.LA(1);
    return this.nested(
      first,
      () =>
        this.OR<JsonNode>({
          DEF: [
            { ALT: () => this.SUBRULE(this.jsonObject) },
            { ALT: () => this.SUBRULE(this.jsonArray) },
            {
              ALT: () => {
                const { span, value } = this.stringFrom(this.CONSUME(T.string), "json");
                return { kind: "json-string", span, value };
              },
            },
            { ALT: () => this.SUBRULE(this.jsonNumber) },
            { ALT: () => (this.CONSUME(K.true), { kind: "json-bool", span: this.from(first), value: true }) },
            {
              ALT: () => (this.CONSUME(K.false), { kind: "json-bool", span: this.from(first), value: false }),
            },
            { ALT: () => (this.CONSUME(K.null), { kind: "json-null", span: this.from(first) }) },
            {
              ALT: () => {
                const { span, text } = this.nameFrom(this.CONSUME(Word));
                return { kind: "json-string", span, value: text };
              },
            },
          ],
          ERR_MSG: "a value as in JSON",
          IGNORE_AMBIGUITIES: true,
        }),
      MAX_JSON_NESTING,
    );
  });

  private readonly jsonNumber = this.RULE("jsonNumber", (): JsonNode => {
    const first = this.LA(1);
    const minus = this.OPTION(() => this.CONSUME(T.minus)) !== undefined;
    const { image } = this.CONSUME(T.number);
    return { kind: "json-number", span: this.from(first), text: `${minus ? "-" : ""}${image}` };
  });

  private readonly jsonArray = this.RULE("jsonArray", (): JsonNode => {
    const first = this.CONSUME(T.leftBracket);
    const items: JsonNode[] = [];
    let more = true;
    this.MANY({
      GATE: () => more,
      DEF: () => {
        items.push(this.SUBRULE(this.json));
        more = this.OPTION(() => this.CONSUME(T.comma)) !== undefined;
      },
    });
    this.CONSUME(T.rightBracket, { ERR_MSG: "`,` or `]` after the value" });
    return { kind: "json-array", span: this.from(first), items };
  });

  private readonly jsonObject = this.RULE("jsonObject", (): JsonNode => {
    const first = this.CONSUME(T.leftBrace);
    const members: JsonMember[] = [];
    let more = true;
    this.MANY({
      GATE: () => more,
      DEF: () => {
        members.push(this.SUBRULE(this.jsonMember));
        more = this.OPTION(() => this.CONSUME(T.comma)) !== undefined;
      },
    });
    this.CONSUME(T.rightBrace, { ERR_MSG: "`,` or `}` after the value" });
    return { kind: "json-object", span: this.from(first), members };
  });

  private readonly jsonMember = this.RULE("jsonMember", (): JsonMember => {
    const { text, span } = this.OR({
      DEF: [
        { ALT: () => this.nameFrom(this.CONSUME(AnyWord)) },
        {
          ALT: () => {
            const { span, value } = this.stringFrom(this.CONSUME(T.string), "json");
            return { text: value, span };
          },
        },
      ],
      ERR_MSG: "a key",
    });
    this.CONSUME(T.colon, { ERR_MSG: "`:` after the key" });
    return { key: text, keySpan: span, value: this.SUBRULE(this.json) };
  });
}
