// The whole grammar: a file is a package and its declarations. Also decides where parsing goes on after a mistake.
import { EOF, type IToken, type TokenType } from "chevrotain";
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Item, Module, Shadow } from "../../syntax/ast.ts";
import type { QualifiedName } from "../../syntax/expression.ts";
import { describe } from "./parser-base.ts";
import { notesOf } from "./lexer.ts";
import { TestRules } from "./test-rules.ts";
import { AnyWord, DECLARATION_STARTS, Infix, K, MISTAKES, RULE_STARTS, T, TEST_STARTS } from "./tokens.ts";

export type ModuleParts = Pick<Module, "doc" | "guard" | "package" | "items">;

export class AegisParser extends TestRules {
  readonly module = this.RULE("module", (): ModuleParts => {
    const first = this.LA(1);
    const head = this.OPTION(() => this.attempt(() => this.SUBRULE(this.packageHead), this.resume));
    const items = this.SUBRULE(this.items);
    const stated = head ?? { guard: false, name: null };
    const doc = stated.name === null ? null : notesOf(first).doc;
    return { doc, guard: stated.guard, package: stated.name, items };
  });

  private readonly items = this.RULE("items", (): Item[] => {
    const items: Item[] = [];
    do {
      this.MANY(() => {
        const item = this.attempt(() => this.SUBRULE(this.item), this.resume);
        if (item !== undefined) items.push(item);
      });
    } while (this.skipsJunkItem());
    return items;
  });

  /** Declarations without the head of a file. */
  fragment(): Item[] {
    return this.items();
  }

  private readonly packageHead = this.RULE("packageHead", (): { guard: boolean; name: QualifiedName } => {
    const guard = this.OPTION(() => this.CONSUME(K.guard)) !== undefined;
    this.CONSUME(K.package, { ERR_MSG: "`package` after `guard`" });
    const name = this.attempt(
      () => this.SUBRULE(this.qualifiedName, { ARGS: ["the name of the package"] }),
      this.resume,
    );
    return { guard, name: name ?? this.qualified([]) };
  });

