// The type of an IR expression; the IR's decoder has checked that it has one.
import {
  BOOL,
  builtins,
  INT,
  type IrExpression,
  type IrExpressionKind,
  type IrProgram,
  listOf,
  optional,
  required,
  resultType,
  STRING,
  type Type,
} from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;
type TypeReader<Kind extends IrExpressionKind> = (node: NodeOf<Kind>, program: IrProgram) => Type;

const bool = (): Type => BOOL;
const declared = (node: { readonly type: Type }): Type => node.type;

const readers: { readonly [Kind in IrExpressionKind]: TypeReader<Kind> } = {
  const: declared,
  read: declared,
  local: declared,
  fact: declared,
  gather: ({ type }) => listOf(type),
  cast: ({ type }) => optional(type),
  not: bool,
  and: bool,
  or: bool,
  compare: bool,
  member: bool,
  present: bool,
  matches: bool,
  label: bool,
  quantifier: ({ op }) => (op === "count" ? INT : BOOL),
  counter: ({ cell }, program) => ({ kind: program.counters[cell]?.type ?? "int" }),
  arithmetic: ({ left }, program) => typeOf(left, program),
  if: (node, program) => {
    const then = typeOf(node.then, program);
    return typeOf(node.else, program).kind === "optional" ? optional(then) : then;
  },
  else: ({ of }, program) => required(typeOf(of, program)),
  field: ({ of, name }, program) => {
    const type = required(typeOf(of, program));
    const field = type.kind === "record" ? type.fields.find((each) => each.name === name) : undefined;
    return field?.type ?? missing("field");
  },
  part: ({ of, name }, program) => {
    const type = required(typeOf(of, program));
    const parts = type.kind === "parsed" ? parsedTypes.get(type.name)?.parts : undefined;
    return (parts !== undefined && Object.hasOwn(parts, name) ? parts[name]?.type : undefined) ?? missing("part");
  },
  index: ({ of }, program) => {
    const type = required(typeOf(of, program));
    return optional(type.kind === "map" ? type.of : STRING);
  },
  call: ({ fn, args }, program) => {
    const definition = builtins.get(fn);
    if (definition === undefined) return missing("builtin");
    return resultType(
      definition,
      args.map((arg) => typeOf(arg, program)),
    );
  },
};

export function typeOf(node: IrExpression, program: IrProgram): Type {
  return (readers[node.kind] as TypeReader<IrExpressionKind>)(node, program);
}

function missing(what: string): never {
  throw new RangeError(`the program names a ${what} that does not exist`);
}
