// Symbols of a program that names alone do not tell: tools, actions, arguments, attributes, fields of records, members.
import type { EnumType } from "@aegis/runtime/core";
import type { CheckedProgram } from "../checker/checked-program.ts";
import type {
  Declared,
  ResolvedModule,
  ResolvedProgram,
  ResolvedTool,
} from "../resolver/resolved-program.ts";
import type { Span } from "../source/span.ts";
import type { ToolDeclaration, ToolsImport } from "../syntax/ast.ts";
import type { FieldNodeRef, TypeNode } from "../syntax/expression.ts";
import type { NamedSymbol } from "./symbol.ts";
import { symbolAt } from "./symbol.ts";

const placeOf = ({ file, start }: Span): string => `${file}:${String(start)}`;

export class ProgramSymbols {
  readonly program: ResolvedProgram;
  readonly checked: CheckedProgram;
  readonly #tools = new Map<string, ToolDeclaration | ToolsImport>();
  readonly #modules = new Map<string, ResolvedModule>();
  readonly #attributes = new Map<string, NamedSymbol>();
  /** Actions by index. */
  readonly #actions: (NamedSymbol | undefined)[] = [];

  constructor(program: ResolvedProgram, checked: CheckedProgram) {
    this.program = program;
    this.checked = checked;
    for (const module of program.modules) {
      this.#modules.set(module.module.file, module);
      for (const item of module.module.items) {
        if (item.kind === "tool" || item.kind === "tools") this.#tools.set(placeOf(item.name.span), item);
        if (item.kind !== "attributes") continue;
        for (const field of item.fields) {
          const key = `${item.of}.${field.name.text}`;
          if (!this.#attributes.has(key)) this.#attributes.set(key, symbolAt("attribute", field.name, field));
        }
      }
    }
  }

  declared(declared: Declared): NamedSymbol | undefined {
    switch (declared.kind) {
      case "package":
        return this.package(declared.package);
      case "tool":
        return this.tool(declared.tool);
      default:
        return symbolAt(declared.kind, declared.node.name, declared.node);
    }
  }

  package(name: string): NamedSymbol | undefined {
    const module = this.program.modules.find((each) => each.package === name && each.module.package !== null);
    const written = module?.module.package;
    if (module === undefined || written === null || written === undefined) return undefined;
    return { key: `package:${name}`, kind: "package", name, span: written.span, node: module.module };
  }

  tool(tool: ResolvedTool): NamedSymbol {
    const node = this.#tools.get(placeOf(tool.declaredAt)) ?? null;
    const name = { kind: "name", span: tool.declaredAt, text: tool.name } as const;
    return symbolAt(node?.kind ?? "tool", node?.name ?? name, node);
  }

  action(tool: ResolvedTool, index: number): NamedSymbol | undefined {
    const known = this.#actions[index];
    if (known !== undefined) return known;
    const action = tool.actions.find((each) => each.index === index);
    if (action === undefined) return undefined;
    const symbol = action.node === null ? this.#manifestAction(tool, action.name) : undefined;
    const made =
      symbol ?? (action.node === null ? undefined : symbolAt("action", action.node.name, action.node));
    this.#actions[index] = made;
    return made;
  }

  #manifestAction(tool: ResolvedTool, name: string): NamedSymbol {
    const node = this.#tools.get(placeOf(tool.declaredAt));
    const refined =
      node?.kind === "tools"
        ? node.refinements.find((each) => each.action?.text === name)?.action
        : undefined;
    const key = `${placeOf(tool.declaredAt)}.${name}`;
    return { key, kind: "action", name, span: refined?.span ?? tool.declaredAt, node: null };
  }