  private readonly item = this.RULE("item", (): Item => {
    const first = this.LA(1);
    const annotations = this.SUBRULE(this.annotations);
    const shadow = this.OPTION((): Shadow => this.SUBRULE(this.shadow)) ?? null;
    if (shadow !== null && !this.RECORDING_PHASE && !this.next(K.policy) && !this.atEffect())
      this.fail(this.expected("a rule or `policy` after `shadow`"));
    const bare = this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.importItem) },
        { ALT: () => this.SUBRULE(this.toolsItem) },
        { ALT: () => this.SUBRULE(this.toolItem) },
        { ALT: () => this.SUBRULE(this.enumItem) },
        { ALT: () => this.SUBRULE(this.typeItem) },
        { ALT: () => this.SUBRULE(this.attributesItem) },
        { ALT: () => this.SUBRULE(this.constItem) },
        { ALT: () => this.SUBRULE(this.dataItem) },
        { ALT: () => this.SUBRULE(this.paramItem) },
        { ALT: () => this.SUBRULE(this.fnItem) },
        { ALT: () => this.SUBRULE(this.patternItem) },
        { ALT: () => this.SUBRULE(this.factItem) },
        { ALT: () => this.SUBRULE(this.groupItem) },
        { ALT: () => this.SUBRULE(this.labelItem) },
        { ALT: () => this.SUBRULE(this.limitItem) },
        { ALT: () => ({ ...this.SUBRULE(this.policyItem), shadow }) },
        { ALT: () => this.SUBRULE(this.useItem) },
        { ALT: () => ({ ...this.SUBRULE(this.ruleItem), shadow }) },
        { ALT: () => this.SUBRULE(this.exceptionItem) },
        { ALT: () => this.SUBRULE(this.testItem) },
        { ALT: () => this.SUBRULE(this.propertyItem) },
      ],
      ERR_MSG: "a declaration",
    });
    return { ...bare, span: this.from(first), doc: notesOf(first).doc, annotations } as Item;
  });

  /** `validate`: look for ambiguities in the grammar, as its test does. */
  constructor(validate = false) {
    super(validate);
    this.performSelfAnalysis();
  }

  // --------------------------------------------------------------------------------------------------------- recovery

  private readonly resume = (): void => {
    while (!this.next(EOF) && !this.atDeclaration() && !this.atRule()) this.SKIP_TOKEN();
  };

  /** What stands between declarations and is none: reported and skipped. False at the end of the file. */
  private skipsJunkItem(): boolean {
    if (this.RECORDING_PHASE || this.next(EOF)) return false;
    const token = this.LA(1);
    if (token.tokenType === K.package || (token.tokenType === K.guard && this.next(K.package, 2)))
      this.report(report["package-first"](this.spanOf(token)));
    else this.report(this.unknownWord("a declaration"));
    this.SKIP_TOKEN();
    this.resume();
    return true;
  }

  private atEffect(): boolean {
    return this.LA(1).tokenType !== K.shadow && RULE_STARTS.includes(this.LA(1).image);
  }

  /** A rule, or annotations, at the start of a line. */
  protected atRule(): boolean {
    const token = this.LA(1);
    if (!notesOf(token).first) return false;
    if (token.tokenType === T.at) return this.LA(0).tokenType !== T.comma && this.next(AnyWord, 2);
    if (!RULE_STARTS.includes(token.image) || token.tokenType === T.quotedName) return false;
    if (token.tokenType === K.require) return this.next(K.approval, 2);
    return this.next(AnyWord, 2) || (this.next(T.colon, 2) && notesOf(token).depth === 0);
  }

  /** `allow x:` and its like, beyond doubt: no expression goes on so. */
  protected atNamedRule(): boolean {
    if (!this.atRule()) return false;
    switch (this.LA(1).tokenType) {
      case K.require:
        return this.next(T.colon, 4);
      case K.shadow:
        return this.next(K.until, 2) || RULE_STARTS.includes(this.LA(2).image);
      case T.at:
        return false;
      default:
        return this.next(T.colon, 3);
    }
  }

  /** A declaration that no block holds, at the start of a line. */
  protected atDeclaration(): boolean {
    const token = this.LA(1);
    if (!notesOf(token).first) return false;
    switch (token.tokenType) {
      case K.import:
        return this.next(AnyWord, 2) && !this.next(Infix, 2);
      case K.use:
        return this.next(AnyWord, 2) && (this.next(T.leftParen, 3) || this.next(T.dot, 3));
      case K.tools:
      case K.test:
      case K.property:
        return this.next(T.string, 2);
      case K.agent:
      case K.context:
        return this.next(T.leftBrace, 2) && notesOf(token).depth === 0;
      case K.shadow:
        return this.next(K.policy, 2);
      case K.tool:
        return this.next(AnyWord, 2) && (this.next(T.leftBrace, 3) || this.next(K.as, 3));
      case K.enum:
        return this.next(AnyWord, 2) && this.next(T.leftBrace, 3);
      case K.type:
      case K.pattern:
      case K.group:
        return this.next(AnyWord, 2) && this.next(T.assign, 3);
      case K.data:
      case K.param:
      case K.limit:
      case K.exception:
        return this.next(AnyWord, 2) && this.next(T.colon, 3);
      case K.const:
        return this.next(AnyWord, 2) && (this.next(T.colon, 3) || this.next(T.assign, 3));
      case K.fn:
      case K.fact:
        return this.next(AnyWord, 2) && this.next(T.leftParen, 3);
      case K.label:
        return (
          this.next(AnyWord, 2) && [K.set, K.clear, K.per, T.leftParen].some((type) => this.next(type, 3))
        );
      case K.policy:
        return this.next(AnyWord, 2) && [K.for, T.leftBrace, T.leftParen].some((type) => this.next(type, 3));
      default:
        return false;
    }
  }

  protected unknownWord(what: string): Diagnostic {
    const token = this.LA(1);
    const complete = this.LA(0).tokenType !== EOF && !notesOf(token).first;
    if (complete || !this.next(AnyWord)) return this.unexpected(token, what, complete);
    const starts = STARTS.get(what) ?? [];
    const words = starts.map((word) => (word === "require" ? "require approval" : word));
    const hint = didYouMean(token.image, starts, `${what} starts with ${listed(words)}`);
    return report["unknown-word"](this.spanOf(token), {
      word: describe(token).replaceAll("`", ""),
      what,
      hint,
    });
  }

  /** What cannot go on with what stands before it. */
  private unexpected(token: IToken, what: string, complete: boolean): Diagnostic {
    if (token.tokenType === MISTAKES.semicolon) return report["needless-semicolon"](this.spanOf(token));
    const hint =
      HINTS.get(token.tokenType) ??
      (complete
        ? `what stands before it is complete without it; ${what} begins on a new line`
        : `${what} belongs here`);
    return report.unexpected(this.spanOf(token), { found: describe(token), hint });
  }
}

const STARTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["a declaration", DECLARATION_STARTS],
  ["a rule", RULE_STARTS],
  ["a line of a test", TEST_STARTS],
]);
const CONDITION = "a condition begins with `when`";
const NOTHING_OPEN = "nothing is open that it could close";
/** What people write out of habit where a declaration or a clause is complete. */
const HINTS: ReadonlyMap<TokenType, string> = new Map([
  [K.if, CONDITION],
  [K.where, CONDITION],
  [K.and, "actions are separated by `,`, conditions stand behind `when`"],
  [K.or, "actions are separated by `,`, conditions stand behind `when`"],
  [K.else, "`else` follows a value that may be absent, or `if … then …`"],
  [T.comma, "write several values as a set: `{ a, b }`"],
  [T.question, "write a choice as `if … then … else …`; `?` makes a type optional"],
  [T.pipe, "write a choice of texts as an `enum`"],
  [T.rightBrace, NOTHING_OPEN],
  [T.rightParen, NOTHING_OPEN],
  [T.rightBracket, NOTHING_OPEN],
]);

const listed = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(", ");
