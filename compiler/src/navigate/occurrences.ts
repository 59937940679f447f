// Every name in a file and what it stands for, in the order of the text.
import type { CheckedProgram } from "../checker/checked-program.ts";
import type { ResolvedModule, ResolvedProgram } from "../resolver/resolved-program.ts";
import type { Item, LabelDeclaration, PolicyDeclaration, RuleDeclaration, Template } from "../syntax/ast.ts";
import { ExpressionOccurrences, type Variables, NO_VARIABLES } from "./expression-occurrences.ts";
import { knownExpressions } from "./known.ts";
import type { Known } from "./known.ts";
import { ProgramSymbols } from "./program-symbols.ts";
import type { NamedSymbol, Occurrence } from "./symbol.ts";
import { symbolAt } from "./symbol.ts";
import { testOccurrences } from "./test-occurrences.ts";

const tables = new WeakMap<CheckedProgram, OccurrenceTable>();

/** `program` and `checked` are of one analysis. */
export function occurrencesOf(
  program: ResolvedProgram,
  checked: CheckedProgram,
  file: string,
): readonly Occurrence[] {
  const table = tables.get(checked) ?? new OccurrenceTable(program, checked);
  tables.set(checked, table);
  return table.of(file);
}

class OccurrenceTable {
  readonly #symbols: ProgramSymbols;
  readonly #files = new Map<string, readonly Occurrence[]>();
  readonly #known: ReadonlyMap<object, Known>;

  constructor(program: ResolvedProgram, checked: CheckedProgram) {
    this.#symbols = new ProgramSymbols(program, checked);
    this.#known = knownExpressions(checked);
  }

  of(file: string): readonly Occurrence[] {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const module = this.#symbols.program.modules.find((each) => each.module.file === file);
    const found = module === undefined ? [] : new FileWalk(module, this.#symbols, this.#known).walk();
    this.#files.set(file, found);
    return found;
  }
}

/** Walks one file. */
class FileWalk {
  readonly #module: ResolvedModule;
  readonly #symbols: ProgramSymbols;
  readonly #known: ReadonlyMap<object, Known>;
  readonly #found: Occurrence[] = [];
  readonly #in: ExpressionOccurrences;

  constructor(module: ResolvedModule, symbols: ProgramSymbols, known: ReadonlyMap<object, Known>) {
    this.#module = module;
    this.#symbols = symbols;
    this.#known = known;
    this.#in = new ExpressionOccurrences(module, symbols, this.#found);
  }

  walk(): readonly Occurrence[] {
    const { module } = this.#module;
    if (module.package !== null) {
      const symbol = this.#symbols.package(this.#module.package);
      if (symbol !== undefined) this.#found.push({ span: module.package.span, symbol, declares: true });
    }
    for (const item of module.items) this.#item(item);
    const distinct = new Map<string, Occurrence>();
    for (const each of this.#found) {
      const key = `${String(each.span.start)}-${String(each.span.end)}-${each.symbol.key}`;
      if (!distinct.has(key) && each.span.end > each.span.start) distinct.set(key, each);
    }
    return [...distinct.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }

  #declare(symbol: NamedSymbol): NamedSymbol {
    this.#found.push({ span: symbol.span, symbol, declares: true });
    return symbol;
  }

  #knownOf(node: object): Known {
    return this.#known.get(node) ?? [];
  }

