// Grammar of declarations: imports, tools, types, constants, data, functions, patterns, facts, groups, labels, limits.
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type {
  ActionNode,
  Annotation,
  ApprovalClause,
  AttributeBlock,
  ConstDeclaration,
  DataDeclaration,
  EnumDeclaration,
  FactDeclaration,
  FunctionDeclaration,
  GroupDeclaration,
  Import,
  Item,
  LabelDeclaration,
  LabelTransition,
  LimitDeclaration,
  ParamDeclaration,
  PatternDeclaration,
  Refinement,
  Scope,
  ToolDeclaration,
  ToolsImport,
  TypeAlias,
} from "../../syntax/ast.ts";
import type { Bounds, Expression, Name, TypeNode } from "../../syntax/expression.ts";
import { notesOf } from "./lexer.ts";
import { SelectorRules } from "./selector-rules.ts";
import { AnyWord, K, T } from "./tokens.ts";

/** A declaration without what stands before it. */
export type Bare<Node extends Item> = Omit<Node, "span" | "doc" | "annotations">;

export abstract class DeclarationRules extends SelectorRules {
  protected readonly annotations = this.RULE("annotations", (): readonly Annotation[] => {
    const annotations: Annotation[] = [];
    this.MANY(() => annotations.push(this.SUBRULE(this.annotation)));
    return annotations;
  });

  private readonly annotation = this.RULE("annotation", (): Annotation => {
    const first = this.CONSUME(T.at);
    const name = this.SUBRULE(this.anyName, { ARGS: ["the name of an annotation"] });
    const args: Annotation["args"][number][] = [];
    this.OPTION(() => {
      this.CONSUME(T.leftParen);
      this.MANY_SEP({ SEP: T.comma, DEF: () => args.push(this.SUBRULE(this.annotationArgument)) });
      this.CONSUME(T.rightParen, { ERR_MSG: "`,` or `)` after the argument" });
    });
    return { span: this.from(first), name, args };
  });

  private readonly annotationArgument = this.RULE("annotationArgument", (): Annotation["args"][number] => {
    const name = this.OPTION({
      GATE: () => this.next(T.colon, 2),
      DEF: () => {
        const label = this.nameFrom(this.CONSUME(AnyWord));
        this.CONSUME(T.colon);
        return label;
      },
    });
    return { name: name ?? null, value: this.SUBRULE(this.literal) };
  });

  // ---------------------------------------------------------------------------------------------- imports and tools

  protected readonly importItem = this.RULE("importItem", (): Bare<Import> => {
    this.CONSUME(K.import);
    const path = this.SUBRULE(this.qualifiedName, { ARGS: ["the name of a package"] });
    const names = this.OPTION1(() => {
      this.CONSUME(T.dot, { ERR_MSG: "`.`" });
      return this.SUBRULE(this.actionNames);
    });
    const alias = this.OPTION2(() => {
      this.CONSUME(K.as);
      return this.SUBRULE(this.name);
    });
    const on = this.OPTION3(() => {
      this.CONSUME(K.on);
      return this.SUBRULE(this.stringLiteral, { ARGS: ["the tool's name on the wire, in double quotes"] });
    });
    return { kind: "import", path, names: names ?? null, alias: alias ?? null, on: on ?? null };
  });

  protected readonly toolsItem = this.RULE("toolsItem", (): Bare<ToolsImport> => {
    this.CONSUME(K.tools);
    const manifest = this.SUBRULE(this.stringLiteral, { ARGS: ["the file of a manifest in double quotes"] });
    this.CONSUME(K.as, { ERR_MSG: "`as` and a name for the tool" });
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the tool"] });
    const refinements: Refinement[] = [];
    this.OPTION(() => {
      const open = this.CONSUME(T.leftBrace);
      this.MANY(() => refinements.push(this.SUBRULE(this.refinement)));
      this.close(open, "the name of an action");
    });
    return { kind: "tools", manifest, name, refinements };
  });

  private readonly refinement = this.RULE("refinement", (): Refinement => {
    const first = this.LA(1);
    const action = this.OR<Name | null>([
      { ALT: () => (this.CONSUME(T.star), null) },
      { ALT: () => this.SUBRULE(this.anyName) },
    ]);
    this.CONSUME(T.leftBrace, { ERR_MSG: "`{` and the narrowed parameters after the action" });
    const { fields, open } = this.SUBRULE(this.fields);
    this.CONSUME(T.rightBrace, { ERR_MSG: "`,` or `}` after the parameter" });
    const result = this.OPTION(() => this.SUBRULE(this.resultType));
    return { span: this.from(first), action, fields, open, result: result ?? null };
  });

