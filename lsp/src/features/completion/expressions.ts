// What can stand where a value is expected: variables, roots, declared names, members of the enum that is wanted, functions.
import type {
  BinaryExpression,
  CallExpression,
  Expression,
  FunctionDeclaration,
  Item,
  Known,
  LabelTransition,
  PlacedNode,
  QuantifierExpression,
} from "@aegis/compiler";
import { printType, required, type EnumType, type Type } from "@aegis/runtime/core";
import type { View } from "../../workspace/view.ts";
import { functionProposals, memberProposals } from "./members.ts";
import { memberNames, nameProposals } from "./names.ts";
import type { Proposal } from "./proposal.ts";

export function expressionProposals(
  view: View,
  path: readonly PlacedNode[],
  mark: Expression,
  known: Known,
): readonly Proposal[] {
  const wanted = wantedType(path, mark, known);
  const item = path[1] as Item | undefined;
  const matches =
    (path.at(-2) as Partial<BinaryExpression> | undefined)?.op === "matches" || item?.kind === "pattern";
  if (matches) return nameProposals(view, { space: "value", kinds: ["pattern", "package"] });
  return [
    ...(wanted?.kind === "enum" ? enumProposals(wanted) : []),
    ...(wanted?.kind === "bool" ? BOOLS : []),
    ...variableProposals(path),
    ...rootProposals(item),
    ...nameProposals(view, {
      space: "value",
      kinds: ["const", "data", "param", "fn", "fact", "enum", "package"],
    }),
    ...functionProposals(),
    ...WORDS,
  ];
}

/** After a dot: fields, parts and methods of the value, members of an enum, names of a package. */
export function membersOf(view: View, of: Expression, known: Known): readonly Proposal[] {
  const chain = chainOf(of);
  const declared = chain === undefined ? undefined : view.module?.lookup(chain, "value");
  if (declared?.kind === "package") return memberNames(view, declared.package);
  if (declared?.kind === "enum" && declared.type.kind === "enum") return enumProposals(declared.type);
  const found = new Map<string, Proposal>();
  for (const { types } of known) {
    const info = types.get(of);
    for (const each of info === undefined ? [] : memberProposals(info.type))
      if (!found.has(each.label)) found.set(each.label, each);
  }
  if (of.kind === "name" && of.text === "args")
    found.set("all", {
      label: "all",
      kind: "method",
      detail: "(type)",
      doc: "Every value of a type anywhere in the arguments.",
      insert: "all(${1:host})",
      snippet: true,
    });
  return [...found.values()];
}

function chainOf(node: Expression): string | undefined {
  if (node.kind === "name") return node.text;
  const before = node.kind === "field" ? chainOf(node.of) : undefined;
  return before === undefined || node.kind !== "field" ? undefined : `${before}.${node.name.text}`;
}

const enumProposals = (type: EnumType): readonly Proposal[] =>
  type.members.map((label) => ({ label, kind: "member" as const, detail: type.name, rank: 0 }));

const BOOLS: readonly Proposal[] = ["true", "false"].map((label) => ({
  label,
  kind: "keyword" as const,
  rank: 1,
}));

/** The type that the other side of a comparison, or the parameter of a function, asks for. */
function wantedType(path: readonly PlacedNode[], mark: Expression, known: Known): Type | undefined {
  const parent = path.at(-2);
  const typeOf = (node: Expression): Type | undefined => {
    for (const { types } of known) {
      const info = types.get(node);
      if (info !== undefined) return required(info.type);
    }
    return undefined;
  };
  if (parent?.kind === "binary") {
    const { left, right } = parent as BinaryExpression;
    return typeOf(left === mark ? right : left);
  }
  if (parent?.kind === "collection") {
    const outer = path.at(-3);
    return outer?.kind === "binary" ? typeOf((outer as BinaryExpression).left) : undefined;
  }
  if (parent?.kind === "call") {
    const { callee } = parent as CallExpression;
    return callee.kind === "field" ? typeOf(callee.of) : undefined;
  }
  return undefined;
}

/** Names that quantifiers, functions, policies and `for each` bind around the mark. */
function variableProposals(path: readonly PlacedNode[]): readonly Proposal[] {
  const names: string[] = [];
  for (const [index, node] of path.entries()) {
    const inner = path[index + 1];
    if (node.kind === "quantifier" && (node as QuantifierExpression).body === inner)
      names.push((node as QuantifierExpression).variable.text);
    if (node.kind === "fn" || node.kind === "policy")
      names.push(...(node as FunctionDeclaration).params.map((each) => each.name.text));
    const { each } = node as Partial<LabelTransition>;
    if (each !== undefined && each !== null) names.push(each.name.text);
  }
  return names.map((label) => ({ label, kind: "variable" as const, rank: 0 }));
}

function rootProposals(item: Item | undefined): readonly Proposal[] {
  switch (item?.kind) {
    case "rule":
    case "policy":
    case "label":
    case "limit":
    case "exception":
    case "property":
      return ROOTS;
    default:
      return [];
  }
}

const ROOTS: readonly Proposal[] = [
  { label: "args", kind: "variable", doc: "The arguments of the call.", rank: 1 },
  { label: "agent", kind: "variable", doc: "Who asks.", rank: 1 },
  { label: "context", kind: "variable", doc: "When and where.", rank: 1 },
  { label: "result", kind: "variable", doc: "What came of the call: in rules about results.", rank: 3 },
  {
    label: "session has",
    kind: "keyword",
    doc: "Whether a label is set in this session.",
    insert: "session has ",
    rank: 3,
  },
  {
    label: "agent has",
    kind: "keyword",
    doc: "Whether a label is set for this agent.",
    insert: "agent has ",
    rank: 6,
  },
  {
    label: "tenant has",
    kind: "keyword",
    doc: "Whether a label is set for this tenant.",
    insert: "tenant has ",
    rank: 6,
  },
];

const WORDS: readonly Proposal[] = [
  { label: "not", kind: "keyword", rank: 6 },
  {
    label: "any … in … : …",
    kind: "snippet",
    insert: "any ${1:x} in ${2:xs}: ${3:condition}",
    snippet: true,
    rank: 7,
  },
  {
    label: "all non-empty … in … : …",
    kind: "snippet",
    insert: "all non-empty ${1:x} in ${2:xs}: ${3:condition}",
    snippet: true,
    rank: 7,
  },
  {
    label: "if … then … else …",
    kind: "snippet",
    insert: "if ${1:condition} then ${2:value} else ${3:value}",
    snippet: true,
    rank: 7,
  },
];

/** How a type is shown behind a name. */
export const typeDetail = (type: Type): string => `: ${printType(type)}`;
