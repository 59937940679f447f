// Turns a declaration into what its name stands for: types resolved, values from outside checked, once each.
import type { ConstValue, EnumType, Type } from "@aegis/runtime/core";
import { JSON_TYPE, printType } from "@aegis/runtime/core";
import { declarationDiagnostics as report } from "../diagnostics/catalogue/declaration.ts";
import { nameDiagnostics } from "../diagnostics/catalogue/name.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { DataDeclaration, EnumDeclaration, ParamDeclaration, TypeAlias } from "../syntax/ast.ts";
import type { Name, QualifiedName } from "../syntax/expression.ts";
import { constantFromJson } from "./constants/constant-from-json.ts";
import { PatternTable } from "./declare-pattern.ts";
import { findQualified, isFailed } from "./names/find.ts";
import type { Found } from "./names/find.ts";
import { suggest } from "./names/suggest-import.ts";
import type { Entry, ModuleTable } from "./names/tables.ts";
import type { Declared, ProjectInputs, ResolvedTool } from "./resolved-program.ts";
import { BUILTIN_DECLARATIONS } from "./builtin-declarations.ts";
import { extentOf, MAX_CHAIN, MAX_TYPE_DEPTH, MAX_TYPE_SIZE } from "./types/type-extent.ts";
import type { NamedType, TypeNames } from "./types/type-of.ts";
import { typeOf } from "./types/type-of.ts";

export class Declarations {
  readonly #declared = new Map<Entry, Declared>();
  readonly #openAliases = new Set<Entry>();
  readonly #patterns: PatternTable;
  readonly #inputs: ProjectInputs;
  readonly #sink: DiagnosticSink;
  readonly #tool: (entry: Entry, on: string | null) => ResolvedTool | undefined;

  constructor(
    inputs: ProjectInputs,
    tool: (entry: Entry, on: string | null) => ResolvedTool | undefined,
    sink: DiagnosticSink,
  ) {
    this.#inputs = inputs;
    this.#tool = tool;
    this.#sink = sink;
    this.#patterns = new PatternTable(sink);
  }

  /** Undefined for a tool that the program does not hold. */
  of(found: Found): Declared | undefined {
    if (found.kind === "package") return { kind: "package", package: found.package.name };
    const { entry } = found;
    const { kind } = entry.symbol.node;
    if (kind === "tool" || kind === "tools") {
      const tool = this.#tool(entry, found.on);
      return tool === undefined ? undefined : { kind: "tool", package: entry.module.package.name, tool };
    }
    const known = this.#declared.get(entry);
    if (known !== undefined) return known;
    const declared = this.#declare(entry);
    if (declared !== undefined) this.#declared.set(entry, declared);
    return declared;
  }

  /** Names of types as a file sees them. */
  typeNames(module: ModuleTable): TypeNames {
    return {
      find: (name) => this.#findType(name, module),
      suggest: (name, more) =>
        suggest(name, module, {
          space: "value",
          kinds: ["enum", "type"],
          otherwise: "declare it with `enum` or `type`, or import the package that does",
          more,
        }),
    };
  }

  #findType(name: QualifiedName, module: ModuleTable): NamedType {
    const builtin = name.parts.length === 1 ? BUILTIN_DECLARATIONS.get(name.parts[0]?.text ?? "") : undefined;
    const found = findQualified(name, "value", module);
    const declared = builtin ?? (found === undefined ? undefined : this.#typeDeclared(found, name));
    if (declared === undefined) return isFailed(name, module) ? { kind: "type", type: JSON_TYPE } : undefined;
    return declared.kind === "enum" || declared.kind === "type"
      ? { kind: "type", type: declared.type }
      : { kind: "other", what: declared.kind };
  }