  private readonly resultType = this.RULE("resultType", (): TypeNode => {
    this.CONSUME(T.colon);
    return this.SUBRULE(this.typeNode);
  });

  protected readonly toolItem = this.RULE("toolItem", (): Bare<ToolDeclaration> => {
    this.CONSUME(K.tool);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the tool"] });
    const wire = this.OPTION(() => {
      this.CONSUME(K.as);
      return this.SUBRULE(this.stringLiteral, { ARGS: ["the tool's name on the wire, in double quotes"] });
    });
    const open = this.CONSUME(T.leftBrace, { ERR_MSG: "`{` and the actions of the tool" });
    const actions: ActionNode[] = [];
    this.MANY(() => actions.push(this.SUBRULE(this.action)));
    this.close(open, "an action such as `read(path: string)`");
    return { kind: "tool", name, wire: wire ?? null, actions, inferred: false };
  });

  private readonly action = this.RULE("action", (): ActionNode => {
    const first = this.LA(1);
    const annotations = this.SUBRULE(this.annotations);
    const name = this.SUBRULE(this.anyName, { ARGS: ["the name of an action"] });
    const wire = this.OPTION1(() => {
      this.CONSUME(K.as);
      return this.SUBRULE(this.stringLiteral, { ARGS: ["the action's name on the wire, in double quotes"] });
    });
    this.CONSUME(T.leftParen, { ERR_MSG: "`(` and the parameters after the action's name" });
    const { fields: params, open } = this.SUBRULE(this.fields);
    this.CONSUME(T.rightParen, { ERR_MSG: "`,` or `)` after the parameter" });
    const result = this.OPTION2(() => this.SUBRULE(this.resultType));
    return {
      span: this.from(first),
      doc: notesOf(first).doc,
      annotations,
      name,
      wire: wire ?? null,
      params,
      open,
      result: result ?? null,
    };
  });

  // --------------------------------------------------------------------------------------------- types and constants

  protected readonly enumItem = this.RULE("enumItem", (): Bare<EnumDeclaration> => {
    this.CONSUME(K.enum);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the enum"] });
    this.CONSUME(T.leftBrace, { ERR_MSG: "`{` and the members of the enum" });
    const members = this.SUBRULE(this.names);
    this.CONSUME(T.rightBrace, { ERR_MSG: "`,` or `}` after the member" });
    return { kind: "enum", name, members };
  });

  protected readonly typeItem = this.RULE("typeItem", (): Bare<TypeAlias> => {
    this.CONSUME(K.type);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the type"] });
    this.CONSUME(T.assign, { ERR_MSG: "`=` after the type's name" });
    return { kind: "type", name, type: this.SUBRULE(this.typeNode) };
  });

  protected readonly attributesItem = this.RULE("attributesItem", (): Bare<AttributeBlock> => {
    const of = this.OR<AttributeBlock["of"]>([
      { ALT: () => (this.CONSUME(K.agent), "agent") },
      { ALT: () => (this.CONSUME(K.context), "context") },
    ]);
    const open = this.CONSUME(T.leftBrace, { ERR_MSG: `\`{\` and the attributes of the ${of}` });
    const { fields, open: unlisted } = this.SUBRULE(this.fields);
    if (unlisted) this.report(this.expectedBefore("a field: attributes are listed in full"));
    this.close(open, "`,`");
    return { kind: "attributes", of, fields };
  });

  protected readonly constItem = this.RULE("constItem", (): Bare<ConstDeclaration> => {
    this.CONSUME(K.const);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the constant"] });
    const type = this.OPTION(() => this.SUBRULE(this.resultType));
    this.CONSUME(T.assign, { ERR_MSG: "`=` and the value of the constant" });
    return { kind: "const", name, type: type ?? null, value: this.SUBRULE(this.expression) };
  });

  protected readonly dataItem = this.RULE("dataItem", (): Bare<DataDeclaration> => {
    this.CONSUME(K.data);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the data"] });
    this.CONSUME(T.colon, { ERR_MSG: "`:` and the type of the data" });
    return { kind: "data", name, type: this.SUBRULE(this.typeNode) };
  });

