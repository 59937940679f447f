// How a builtin function is written, with the types of what it takes and gives.
import { printType, type BuiltinDefinition, type ParameterType } from "@aegis/runtime/core";

export interface SignatureParts {
  /** Everything before the parameters. */
  readonly head: string;
  readonly parameters: readonly string[];
  readonly tail: string;
}

const typeName = (type: ParameterType): string => (type.kind === "like" ? type.name : printType(type));

export function signatureParts(builtin: BuiltinDefinition): SignatureParts {
  const name = builtin.sourceName ?? builtin.name;
  const result = typeof builtin.result === "function" ? "" : `: ${printType(builtin.result)}`;
  const all = builtin.params.map((each) => `${each.name}: ${typeName(each.type)}`);
  const [first = "", ...rest] = all;
  if (builtin.syntax === "method")
    return { head: `(${first}).${name}(`, parameters: rest, tail: `)${result}` };
  return { head: `${name}(`, parameters: all, tail: `)${result}` };
}

export function builtinSignature(builtin: BuiltinDefinition): string {
  const { head, parameters, tail } = signatureParts(builtin);
  if (builtin.syntax !== "operator") return `${head}${parameters.join(", ")}${tail}`;
  const name = builtin.sourceName ?? builtin.name;
  return `${parameters[0] ?? ""} ${name} ${parameters[1] ?? ""}${tail.slice(1)}`;
}
