// Names in expressions, types and selectors, and what they stand for.
import type { ResolvedModule, ResolvedTool } from "../resolver/resolved-program.ts";
import type { NameSpace } from "../binder/bind-module.ts";
import type { RedactPath, Selector } from "../syntax/ast.ts";
import { childrenOf } from "../syntax/expression-children.ts";
import type { Expression, FieldAccess, Name, QualifiedName, TypeNode } from "../syntax/expression.ts";
import type { Span } from "../source/span.ts";
import type { Known } from "./known.ts";
import type { ProgramSymbols } from "./program-symbols.ts";
import type { NamedSymbol, Occurrence } from "./symbol.ts";
import { symbolAt } from "./symbol.ts";

export type Variables = ReadonlyMap<string, NamedSymbol>;
export const NO_VARIABLES: Variables = new Map();

export class ExpressionOccurrences {
  readonly module: ResolvedModule;
  readonly #symbols: ProgramSymbols;
  readonly #found: Occurrence[];

  constructor(module: ResolvedModule, symbols: ProgramSymbols, found: Occurrence[]) {
    this.module = module;
    this.#symbols = symbols;
    this.#found = found;
  }

  add(span: Span, symbol: NamedSymbol | undefined): void {
    if (symbol !== undefined) this.#found.push({ span, symbol, declares: false });
  }

  /** A name without dots. */
  name(text: string, span: Span, space?: NameSpace): void {
    const declared = this.module.lookup(text, space);
    if (declared !== undefined) this.add(span, this.#symbols.declared(declared));
  }

  /** A dotted name: the packages before the last part too. Gives what the whole stands for. */
  qualified(name: QualifiedName, space?: NameSpace): NamedSymbol | undefined {
    const last = name.parts.at(-1);
    const declared = space === undefined ? this.#resolve(name) : this.module.resolve(name, space);
    if (last === undefined || declared === undefined) return undefined;
    const symbol = this.#symbols.declared(declared);
    this.add(last.span, symbol);
    this.#prefix(name.parts.slice(0, -1));
    return symbol;
  }

  #prefix(parts: readonly Name[]): void {
    const [first] = parts;
    const last = parts.at(-1);
    if (first === undefined || last === undefined) return;
    const span = { ...first.span, end: last.span.end };
    const declared = this.module.resolve({ kind: "qualified-name", span, parts }, "value");
    if (declared?.kind === "package" || declared?.kind === "enum")
      this.add(declared.kind === "enum" ? last.span : span, this.#symbols.declared(declared));
  }

  #resolve(name: QualifiedName) {
    return this.module.resolve(name, "value") ?? this.module.resolve(name);
  }