  /** Bounds may follow the value: `param n: int = 50 in 1..500` is `param n: int in 1..500 = 50`. */
  protected readonly paramItem = this.RULE("paramItem", (): Bare<ParamDeclaration> => {
    this.CONSUME(K.param);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the parameter"] });
    this.CONSUME(T.colon, { ERR_MSG: "`:` and the type of the parameter" });
    const type = this.SUBRULE(this.typeNode);
    this.CONSUME(T.assign, { ERR_MSG: "`=` and the value that holds when none is set" });
    const value = this.SUBRULE(this.expression);
    const bounds = this.OPTION({
      GATE: () => this.boundsAhead(),
      DEF: () => this.SUBRULE(this.bounds),
    });
    const bounded = bounds === undefined || this.RECORDING_PHASE ? type : this.bounded(type, bounds);
    return { kind: "param", name, type: bounded, value };
  });

  private bounded(type: TypeNode, bounds: Bounds): TypeNode {
    if (type.kind === "type-name" && type.bounds === null) return { ...type, bounds };
    this.report(report["duplicate-clause"](bounds.span, { clause: "in" }));
    return type;
  }

  protected readonly fnItem = this.RULE("fnItem", (): Bare<FunctionDeclaration> => {
    this.CONSUME(K.fn);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the function"] });
    this.CONSUME(T.leftParen, { ERR_MSG: "`(` and the parameters of the function" });
    const { fields: params, open } = this.SUBRULE(this.fields);
    if (open) this.report(this.expectedBefore("a parameter: a function lists all of them"));
    this.CONSUME(T.rightParen, { ERR_MSG: "`,` or `)` after the parameter" });
    this.CONSUME(T.colon, { ERR_MSG: "`:` and the type of the function's value" });
    const result = this.SUBRULE(this.typeNode);
    this.CONSUME(T.assign, { ERR_MSG: "`=` and what the function computes" });
    return { kind: "fn", name, params, result, body: this.SUBRULE(this.expression) };
  });

