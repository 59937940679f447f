// The whole grammar: a file is a package and its declarations. Also decides where parsing goes on after a mistake.
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Item, Module } from "../../syntax/ast.ts";
import type { QualifiedName } from "../../syntax/expression.ts";
import { TestRules } from "./test-rules.ts";
import { DECLARATION_STARTS, type Kind, RULE_STARTS, TEST_STARTS } from "./tokens.ts";

export type ModuleParts = Pick<Module, "doc" | "guard" | "package" | "items">;
interface PackageHead {
  readonly guard: boolean;
  /** Null where there is no head. */
  readonly name: QualifiedName | null;
}

export class AegisParser extends TestRules {
  module(): ModuleParts {
    const doc = this.tokens.doc(0);
    const head = this.attempt(() => this.#packageHead(), this.#resume);
    const { guard, name } = head ?? { guard: false, name: null };
    return { doc: name === null ? null : doc, guard, package: name, items: this.items() };
  }

  #packageHead(): PackageHead {
    const guard = this.eat("guard");
    if (!guard && !this.at("package")) return { guard, name: null };
    this.expect("package", "`package` after `guard`");
    const name = this.attempt(() => this.qualifiedName("the name of the package"), this.#resume);
    return { guard, name: name ?? this.qualified([]) };
  }

  /** Declarations without the head of a file. */
  items(): Item[] {
    const items: Item[] = [];
    do
      while (this.#atItem()) {
        const item = this.attempt(() => this.#item(), this.#resume);
        if (item !== undefined) items.push(item);
      }
    while (this.#skipsJunkItem());
    return items;
  }

  #atItem(): boolean {
    return ITEM_STARTS.has(this.kind);
  }
  #item(): Item {
    const head = this.head();
    const shadow = this.shadow();
    if (shadow !== null && !this.at("policy") && !this.atEffect())
      this.fail(this.expected("a rule or `policy` after `shadow`"));
    const { kind } = this;
    switch (kind) {
      case "import":
        return this.importItem(head);
      case "tools":
        return this.toolsItem(head);
      case "tool":
        return this.toolItem(head);
      case "enum":
        return this.enumItem(head);
      case "type":
        return this.typeItem(head);
      case "agent":
      case "context":
        return this.attributesItem(head, kind);
      case "const":
        return this.constItem(head);
      case "data":
        return this.dataItem(head);
      case "param":
        return this.paramItem(head);
      case "fn":
        return this.fnItem(head);
      case "pattern":
        return this.patternItem(head);
      case "fact":
        return this.factItem(head);
      case "group":
        return this.groupItem(head);
      case "label":
        return this.labelItem(head);
      case "limit":
        return this.limitItem(head);
      case "policy":
        return this.policyItem(head, shadow);
      case "use":
        return this.useItem(head);
      case "exception":
        return this.exceptionItem(head);
      case "test":
        return this.testItem(head);
      case "property":
        return this.propertyItem(head);
      default:
        if (!this.atEffect()) this.fail(this.expected("a declaration"));
        return this.ruleItem(head, shadow);
    }
  }

  // --------------------------------------------------------------------------------------------------------- recovery

  readonly #resume = (): void => {
    while (!this.at("End") && !this.atDeclaration() && !this.atRule()) this.take();
  };

