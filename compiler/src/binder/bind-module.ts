// Binds one file: what it declares, in which space of names, in the order of the text. Duplicates are the resolver's to find,
// because a package may span files.
import type { Span } from "../source/span.ts";
import type {
  ConstDeclaration,
  DataDeclaration,
  EnumDeclaration,
  ExceptionDeclaration,
  FactDeclaration,
  FunctionDeclaration,
  GroupDeclaration,
  Import,
  Item,
  LabelDeclaration,
  LimitDeclaration,
  Module,
  ParamDeclaration,
  PatternDeclaration,
  PolicyDeclaration,
  RuleDeclaration,
  ToolDeclaration,
  ToolsImport,
  TypeAlias,
} from "../syntax/ast.ts";
import type { Name } from "../syntax/expression.ts";

/**
 * Where a name is looked up. `value`: types, constants, functions, patterns, facts, tools, labels, limits.
 * `id`: what has an id in logs and state (rules, labels, limits, exceptions).
 */
export type NameSpace = "value" | "id" | "group" | "policy";

export type DeclaringNode =
  | EnumDeclaration
  | TypeAlias
  | ConstDeclaration
  | DataDeclaration
  | ParamDeclaration
  | FunctionDeclaration
  | PatternDeclaration
  | FactDeclaration
  | GroupDeclaration
  | LabelDeclaration
  | LimitDeclaration
  | PolicyDeclaration
  | RuleDeclaration
  | ExceptionDeclaration
  | ToolDeclaration
  | ToolsImport;

export interface BoundSymbol {
  readonly name: string;
  readonly span: Span;
  readonly spaces: readonly NameSpace[];
  readonly node: DeclaringNode;
  /** The policy around a rule. */
  readonly policy: PolicyDeclaration | null;
}

export interface BoundModule {
  readonly module: Module;
  /** Empty when the file does not say. */
  readonly package: string;
  readonly symbols: readonly BoundSymbol[];
  readonly imports: readonly Import[];
}

/** Spaces by kind of item; `null` declares no name. */
const SPACES: { readonly [Kind in Item["kind"]]: readonly NameSpace[] | null } = {
  import: null,
  tools: ["value"],
  tool: ["value"],
  enum: ["value"],
  type: ["value"],
  attributes: null,
  const: ["value"],
  data: ["value"],
  param: ["value"],
  fn: ["value"],
  pattern: ["value"],
  fact: ["value"],
  group: ["group"],
  label: ["value", "id"],
  limit: ["value", "id"],
  policy: ["policy"],
  use: null,
  rule: ["id"],
  exception: ["id"],
  test: null,
  property: null,
};

const bind = (node: DeclaringNode, policy: PolicyDeclaration | null = null): BoundSymbol => ({
  name: node.name.text,
  span: node.name.span,
  spaces: SPACES[node.kind] ?? [],
  node,
  policy,
});

/** Names that the parser had to make up are empty: they declare nothing. */
const named = (name: Name): boolean => name.text !== "";

const symbolsOf = (item: Item): readonly BoundSymbol[] => {
  switch (item.kind) {
    case "import":
    case "attributes":
    case "use":
    case "test":
    case "property":
      return [];
    case "policy":
      return symbolsOfPolicy(item);
    default:
      return named(item.name) ? [bind(item)] : [];
  }
};

function symbolsOfPolicy(item: PolicyDeclaration): readonly BoundSymbol[] {
  const symbols = named(item.name) ? [bind(item)] : [];
  // The rules of a policy with parameters get their ids from `use`.
  if (item.params.length > 0) return symbols;
  for (const rule of item.rules) if (named(rule.name)) symbols.push(bind(rule, item));
  return symbols;
}

const bound = new WeakMap<Item, readonly BoundSymbol[]>();

/** A declaration that has not changed declares what it declared. */
function boundSymbols(item: Item): readonly BoundSymbol[] {
  const known = bound.get(item);
  if (known !== undefined) return known;
  const symbols = symbolsOf(item);
  bound.set(item, symbols);
  return symbols;
}

/** The parts of a dotted name, joined. */
export const dotted = (name: { readonly parts: readonly Name[] } | null): string =>
  name === null ? "" : name.parts.map((part) => part.text).join(".");

export function bindModule(module: Module): BoundModule {
  return {
    module,
    package: dotted(module.package),
    symbols: module.items.flatMap(boundSymbols),
    imports: module.items.filter((item) => item.kind === "import"),
  };
}