  protected readonly patternItem = this.RULE("patternItem", (): Bare<PatternDeclaration> => {
    this.CONSUME(K.pattern);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the pattern"] });
    this.CONSUME(T.assign, { ERR_MSG: "`=` and the pattern" });
    const alternatives: Expression[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: T.pipe,
      DEF: () => alternatives.push(this.SUBRULE(this.patternRef)),
      ERR_MSG: 'the name of a pattern, or a pattern such as `re"[0-9]+"`',
    });
    return { kind: "pattern", name, alternatives };
  });

  protected readonly factItem = this.RULE("factItem", (): Bare<FactDeclaration> => {
    this.CONSUME(K.fact);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the fact"] });
    this.CONSUME(T.leftParen, { ERR_MSG: "`(` and the type that the fact is about" });
    const of = this.SUBRULE1(this.typeNode);
    this.CONSUME(T.rightParen, { ERR_MSG: "`)`" });
    this.CONSUME(T.colon, { ERR_MSG: "`:` and the type of the fact" });
    return { kind: "fact", name, of, result: this.SUBRULE2(this.typeNode) };
  });

  protected readonly groupItem = this.RULE("groupItem", (): Bare<GroupDeclaration> => {
    this.CONSUME(K.group);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the group"] });
    this.CONSUME(T.assign, { ERR_MSG: "`=` and the actions of the group" });
    return { kind: "group", name, selector: this.SUBRULE(this.selector) };
  });

  // ------------------------------------------------------------------------------------------------------------ state

  protected readonly labelItem = this.RULE("labelItem", (): Bare<LabelDeclaration> => {
    this.CONSUME(K.label);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the label"] });
    const keys = this.OPTION1(() => {
      this.CONSUME(T.leftParen);
      const { fields } = this.SUBRULE(this.fields);
      this.CONSUME(T.rightParen, { ERR_MSG: "`,` or `)` after the key" });
      return fields;
    });
    const transitions: LabelTransition[] = [];
    this.MANY(() => transitions.push(this.SUBRULE(this.transition)));
    this.CONSUME(K.per, { ERR_MSG: "`set on …`, `clear on …` or `per session`" });
    const scope = this.SUBRULE(this.scope);
    const max = this.OPTION2(() => {
      this.CONSUME(K.max);
      return this.SUBRULE(this.count);
    });
    return { kind: "label", name, keys: keys ?? [], transitions, scope, max: max ?? null };
  });

  private readonly transition = this.RULE("transition", (): LabelTransition => {
    const first = this.LA(1);
    const op = this.OR1<LabelTransition["op"]>([
      { ALT: () => (this.CONSUME(K.set), "set") },
      { ALT: () => (this.CONSUME(K.clear), "clear") },
    ]);
    this.CONSUME(K.on, { ERR_MSG: `\`on\` after \`${op}\`` });
    const on = this.OR2<LabelTransition["on"]>({
      DEF: [
        { ALT: () => (this.CONSUME(K.call), "call") },
        { ALT: () => (this.CONSUME(K.result), "result") },
        { ALT: () => (this.CONSUME(K.approval), "approval") },
        { ALT: () => (this.CONSUME(K.denied), "denied") },
      ],
      ERR_MSG: "`call`, `result`, `approval` or `denied` after `on`",
    });
    const selector = this.SUBRULE(this.selector, { ARGS: [on === "approval" || on === "denied"] });
    const key: Expression[] = [];
    let each: LabelTransition["each"] = null;
    this.OPTION1(() => {
      this.CONSUME(K.key);
      this.AT_LEAST_ONE_SEP({ SEP: T.comma, DEF: () => key.push(this.SUBRULE1(this.expression)) });
      this.OPTION2(() => {
        this.CONSUME(K.for);
        this.CONSUME(K.each, { ERR_MSG: "`each` after `for`" });
        const name = this.SUBRULE(this.name, { ARGS: ["a name, as in `for each x in xs`"] });
        this.CONSUME(K.in, { ERR_MSG: "`in` after the name, as in `for each x in xs`" });
        each = { name, over: this.SUBRULE2(this.expression) };
      });
    });
    const when = this.OPTION3(() => {
      this.CONSUME(K.when);
      return this.SUBRULE3(this.expression);
    });
    return { span: this.from(first), op, on, selector, key, each, when: when ?? null };
  });

  private readonly scope = this.RULE("scope", (): Scope =>
    this.OR<Scope>({
      DEF: [
        { ALT: () => (this.CONSUME(K.session), "session") },
        { ALT: () => (this.CONSUME(K.agent), "agent") },
        { ALT: () => (this.CONSUME(K.tenant), "tenant") },
      ],
      ERR_MSG: "`session`, `agent` or `tenant` after `per`",
    }),
  );

  protected readonly limitItem = this.RULE("limitItem", (): Bare<LimitDeclaration> => {
    this.CONSUME(K.limit);
    const name = this.SUBRULE(this.name, { ARGS: ["a name for the limit"] });
    this.CONSUME(T.colon, { ERR_MSG: "`:` after the limit's name" });
    const selector = this.SUBRULE(this.selector);
    this.CONSUME(K.to, { ERR_MSG: "`to` and the amount of the limit" });
    const to = this.SUBRULE1(this.expression);
    const sum = this.OPTION1(() => {
      this.CONSUME(K.sum);
      return this.SUBRULE2(this.expression);
    });
    const settle = this.OPTION2(() => {
      this.CONSUME(K.settle);
      return this.SUBRULE3(this.expression);
    });
    this.CONSUME(K.per, { ERR_MSG: "`per session`, `per agent` or `per tenant`" });
    const scope = this.SUBRULE(this.scope);
    const keys: Expression[] = [];
    this.MANY(() => {
      this.CONSUME(T.comma);
      keys.push(this.SUBRULE4(this.expression));
    });
    const over = this.OPTION3(() => {
      this.CONSUME(K.over);
      return this.SUBRULE(this.duration);
    });
    const otherwise = this.OPTION4((): ApprovalClause => {
      const first = this.LA(1);
      this.CONSUME(K.else);
      this.CONSUME(K.require, { ERR_MSG: "`require approval` after `else`" });
      this.CONSUME(K.approval, { ERR_MSG: "`approval` after `require`" });
      const nothing = { span: this.from(first), by: [], via: [], within: null };
      return this.OPTION7(() => this.SUBRULE(this.approval)) ?? nothing;
    });
    const because = this.OPTION5(() => {
      this.CONSUME(K.because);
      return this.SUBRULE1(this.template, { ARGS: ["a reason in double quotes"] });
    });
    const hint = this.OPTION6(() => {
      this.CONSUME(K.hint);
      return this.SUBRULE2(this.template, { ARGS: ["a hint in double quotes"] });
    });
    return {
      kind: "limit",
      name,
      selector,
      to,
      sum: sum ?? null,
      settle: settle ?? null,
      scope,
      keys,
      over: over ?? null,
      otherwise: otherwise ?? null,
      because: because ?? null,
      hint: hint ?? null,
    };
  });
}
