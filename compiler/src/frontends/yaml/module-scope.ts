// What the parts of a file share while they are read: its tools, its names, and how open tools are used.
import type { Span } from "../../source/span.ts";
import type { Selector, Template } from "../../syntax/ast.ts";
import type { Expression, FieldNodeRef, TypeNode } from "../../syntax/expression.ts";
import { resolveBareNames } from "./bare-names.ts";
import type { YamlContext } from "./context.ts";
import { argumentUses, named } from "./infer-arguments.ts";
import type { SelectedArguments, ToolScope } from "./tool-scope.ts";
import type { YamlNode } from "./yaml-tree.ts";

/** The type that an expression is used as, where it says something about a bare argument. */
export type Expected = TypeNode | "any" | null;

interface Use {
  readonly span: Span;
  readonly type: Expected;
}

export class ModuleScope {
  readonly context: YamlContext;
  readonly tools: ToolScope;
  /** Names declared or imported here, and in words what an argument of the same name would clash with. */
  readonly declared = new Map<string, string | null>();
  /** Types of constants, data, params and enum members, where they are written. */
  readonly types = new Map<string, TypeNode>();
  /** By open tool and action, then by argument. */
  readonly #uses = new Map<string, Map<string, Use[]>>();

  constructor(context: YamlContext, tools: ToolScope) {
    this.context = context;
    this.tools = tools;
  }

  declare(name: string, what: string | null, type: TypeNode | null = null): void {
    this.declared.set(name, what);
    if (type !== null) this.types.set(name, type);
  }

  /** An expression over the actions of a selector: bare names are resolved, uses of open arguments noted. */
  expression(node: YamlNode, place: string, selector: Selector, expected: Expected = "any"): Expression {
    return this.resolve(this.context.expression(node, place), this.tools.arguments(selector), expected);
  }

  condition(node: YamlNode, place: string, selector: Selector): Expression {
    return this.expression(node, place, selector, named("bool", node.span));
  }

  resolve(
    expression: Expression,
    selected: SelectedArguments,
    expected: Expected,
    argument?: (name: string, span: Span) => void,
  ): Expression {
    const resolved = resolveBareNames(expression, {
      declared: this.declared,
      selected,
      report: (diagnostic) => this.context.report(diagnostic),
      ...(argument === undefined ? {} : { argument }),
    });
    if (selected.open.length > 0)
      for (const use of argumentUses(resolved, this.types, expected))
        for (const { tool, action } of selected.open) this.#note(`${tool}.${action}`, use.name, use);
    return resolved;
  }

  template(node: YamlNode, place: string, selector: Selector): Template | null {
    const template = this.context.template(node, place);
    if (template === null) return null;
    const selected = this.tools.arguments(selector);
    return {
      ...template,
      parts: template.parts.map((part) =>
        part.kind === "text" ? part : { ...part, expression: this.resolve(part.expression, selected, "any") },
      ),
    };
  }

  #note(action: string, name: string, use: Use): void {
    const byName = this.#uses.get(action) ?? new Map<string, Use[]>();
    this.#uses.set(action, byName);
    byName.set(name, [...(byName.get(name) ?? []), use]);
  }

  /**
   * Parameters of an open action, all optional: typed by the first use that tells, else `json`, which the checker then
   * finds compared with nothing. Whether another file declares the tool after all is the resolver's to know.
   */
  inferredParams(tool: string, action: string): readonly FieldNodeRef[] {
    return [...(this.#uses.get(`${tool}.${action}`) ?? [])].map(([name, uses]) => {
      const span = uses[0]?.span ?? { file: this.context.file.path, start: 0, end: 0 };
      const told = uses.map((use) => use.type).find((type) => type !== null && type !== "any");
      const of = told === undefined || told === null ? named("json", span) : told;
      return {
        span,
        doc: null,
        name: { kind: "name", span, text: name },
        type: { kind: "type-optional", span, of },
        default: null,
      };
    });
  }
}
