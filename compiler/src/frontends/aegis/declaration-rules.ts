// Grammar of declarations: imports, tools, types, constants, data, functions, patterns, facts, groups.
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type {
  ActionNode,
  Annotation,
  AttributeBlock,
  ConstDeclaration,
  DataDeclaration,
  EnumDeclaration,
  FactDeclaration,
  FunctionDeclaration,
  GroupDeclaration,
  Import,
  ParamDeclaration,
  PatternDeclaration,
  Refinement,
  ToolDeclaration,
  ToolsImport,
  TypeAlias,
} from "../../syntax/ast.ts";
import type { Bounds, Expression, StringLiteral, TypeNode } from "../../syntax/expression.ts";
import type { Token } from "./cursor.ts";
import { SelectorRules } from "./selector-rules.ts";

/** What stands before the word that opens a declaration. */
export interface Head {
  /** Where the declaration begins. */
  readonly first: Token;
  readonly doc: string | null;
  readonly annotations: readonly Annotation[];
}

/** Each rule of a declaration begins at the word that opens it. */
export abstract class DeclarationRules extends SelectorRules {
  protected head(): Head {
    const first = this.here;
    const annotations = this.#annotations();
    return { first, doc: this.tokens.doc(first), annotations };
  }

  #annotations(): readonly Annotation[] {
    const annotations: Annotation[] = [];
    while (this.at("@")) annotations.push(this.#annotation());
    return annotations;
  }