  #fields(
    kind: "argument" | "attribute" | "parameter" | "field",
    fields: PolicyDeclaration["params"],
  ): Variables {
    const variables = new Map<string, NamedSymbol>();
    for (const field of fields) {
      variables.set(field.name.text, this.#declare(symbolAt(kind, field.name, field)));
      this.#in.type(field.type);
    }
    return variables;
  }

  #item(item: Item): void {
    if ("name" in item && item.kind !== "rule") this.#declare(symbolAt(item.kind, item.name, item));
    switch (item.kind) {
      case "import":
        return this.#import(item);
      case "tools":
        for (const refinement of item.refinements) {
          for (const field of refinement.fields) {
            this.#declare(symbolAt("argument", field.name, field));
            this.#in.type(field.type);
          }
          if (refinement.result !== null) this.#in.type(refinement.result);
        }
        return this.#refinedActions(item);
      case "tool":
        for (const action of item.actions) {
          this.#declare(symbolAt("action", action.name, action));
          this.#fields("argument", action.params);
          if (action.result !== null) this.#in.type(action.result);
        }
        return;
      case "enum":
        for (const member of item.members) this.#declare(symbolAt("member", member, item));
        return;
      case "type":
        return this.#in.type(item.type);
      case "attributes":
        for (const field of item.fields) {
          const symbol = this.#symbols.attribute(item.of, field.name.text);
          if (symbol !== undefined) this.#found.push({ span: field.name.span, symbol, declares: true });
          this.#in.type(field.type);
        }
        return;
      case "const":
      case "param":
        if (item.type !== null) this.#in.type(item.type);
        return this.#in.expression(item.value, NO_VARIABLES, []);
      case "data":
        return this.#in.type(item.type);
      case "fn": {
        const variables = this.#fields("parameter", item.params);
        this.#in.type(item.result);
        return this.#in.expression(item.body, variables, this.#knownOf(item));
      }
      case "pattern":
        for (const each of item.alternatives) this.#in.expression(each, NO_VARIABLES, []);
        return;
      case "fact":
        this.#in.type(item.of);
        return this.#in.type(item.result);
      case "group":
        return this.#in.selector(item.selector);
      case "label":
        return this.#label(item);
      case "limit": {
        const known = this.#knownOf(item);
        this.#in.selector(item.selector);
        for (const each of [item.to, item.sum, item.settle, ...item.keys])
          if (each !== null) this.#in.expression(each, NO_VARIABLES, known);
        return this.#texts(item, NO_VARIABLES, known);
      }
      case "policy": {
        const variables = this.#fields("parameter", item.params);
        const known = item.rules.flatMap((rule) => this.#knownOf(rule));
        if (item.scope !== null) this.#in.expression(item.scope, variables, known);
        for (const rule of item.rules) this.#rule(rule, variables);
        return;
      }
      case "use":
        this.#in.qualified(item.policy, "policy");
        for (const each of item.args) this.#in.expression(each, NO_VARIABLES, []);
        if (item.scope !== null) this.#in.expression(item.scope, NO_VARIABLES, []);
        return;
      case "rule":
        return this.#rule(item, NO_VARIABLES);
      case "exception": {
        const known = this.#knownOf(item);
        this.#in.qualified(item.rule, "id");
        for (const each of [item.scope, item.when])
          if (each !== null) this.#in.expression(each, NO_VARIABLES, known);
        return;
      }
      case "test":
        return testOccurrences(item, this.#in, this.#symbols);
      case "property": {
        const known = this.#knownOf(item);
        this.#in.selector(item.selector);
        if (item.where !== null) this.#in.expression(item.where, NO_VARIABLES, known);
        for (const rule of item.expect.by ?? []) this.#in.qualified(rule, "id");
        return;
      }
    }
  }

  #import(item: Extract<Item, { kind: "import" }>): void {
    const names = item.path.parts.map((part) => part.text);
    const whole = this.#symbols.package(names.join("."));
    if (whole !== undefined) this.#found.push({ span: item.path.span, symbol: whole, declares: false });
    else {
      const owner = this.#symbols.package(names.slice(0, -1).join("."));
      const [first, last] = [item.path.parts[0], item.path.parts.at(-1)];
      const before = item.path.parts.at(-2);
      if (owner !== undefined && first !== undefined && before !== undefined)
        this.#found.push({
          span: { ...first.span, end: before.span.end },
          symbol: owner,
          declares: false,
        });
      if (last !== undefined) this.#in.name(item.alias?.text ?? last.text, last.span);
    }
    for (const name of item.names ?? [])
      this.#in.name(item.names?.length === 1 && item.alias !== null ? item.alias.text : name.text, name.span);
    if (item.alias !== null) this.#in.name(item.alias.text, item.alias.span);
  }

  #refinedActions(item: Extract<Item, { kind: "tools" }>): void {
    const declared = this.#module.lookup(item.name.text, "value");
    if (declared?.kind !== "tool") return;
    for (const { action } of item.refinements) {
      const found = declared.tool.actions.find((each) => each.name === action?.text);
      const symbol = found === undefined ? undefined : this.#symbols.action(declared.tool, found.index);
      if (action !== null && symbol !== undefined)
        this.#found.push({ span: action.span, symbol, declares: true });
    }
  }

  #label(item: LabelDeclaration): void {
    this.#fields("parameter", item.keys);
    for (const transition of item.transitions) {
      const known = this.#knownOf(transition);
      if (transition.on === "approval" || transition.on === "denied")
        this.#in.selectorOrRules(transition.selector);
      else this.#in.selector(transition.selector);
      const { each } = transition;
      const variables = new Map<string, NamedSymbol>();
      if (each !== null) {
        this.#in.expression(each.over, NO_VARIABLES, known);
        variables.set(each.name.text, this.#declare(symbolAt("variable", each.name, each)));
      }
      for (const key of transition.key) this.#in.expression(key, variables, known);
      if (transition.when !== null) this.#in.expression(transition.when, NO_VARIABLES, known);
    }
  }

  #rule(rule: RuleDeclaration, variables: Variables): void {
    this.#declare(symbolAt("rule", rule.name, rule));
    const known = this.#knownOf(rule);
    this.#in.selector(rule.selector);
    for (const having of rule.having) {
      this.#in.expression(having.path, variables, known);
      if (having.type !== null) this.#in.type(having.type);
    }
    for (const each of [rule.when, rule.unless])
      if (each !== null) this.#in.expression(each, variables, known);
    for (const { path, matching } of rule.redactions) {
      if (matching !== null) this.#in.expression(matching, variables, known);
      this.#in.redactPath(path, known);
    }
    this.#texts(rule, variables, known);
  }

  #texts(
    item: { readonly because: Template | null; readonly hint: Template | null },
    variables: Variables,
    known: Known,
  ): void {
    for (const part of [...(item.because?.parts ?? []), ...(item.hint?.parts ?? [])])
      if (part.kind === "value") this.#in.expression(part.expression, variables, known);
  }
}