  /** A parameter of an action, by the index of the action. */
  argument(index: number, name: string): NamedSymbol | undefined {
    const action = this.#actionNode(index);
    if (action?.kind === "declared") {
      const field = action.params.find((each) => each.name.text === name);
      return field === undefined ? undefined : symbolAt("argument", field.name, field);
    }
    if (action === undefined) return undefined;
    const { tool, actionName } = action;
    const refined = tool.refinements
      .filter((each) => each.action === null || each.action.text === actionName)
      .sort((a, b) => (a.action === null ? 1 : 0) - (b.action === null ? 1 : 0))
      .flatMap((each) => each.fields)
      .find((field) => field.name.text === name);
    if (refined !== undefined) return symbolAt("argument", refined.name, refined);
    const key = `${placeOf(tool.name.span)}.${actionName}.${name}`;
    return { key, kind: "argument", name, span: tool.manifest.span, node: null };
  }

  #actionNode(index: number) {
    const action = this.checked.actions[index] ?? this.program.actions[index];
    if (action === undefined) return undefined;
    const tool = this.#tools.get(placeOf(action.declaredAt));
    if (tool?.kind === "tools") return { kind: "manifest", tool, actionName: action.action } as const;
    const node = this.#actionsByPlace().get(placeOf(action.declaredAt));
    return node === undefined
      ? undefined
      : ({ kind: "declared", params: node.params, result: node.result } as const);
  }

  #byPlace: Map<string, ToolDeclaration["actions"][number]> | undefined;
  #actionsByPlace(): ReadonlyMap<string, ToolDeclaration["actions"][number]> {
    return (this.#byPlace ??= new Map(
      [...this.#tools.values()].flatMap((tool) =>
        tool.kind === "tool" ? tool.actions.map((each) => [placeOf(each.name.span), each] as const) : [],
      ),
    ));
  }

  attribute(of: "agent" | "context", name: string): NamedSymbol | undefined {
    return this.#attributes.get(`${of}.${name}`);
  }

  /** What a path such as `args.a.b` names last, in one action. */
  path(
    root: "args" | "agent" | "context" | "result",
    path: readonly string[],
    index: number | null,
  ): NamedSymbol | undefined {
    const [first, ...rest] = path;
    if (first === undefined) return undefined;
    if (root === "agent" || root === "context") return this.#below(this.attribute(root, first), rest);
    if (index === null) return undefined;
    if (root === "args") return this.#below(this.argument(index, first), rest);
    const action = this.#actionNode(index);
    const [inner, ...deeper] = rest;
    if (first !== "value" || inner === undefined || action?.kind !== "declared" || action.result === null)
      return undefined;
    return this.#below(this.#fieldIn(action.result, inner), deeper);
  }

  #below(symbol: NamedSymbol | undefined, path: readonly string[]): NamedSymbol | undefined {
    const [first, ...rest] = path;
    if (symbol === undefined || first === undefined) return symbol;
    const type = (symbol.node as Partial<FieldNodeRef> | null)?.type;
    return type === undefined ? undefined : this.#below(this.#fieldIn(type, first), rest);
  }

  #fieldIn(type: TypeNode, name: string): NamedSymbol | undefined {
    switch (type.kind) {
      case "type-optional":
      case "type-collection":
        return this.#fieldIn(type.of, name);
      case "type-record": {
        const field = type.fields.find((each) => each.name.text === name);
        return field === undefined ? undefined : symbolAt("field", field.name, field);
      }
      case "type-name": {
        const declared = this.#modules.get(type.span.file)?.resolve(type.name, "value");
        return declared?.kind === "type" ? this.#fieldIn(declared.node.type, name) : undefined;
      }
      case "type-missing":
        return undefined;
    }
  }

  /** A member of a declared enum. */
  member(type: EnumType, name: string): NamedSymbol | undefined {
    for (const module of this.program.modules)
      for (const item of module.module.items) {
        if (item.kind !== "enum" || item.name.text !== type.name) continue;
        const member = item.members.find((each) => each.text === name);
        if (member !== undefined) return symbolAt("member", member, item);
      }
    return undefined;
  }
}