  #annotation(): Annotation {
    const first = this.take();
    const name = this.anyName("the name of an annotation");
    const args: Annotation["args"][number][] = [];
    if (this.eat("(")) {
      if (this.#atAnnotationArgument())
        do args.push(this.#annotationArgument());
        while (this.eat(","));
      this.expect(")", "`,` or `)` after the argument");
    }
    return { span: this.from(first), name, args };
  }
  #atAnnotationArgument(): boolean {
    return this.atAnyWord() || ["Text", "-", "Number", "Duration", "Time"].includes(this.kind);
  }
  #annotationArgument(): Annotation["args"][number] {
    if (!this.atAnyWord() || !this.at(":", 1)) return { name: null, value: this.literal() };
    const name = this.takeName();
    this.take();
    return { name, value: this.literal() };
  }

  // -------------------------------------------------------------------------------------------------- imports and tools

  protected importItem({ first, doc, annotations }: Head): Import {
    this.take();
    const path = this.qualifiedName("the name of a package");
    const names = this.eat(".") ? this.actionNames() : null;
    const alias = this.eat("as") ? this.name() : null;
    const on = this.eat("on") ? this.stringLiteral("the tool's name on the wire, in double quotes") : null;
    return { kind: "import", path, names, alias, on, span: this.from(first), doc, annotations };
  }

  protected toolsItem({ first, doc, annotations }: Head): ToolsImport {
    this.take();
    const manifest = this.stringLiteral("the file of a manifest in double quotes");
    this.expect("as", "`as` and a name for the tool");
    const name = this.name("a name for the tool");
    const refinements: Refinement[] = [];
    const open = this.here;
    if (this.eat("{")) {
      while (this.at("*") || this.atAnyWord()) refinements.push(this.#refinement());
      this.close(open, "the name of an action");
    }
    return { kind: "tools", manifest, name, refinements, span: this.from(first), doc, annotations };
  }

  #refinement(): Refinement {
    const first = this.here;
    const action = this.eat("*") ? null : this.takeName();
    this.expect("{", "`{` and the narrowed parameters after the action");
    const { fields, open } = this.fields();
    this.expect("}", "`,` or `}` after the parameter");
    const result = this.#typeAfterColon();
    return { span: this.from(first), action, fields, open, result };
  }

  /** `: type`, or null. */
  #typeAfterColon(): TypeNode | null {
    return this.eat(":") ? this.typeNode() : null;
  }
  /** `as "…"`, or null. */
  #wireName(of: "tool" | "action"): StringLiteral | null {
    return this.eat("as") ? this.stringLiteral(`the ${of}'s name on the wire, in double quotes`) : null;
  }

  protected toolItem({ first, doc, annotations }: Head): ToolDeclaration {
    this.take();
    const name = this.name("a name for the tool");
    const wire = this.#wireName("tool");
    const open = this.expect("{", "`{` and the actions of the tool");
    const actions: ActionNode[] = [];
    while (this.at("@") || this.atAnyWord()) actions.push(this.#action());
    this.close(open, "an action such as `read(path: string)`");
    return { kind: "tool", name, wire, actions, inferred: false, span: this.from(first), doc, annotations };
  }

  #action(): ActionNode {
    const { first, doc, annotations } = this.head();
    const name = this.anyName("the name of an action");
    const wire = this.#wireName("action");
    this.expect("(", "`(` and the parameters after the action's name");
    const { fields: params, open } = this.fields();
    this.expect(")", "`,` or `)` after the parameter");
    const result = this.#typeAfterColon();
    return { span: this.from(first), doc, annotations, name, wire, params, open, result };
  }

  // ------------------------------------------------------------------------------------------------ types and constants

  protected enumItem({ first, doc, annotations }: Head): EnumDeclaration {
    this.take();
    const name = this.name("a name for the enum");
    this.expect("{", "`{` and the members of the enum");
    const members = this.names();
    this.expect("}", "`,` or `}` after the member");
    return { kind: "enum", name, members, span: this.from(first), doc, annotations };
  }

  protected typeItem({ first, doc, annotations }: Head): TypeAlias {
    this.take();
    const name = this.name("a name for the type");
    this.expect("=", "`=` after the type's name");
    return { kind: "type", name, type: this.typeNode(), span: this.from(first), doc, annotations };
  }

  protected attributesItem({ first, doc, annotations }: Head, of: AttributeBlock["of"]): AttributeBlock {
    this.take();
    const open = this.expect("{", `\`{\` and the attributes of the ${of}`);
    const fields = this.closedFields("a field: attributes are listed in full");
    this.close(open, "`,`");
    return { kind: "attributes", of, fields, span: this.from(first), doc, annotations };
  }

  protected constItem({ first, doc, annotations }: Head): ConstDeclaration {
    this.take();
    const name = this.name("a name for the constant");
    const type = this.#typeAfterColon();
    this.expect("=", "`=` and the value of the constant");
    return { kind: "const", name, type, value: this.expression(), span: this.from(first), doc, annotations };
  }

  protected dataItem({ first, doc, annotations }: Head): DataDeclaration {
    this.take();
    const name = this.name("a name for the data");
    this.expect(":", "`:` and the type of the data");
    return { kind: "data", name, type: this.typeNode(), span: this.from(first), doc, annotations };
  }

  /** Bounds may follow the value: `param n: int = 50 in 1..500` is `param n: int in 1..500 = 50`. */
  protected paramItem({ first, doc, annotations }: Head): ParamDeclaration {
    this.take();
    const name = this.name("a name for the parameter");
    this.expect(":", "`:` and the type of the parameter");
    const type = this.typeNode();
    this.expect("=", "`=` and the value that holds when none is set");
    const value = this.expression();
    return {
      kind: "param",
      name,
      type: this.boundsAhead() ? this.#bounded(type, this.bounds()) : type,
      value,
      span: this.from(first),
      doc,
      annotations,
    };
  }
  #bounded(type: TypeNode, bounds: Bounds): TypeNode {
    if (type.kind === "type-name" && type.bounds === null) return { ...type, bounds };
    this.report(report["duplicate-clause"](bounds.span, { clause: "in" }));
    return type;
  }

  protected fnItem({ first, doc, annotations }: Head): FunctionDeclaration {
    this.take();
    const name = this.name("a name for the function");
    this.expect("(", "`(` and the parameters of the function");
    const params = this.closedFields("a parameter: a function lists all of them");
    this.expect(")", "`,` or `)` after the parameter");
    this.expect(":", "`:` and the type of the function's value");
    const result = this.typeNode();
    this.expect("=", "`=` and what the function computes");
    return {
      kind: "fn",
      name,
      params,
      result,
      body: this.expression(),
      span: this.from(first),
      doc,
      annotations,
    };
  }

  protected patternItem({ first, doc, annotations }: Head): PatternDeclaration {
    this.take();
    const name = this.name("a name for the pattern");
    this.expect("=", "`=` and the pattern");
    const alternatives: Expression[] = [];
    do alternatives.push(this.patternRef());
    while (this.eat("|"));
    return { kind: "pattern", name, alternatives, span: this.from(first), doc, annotations };
  }

  protected factItem({ first, doc, annotations }: Head): FactDeclaration {
    this.take();
    const name = this.name("a name for the fact");
    this.expect("(", "`(` and the type that the fact is about");
    const of = this.typeNode();
    this.expect(")");
    this.expect(":", "`:` and the type of the fact");
    return { kind: "fact", name, of, result: this.typeNode(), span: this.from(first), doc, annotations };
  }

  protected groupItem({ first, doc, annotations }: Head): GroupDeclaration {
    this.take();
    const name = this.name("a name for the group");
    this.expect("=", "`=` and the actions of the group");
    return { kind: "group", name, selector: this.selector(), span: this.from(first), doc, annotations };
  }
}