  /** What stands between declarations and is none: reported and skipped. False at the end of the file. */
  #skipsJunkItem(): boolean {
    if (this.at("End")) return false;
    if (this.at("package") || (this.at("guard") && this.at("package", 1)))
      this.report(report["package-first"](this.spanOf(this.here)));
    else this.report(this.unknownWord("a declaration"));
    this.take();
    this.#resume();
    return true;
  }

  /** A rule, or annotations, at the start of a line. */
  protected override atRule(): boolean {
    if (!this.isFirst(this.here)) return false;
    if (this.at("@")) return this.tokens.kind(this.here - 1) !== "," && this.atAnyWord(1);
    if (this.at("require")) return this.at("approval", 1);
    if (!this.at("shadow") && !this.atEffect()) return false;
    return this.atAnyWord(1) || (this.at(":", 1) && this.tokens.depth(this.here) === 0);
  }

  /** `allow x:` and its like, beyond doubt: no expression goes on so. */
  protected override atNamedRule(): boolean {
    if (!this.atRule()) return false;
    switch (this.kind) {
      case "require":
        return this.at(":", 3);
      case "shadow":
        return this.at("until", 1) || RULE_STARTS.includes(this.tokens.kind(this.here + 1));
      case "@":
        return false;
      default:
        return this.at(":", 2);
    }
  }

  /** A declaration that no block holds, at the start of a line. */
  protected override atDeclaration(): boolean {
    if (!this.isFirst(this.here)) return false;
    // `label within (`, at the start of a line, goes on with an expression.
    const named = this.atAnyWord(1) && !this.atInfix(1);
    switch (this.kind) {
      case "import":
        return named;
      case "use":
        return named && (this.at("(", 2) || this.at(".", 2));
      case "tools":
      case "test":
      case "property":
        return this.at("Text", 1);
      case "agent":
      case "context":
        return this.at("{", 1) && this.tokens.depth(this.here) === 0;
      case "shadow":
        return this.at("policy", 1);
      case "tool":
        return named && (this.at("{", 2) || this.at("as", 2));
      case "enum":
        return named && this.at("{", 2);
      case "type":
      case "pattern":
      case "group":
        return named && this.at("=", 2);
      case "data":
      case "param":
      case "limit":
      case "exception":
        return named && this.at(":", 2);
      case "const":
        return named && (this.at(":", 2) || this.at("=", 2));
      case "fn":
      case "fact":
        return named && this.at("(", 2);
      case "label":
        return named && (["set", "clear", "per", "("] as const).some((kind) => this.at(kind, 2));
      case "policy":
        return named && (["for", "{", "("] as const).some((kind) => this.at(kind, 2));
      default:
        return false;
    }
  }

  protected override unknownWord(what: string): Diagnostic {
    const complete = this.here > 0 && !this.isFirst(this.here);
    if (complete || !this.atAnyWord()) return this.#unexpected(what, complete);
    const starts = STARTS.get(what) ?? [];
    const words = starts.map((word) => (word === "require" ? "require approval" : word));
    const image = this.tokens.image(this.here);
    const hint = didYouMean(image, starts, `${what} starts with ${listed(words)}`);
    return report["unknown-word"](this.spanOf(this.here), { word: image.replaceAll("`", ""), what, hint });
  }

  /** What cannot go on with what stands before it. */
  #unexpected(what: string, complete: boolean): Diagnostic {
    const span = this.spanOf(this.here);
    if (this.at(";")) return report["needless-semicolon"](span);
    const hint =
      HINTS.get(this.kind) ??
      (complete
        ? `what stands before it is complete without it; ${what} begins on a new line`
        : `${what} belongs here`);
    return report.unexpected(span, { found: this.describe(this.here), hint });
  }
}

const ITEM_STARTS: ReadonlySet<string> = new Set(["@", ...DECLARATION_STARTS]);
const STARTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["a declaration", DECLARATION_STARTS],
  ["a rule", RULE_STARTS],
  ["a line of a test", TEST_STARTS],
]);
const CONDITION = "a condition begins with `when`";
const SEPARATED = "actions are separated by `,`, conditions stand behind `when`";
const NOTHING_OPEN = "nothing is open that it could close";
/** What people write out of habit where a declaration or a clause is complete. */
const HINTS: ReadonlyMap<Kind, string> = new Map<Kind, string>([
  ["if", CONDITION],
  ["where", CONDITION],
  ["and", SEPARATED],
  ["or", SEPARATED],
  ["else", "`else` follows a value that may be absent, or `if … then …`"],
  [",", "write several values as a set: `{ a, b }`"],
  ["?", "write a choice as `if … then … else …`; `?` makes a type optional"],
  ["|", "write a choice of texts as an `enum`"],
  ["}", NOTHING_OPEN],
  [")", NOTHING_OPEN],
  ["]", NOTHING_OPEN],
]);

const listed = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(", ");