  #typeDeclared(found: Found, name: QualifiedName): Declared | { readonly kind: "other" } | undefined {
    if (found.kind === "entry" && this.#openAliases.has(found.entry)) {
      const { node } = found.entry.symbol;
      this.#sink.report(report["type-cycle"](name.span, { name: node.name.text }));
      return { kind: "type", package: "", node: node as TypeAlias, type: JSON_TYPE };
    }
    // Tools are numbered after types are known: their kind says enough.
    if (found.kind === "entry") {
      const { kind } = found.entry.symbol.node;
      if (kind === "tool" || kind === "tools") return BUILTIN_TOOL;
    }
    return this.of(found);
  }

  #declare(entry: Entry): Declared | undefined {
    const { node } = entry.symbol;
    const packageName = entry.module.package.name;
    const names = this.typeNames(entry.module);
    switch (node.kind) {
      case "tool":
      case "tools":
        return undefined;
      case "enum":
        return { kind: "enum", package: packageName, node, type: this.#enumType(node) };
      case "type":
        return { kind: "type", package: packageName, node, type: this.#aliased(entry, node) };
      case "data": {
        const type = typeOf(node.type, names, this.#sink);
        const value = this.#given(node, type, packageName);
        return { kind: "data", package: packageName, node, type, value };
      }
      case "param": {
        const type = typeOf(node.type, names, this.#sink);
        const value = this.#given(node, type, packageName);
        return { kind: "param", package: packageName, node, type, value };
      }
      case "pattern": {
        const name = `${packageName}.${node.name.text}`;
        const pattern = this.#patterns.canonical(entry, node);
        return { kind: "pattern", package: packageName, node, name, pattern };
      }
      case "fact": {
        const name = `${packageName}.${node.name.text}`;
        const of = typeOf(node.of, names, this.#sink);
        const type = typeOf(node.result, names, this.#sink);
        return { kind: "fact", package: packageName, node, name, of, type };
      }
      case "const":
        return { kind: node.kind, package: packageName, node };
      case "fn":
        return { kind: node.kind, package: packageName, node };
      case "group":
        return { kind: node.kind, package: packageName, node };
      case "label":
        return { kind: node.kind, package: packageName, node };
      case "limit":
        return { kind: node.kind, package: packageName, node };
      case "policy":
        return { kind: node.kind, package: packageName, node };
      case "rule":
        return { kind: node.kind, package: packageName, node };
      case "exception":
        return { kind: node.kind, package: packageName, node };
    }
  }

  #enumType(node: EnumDeclaration): EnumType {
    const members = new Map<string, Name>();
    for (const member of node.members) {
      const earlier = members.get(member.text);
      if (member.text === "") continue;
      if (earlier === undefined) members.set(member.text, member);
      else {
        const related = [{ span: earlier.span, message: "first here" }];
        const where = `enum \`${node.name.text}\``;
        this.#sink.report(nameDiagnostics.duplicate(member.span, { name: member.text, where }, { related }));
      }
    }
    if (node.members.length === 0)
      this.#sink.report(report["empty-enum"](node.name.span, { name: node.name.text }));
    return { kind: "enum", name: node.name.text, members: [...members.keys()] };
  }

  #aliased(entry: Entry, node: TypeAlias): Type {
    const tooLarge = (limit: string): Type => {
      this.#sink.report(report["too-large"](node.name.span, { what: "type", name: node.name.text, limit }));
      return JSON_TYPE;
    };
    if (this.#openAliases.size >= MAX_CHAIN)
      return tooLarge(`more than ${String(MAX_CHAIN)} aliases in a row`);
    this.#openAliases.add(entry);
    const type = typeOf(node.type, this.typeNames(entry.module), this.#sink);
    this.#openAliases.delete(entry);
    const extent = extentOf(type);
    if (extent.size > MAX_TYPE_SIZE) return tooLarge(`more than ${String(MAX_TYPE_SIZE)} parts`);
    return extent.depth > MAX_TYPE_DEPTH ? tooLarge(`more than ${String(MAX_TYPE_DEPTH)} levels`) : type;
  }

  /** The value from outside, if one is given and fits. */
  #given(node: DataDeclaration | ParamDeclaration, type: Type, packageName: string): ConstValue | null {
    const obstacle = notConstant(type);
    if (obstacle !== null) {
      // `json` also stands for a type that was reported already.
      if (obstacle.kind === "optional" || node.type.kind !== "type-name" || isJson(node.type.name))
        this.#sink.report(
          report["no-constant-type"](node.type.span, { name: node.name.text, type: printType(obstacle) }),
        );
      return null;
    }
    const name = `${packageName}.${node.name.text}`;
    const values = node.kind === "data" ? this.#inputs.data : this.#inputs.params;
    if (!values.has(name)) return null;
    const constant = constantFromJson(values.get(name), type);
    if (constant.ok) return constant.value;
    this.#sink.report(
      report["bad-data"](node.name.span, {
        what: node.kind,
        name,
        place: constant.place === undefined ? "it" : `\`${constant.place}\``,
        problem: constant.problem,
        type: printType(type),
      }),
    );
    return null;
  }
}

const BUILTIN_TOOL = { kind: "other" } as const;

const isJson = (name: QualifiedName): boolean => name.parts.length === 1 && name.parts[0]?.text === "json";

/** The part of a type that has no constants, if any; fields of records may be absent. */
function notConstant(type: Type): Type | null {
  switch (type.kind) {
    case "json":
    case "optional":
      return type;
    case "list":
    case "set":
    case "map":
      return notConstant(type.of);
    case "record":
      for (const field of type.fields) {
        const obstacle = notConstant(field.type.kind === "optional" ? field.type.of : field.type);
        if (obstacle !== null) return obstacle;
      }
      return null;
    default:
      return null;
  }
}