  type(node: TypeNode): void {
    switch (node.kind) {
      case "type-name":
        this.qualified(node.name, "value");
        return;
      case "type-collection":
      case "type-optional":
        return this.type(node.of);
      case "type-record":
        for (const field of node.fields) {
          this.#found.push({
            span: field.name.span,
            symbol: symbolAt("field", field.name, field),
            declares: true,
          });
          this.type(field.type);
        }
        return;
      case "type-missing":
        return;
    }
  }

  selector(selector: Selector): void {
    for (const part of [...selector.include, ...selector.except]) {
      if (part.kind === "group") this.qualified(part.name, "group");
      if (part.kind === "tool") this.toolActions(part.tool, part.actions ?? []);
    }
  }

  /** After `on approval` and `on denied` a single name may be a rule. */
  selectorOrRules(selector: Selector): void {
    for (const part of [...selector.include, ...selector.except])
      if (part.kind === "tool" && part.actions === null) {
        if (this.qualified(part.tool, "value") === undefined) this.qualified(part.tool, "id");
      } else this.selector({ ...selector, include: [part], except: [] });
  }

  toolActions(name: QualifiedName, actions: readonly Name[]): ResolvedTool | undefined {
    const declared = this.module.resolve(name, "value");
    this.qualified(name, "value");
    if (declared?.kind !== "tool") return undefined;
    for (const action of actions) {
      const found =
        declared.tool.actions.find((each) => each.name === action.text) ??
        declared.tool.actions.find(
          (each) => this.#symbols.program.actions[each.index]?.action === action.text,
        );
      if (found !== undefined) this.add(action.span, this.#symbols.action(declared.tool, found.index));
    }
    return declared.tool;
  }

  redactPath(path: RedactPath, known: Known): void {
    const names: string[] = [];
    for (const step of path.steps) {
      if (step.kind !== "field") break;
      names.push(step.name.text);
      for (const { actions } of known)
        for (const action of actions) this.add(step.name.span, this.#symbols.path(path.root, names, action));
    }
  }

  expression(node: Expression, variables: Variables, known: Known): void {
    switch (node.kind) {
      case "name":
        return this.#name(node.text, node, node.span, variables, known);
      case "field":
        return this.#field(node, variables, known);
      case "quantifier": {
        this.expression(node.over, variables, known);
        const symbol = symbolAt("variable", node.variable, node);
        this.#found.push({ span: node.variable.span, symbol, declares: true });
        return this.expression(node.body, new Map(variables).set(node.variable.text, symbol), known);
      }
      case "has":
        this.qualified(node.label, "value");
        break;
      case "as":
        this.type(node.type);
        break;
      default:
    }
    for (const child of childrenOf(node)) this.expression(child, variables, known);
  }

  #name(text: string, node: Expression, span: Span, variables: Variables, known: Known): void {
    const variable = variables.get(text);
    if (variable !== undefined) return this.add(span, variable);
    if (this.#checkedMeaning(node, span, known)) return;
    if (text === "args" || text === "agent" || text === "context" || text === "result") return;
    this.name(text, span);
  }

  /** Members of enums and fields of the call: what only types tell. */
  #checkedMeaning(node: Expression, span: Span, known: Known): boolean {
    let found = false;
    for (const { types, actions } of known) {
      const info = types.get(node);
      if (info?.meaning?.kind === "path" && info.meaning.path.length > 0) {
        found = true;
        const { root, path } = info.meaning;
        for (const action of actions.length === 0 ? [null] : actions)
          this.add(span, this.#symbols.path(root, path, action));
      } else if (info?.type.kind === "enum" && typeof info.constant === "string") {
        const text = node.kind === "name" ? node.text : node.kind === "field" ? node.name.text : null;
        if (text !== info.constant) continue;
        const member = this.#symbols.member(info.type, info.constant);
        found ||= member !== undefined;
        this.add(span, member);
      }
    }
    return found;
  }

  #field(node: FieldAccess, variables: Variables, known: Known): void {
    const chain = chainOf(node);
    const first = chain?.[0]?.text;
    if (chain !== undefined && first !== undefined && !variables.has(first)) {
      const name: QualifiedName = { kind: "qualified-name", span: node.span, parts: chain };
      if (this.qualified(name) !== undefined) return;
      // `Env.prod`, also where nothing is known of the types.
      const owner = this.#resolve({ ...name, parts: chain.slice(0, -1) });
      if (owner?.kind === "enum" && owner.type.kind === "enum") {
        this.add(node.name.span, this.#symbols.member(owner.type, node.name.text));
        this.qualified({ ...name, parts: chain.slice(0, -1) });
        return;
      }
    }
    this.#checkedMeaning(node, node.name.span, known);
    this.expression(node.of, variables, known);
  }
}

/** `a.b.c` as names; undefined for any other expression. */
function chainOf(node: Expression): readonly Name[] | undefined {
  if (node.kind === "name") return [{ kind: "name", span: node.span, text: node.text }];
  if (node.kind !== "field") return undefined;
  const before = chainOf(node.of);
  return before === undefined ? undefined : [...before, node.name];
}
