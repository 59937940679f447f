// What is asked of expressions and lines while they are written.
import { eachChild, type IrExpression, type Type } from "@aegis/runtime/core";
import { predicate } from "./print-rego.ts";
import type { Body } from "./body.ts";

/** Adds the depths of the locals that a node uses and does not bind itself. */
export function collectLocals(node: IrExpression, bound: number, used: Set<number>): void {
  if (node.kind === "local" && node.depth >= bound) used.add(node.depth - bound);
  eachChild(node, (child, binds) => collectLocals(child, bound + binds, used));
}

/** A rule, or a function of locals, that holds iff the lines do. */
export const functionRule = (name: string, locals: readonly string[], lines: readonly string[]): string =>
  predicate(callOf(name, parameters(locals, lines)), lines);

/** Wildcards stand for those that the lines do not look at. */
export const parameters = (locals: readonly string[], lines: readonly string[]): readonly string[] =>
  locals.map((local) => (lines.some((line) => mentions(line, local)) ? local : "_"));

/** A call of a function; without arguments it is a rule. */
export const callOf = (name: string, args: readonly string[]): string =>
  args.length === 0 ? name : `${name}(${args.join(", ")})`;

export const mentions = (line: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(line);
export const isVariable = (term: string): boolean => /^[a-z_][a-z0-9_]*$/.test(term);
export const isTextual = (type: Type): boolean =>
  type.kind === "string" || type.kind === "enum" || type.kind === "parsed";

export const elementType = (type: Type): Type =>
  type.kind === "list" || type.kind === "set" ? type.of : type;

/** The result of a builtin in the form of the generated files. */
export function fromPlain(type: Type, text: string, body: Body): string {
  const element = type.kind === "list" || type.kind === "set" ? type.of : undefined;
  if (element?.kind !== "parsed" && type.kind !== "parsed") return text;
  const name = element?.kind === "parsed" ? element.name : type.kind === "parsed" ? type.name : "";
  const [plain, item] = [body.fresh("x"), body.fresh("x")];
  const parse = `data.aegis.types.${name}.parse`;
  return element === undefined
    ? `${parse}(${text})`
    : `[${item} | some ${plain} in ${text}; ${item} := ${parse}(${plain})]`;
}
