// Names and field accesses: what they mean was found by the checker.
import { optional, required, shiftLocals } from "@aegis/runtime/core";
import type { Field, Type } from "@aegis/runtime/core";
import type { ExpressionInfo, Meaning } from "../checker/checked-program.ts";
import type { FieldAccess, NameExpression } from "../syntax/expression.ts";
import type { Binding, Environment, Lowered } from "./environment.ts";
import { InternalError } from "./internal-error.ts";

export function lowerName(
  node: NameExpression,
  environment: Environment,
  { meaning }: ExpressionInfo,
): Lowered {
  return lowerMeaning(meaning, environment) ?? noMeaning(node, meaning);
}

export function lowerField(node: FieldAccess, environment: Environment, info: ExpressionInfo): Lowered {
  const { meaning } = info;
  const direct = lowerMeaning(meaning, environment);
  if (direct !== undefined) return direct;
  if (meaning?.kind !== "record-field" && meaning?.kind !== "part") return noMeaning(node, meaning);
  const of = environment.lower.value(node.of, environment);
  const declared =
    meaning.kind === "part" ? partType(of.type, meaning.name, environment) : fieldType(of.type, meaning.name);
  const type = declared ?? (info.narrowed === true ? optional(info.type) : info.type);
  return {
    expression:
      meaning.kind === "part"
        ? { kind: "part", of: of.expression, name: meaning.name }
        : { kind: "field", of: of.expression, name: meaning.name },
    type,
  };
}

/** Paths, variables and parameters; undefined for meanings that depend on the node. */
function lowerMeaning(meaning: Meaning | undefined, environment: Environment): Lowered | undefined {
  switch (meaning?.kind) {
    case "path":
      return lowerPath(meaning, environment);
    case "variable":
      return use(environment.variables.get(meaning.declaredBy), environment);
    case "parameter":
      return use(environment.parameters.get(meaning.name), environment);
    default:
      return undefined;
  }
}

function use(binding: Binding | undefined, environment: Environment): Lowered {
  if (binding === undefined) throw new InternalError("a name is bound to nothing");
  const expression = shiftLocals(binding.expression, environment.depth - binding.depth);
  return { expression, type: binding.type };
}

function lowerPath(meaning: Extract<Meaning, { kind: "path" }>, environment: Environment): Lowered {
  let type: Type = environment.roots[meaning.root];
  let absent = false;
  for (const name of meaning.path) {
    const next = fieldType(type, name);
    if (next === undefined) throw new InternalError(`no field ${name} below ${meaning.root}`);
    absent ||= next.kind === "optional";
    type = required(next);
  }
  const read = absent ? optional(type) : type;
  return {
    expression: { kind: "read", root: meaning.root, path: meaning.path, type: read },
    type: read,
  };
}

function fieldType(type: Type, name: string): Type | undefined {
  const record = required(type);
  if (record.kind !== "record") return undefined;
  return record.fields.find((field: Field) => field.name === name)?.type;
}

function partType(type: Type, name: string, environment: Environment): Type | undefined {
  const of = required(type);
  if (of.kind !== "parsed") return undefined;
  const parts = environment.tables.parsedTypes.get(of.name)?.parts;
  return parts !== undefined && Object.hasOwn(parts, name) ? parts[name]?.type : undefined;
}

function noMeaning(node: NameExpression | FieldAccess, meaning: Meaning | undefined): never {
  const found = meaning === undefined ? "nothing" : meaning.kind;
  throw new InternalError(`a ${node.kind} means ${found} at ${node.span.file}:${node.span.start}`);
}
