// Expressions of the IR as text for people: close to source, every node visible.
import { printDecimal } from "../values/decimal-text.ts";
import { quoteText } from "../values/quote-text.ts";
import { printDuration, printTime } from "../values/time-text.ts";
import { printType } from "../types/type-relations.ts";
import type { ConstValue, Type } from "../types/type.ts";
import type { IrExpression, IrExpressionKind, IrPlace } from "./ir.ts";

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;

const COMPARISONS = { eq: "==", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=" } as const;
const OPERATIONS = { add: "+", sub: "-", mul: "*", mod: "%" } as const;

const printers: { readonly [Kind in IrExpressionKind]: (node: NodeOf<Kind>) => string } = {
  const: (node) => printConst(node.type, node.value),
  read: (node) => [node.root, ...node.path.map(printName)].join("."),
  local: (node) => `$${node.depth}`,
  field: (node) => `${inner(node.of)}.${printName(node.name)}`,
  part: (node) => `${inner(node.of)}.${printName(node.name)}`,
  index: (node) => `${inner(node.of)}[${quoteText(node.key)}]`,
  not: (node) => `not ${inner(node.of)}`,
  and: (node) => printMany(node.all, "and", "true"),
  or: (node) => printMany(node.any, "or", "false"),
  if: (node) => `if ${inner(node.condition)} then ${inner(node.then)} else ${inner(node.else)}`,
  compare: (node) => `${inner(node.left)} ${COMPARISONS[node.op]} ${inner(node.right)}`,
  arithmetic: (node) => `${inner(node.left)} ${OPERATIONS[node.op]} ${inner(node.right)}`,
  member: (node) => `${inner(node.item)} in ${inner(node.of)}`,
  present: (node) => `${inner(node.of)} is present`,
  else: (node) => `${inner(node.of)} else ${inner(node.fallback)}`,
  quantifier: (node) => `${node.op} $ in ${inner(node.over)}: ${inner(node.body)}`,
  matches: (node) => `${inner(node.of)} matches pattern ${node.pattern}`,
  call: (node) => `${node.fn}(${node.args.map(printExpression).join(", ")})`,
  gather: (node) => `all ${printType(node.type)} at ${node.places.map(printPlace).join(", ")}`,
  cast: (node) => `${inner(node.of)} as ${printType(node.type)}`,
  label: (node) => `label ${node.cell}${printKey(node.key)}${node.maybe ? " or maybe" : ""}`,
  counter: (node) => `counter ${node.cell}${printKey(node.key)}`,
  fact: (node) => `fact ${printName(node.name)} of ${quoteText(node.path)}`,
};

/** One line; not meant to be read back. */
export function printExpression(node: IrExpression): string {
  const print = printers[node.kind] as (node: IrExpression) => string;
  return print(node);
}

const SIMPLE: ReadonlySet<IrExpressionKind> = new Set([
  "const",
  "read",
  "local",
  "field",
  "part",
  "index",
  "call",
]);

const inner = (node: IrExpression): string =>
  SIMPLE.has(node.kind) ? printExpression(node) : `(${printExpression(node)})`;

const printMany = (nodes: readonly IrExpression[], word: string, none: string): string =>
  nodes.length === 0 ? none : nodes.map(inner).join(` ${word} `);

const printKey = (key: readonly IrExpression[]): string =>
  key.length === 0 ? "" : `(${key.map(printExpression).join(", ")})`;

const printPlace = ({ path, part }: IrPlace): string =>
  [
    "args",
    ...path.map((step) => (typeof step === "string" ? printName(step) : "*")),
    ...(part === null ? [] : [part]),
  ].join(".");

/** A name as an author writes it. */
export const printName = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${quoteText(name).slice(1, -1)}\``;

/** A constant as an author writes it. */
export function printConst(type: Type, value: ConstValue): string {
  if (Array.isArray(value)) return printConstItems(type, value as readonly ConstValue[]);
  if (typeof value === "string") return type.kind === "enum" ? printName(value) : quoteText(value);
  if (typeof value === "number" && type.kind === "decimal") return printDecimal(value);
  if (typeof value === "number" && type.kind === "time") return printTime(value);
  if (typeof value === "number" && type.kind === "duration") return printDuration(value);
  return String(value);
}

function printConstItems(type: Type, items: readonly ConstValue[]): string {
  if (type.kind === "optional") return printConstItems(type.of, items);
  if (type.kind === "list") return `[${items.map((item) => printConst(type.of, item)).join(", ")}]`;
  if (type.kind === "set") return `{${items.map((item) => printConst(type.of, item)).join(", ")}}`;
  return JSON.stringify(items);
}
