// Types as written, turned into types as data.
import type { DecimalType, Field, IntType, Type } from "@aegis/runtime/core";
import { DEFAULT_MAX_ITEMS, isScalar, listOf, mapOf, optional, printType, setOf } from "@aegis/runtime/core";
import { dotted } from "../../binder/bind-module.ts";
import { declarationDiagnostics as report } from "../../diagnostics/catalogue/declaration.ts";
import { nameDiagnostics } from "../../diagnostics/catalogue/name.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type {
  Bounds,
  FieldNodeRef,
  NumberLiteral,
  QualifiedName,
  TypeNode,
} from "../../syntax/expression.ts";
import type { Suggestion } from "../names/suggest-import.ts";
import { constantFromLiteral } from "../constants/constant-from-literal.ts";
import { decimalFromText, integerFromText } from "../constants/numbers.ts";
import { builtinType, builtinTypeNames } from "./builtin-types.ts";

/** What stands behind a name where a type is expected. */
export type NamedType =
  | { readonly kind: "type"; readonly type: Type }
  | { readonly kind: "other"; readonly what: string }
  | undefined;

export interface TypeNames {
  find(name: QualifiedName): NamedType;
  /** What to do about an unknown one; `more`: names that would do everywhere. */
  suggest(name: string, more: Iterable<string>): Suggestion;
}

/** Stands for a type that was reported: what is done with its values is no second mistake. Known by identity. */
export const UNKNOWN_TYPE: Type = { kind: "json" };

/** Reports what it does not know and gives `UNKNOWN_TYPE` then. */
export function typeOf(node: TypeNode, names: TypeNames, sink: DiagnosticSink): Type {
  switch (node.kind) {
    case "type-missing":
      return UNKNOWN_TYPE;
    case "type-name": {
      const type = namedType(node.name, names, sink);
      return node.bounds === null || type === undefined
        ? (type ?? UNKNOWN_TYPE)
        : bounded(type, node.bounds, sink);
    }
    case "type-optional":
      return optional(typeOf(node.of, names, sink));
    case "type-record":
      return { kind: "record", fields: fieldsOf(node.fields, names, sink), open: node.open };
    case "type-collection":
      return collectionOf(node, names, sink);
  }
}

function collectionOf(
  node: Extract<TypeNode, { kind: "type-collection" }>,
  names: TypeNames,
  sink: DiagnosticSink,
): Type {
  const of = typeOf(node.of, names, sink);
  const max = node.max ?? DEFAULT_MAX_ITEMS;
  const refuse = (hint: string): Type => {
    sink.report(
      report["element-type"](node.of.span, { collection: node.collection, type: printType(of), hint }),
    );
    return UNKNOWN_TYPE;
  };
  if (of.kind === "optional") return refuse("elements are always there: remove the `?`");
  if (node.collection === "set" && !isScalar(of))
    return of === UNKNOWN_TYPE ? UNKNOWN_TYPE : refuse("elements of a set are scalars: use a list");
  return node.collection === "list"
    ? listOf(of, max)
    : node.collection === "set"
      ? setOf(of, max)
      : mapOf(of, max);
}

function namedType(name: QualifiedName, names: TypeNames, sink: DiagnosticSink): Type | undefined {
  if (name.parts.some((part) => part.text === "")) return undefined;
  const text = dotted(name);
  const builtin = name.parts.length === 1 ? builtinType(text) : undefined;
  if (builtin !== undefined) return builtin;
  const found = names.find(name);
  if (found?.kind === "type") return found.type;
  if (found === undefined) {
    const { hint, extra } = names.suggest(text, builtinTypeNames());
    sink.report(nameDiagnostics["unknown-type"](name.span, { name: text, hint }, extra));
  } else {
    sink.report(nameDiagnostics["not-a-type"](name.span, { name: text, kind: found.what }));
  }
  return undefined;
}

function bounded(type: Type, bounds: Bounds, sink: DiagnosticSink): Type {
  switch (type.kind) {
    case "int":
    case "decimal":
      return bounds.min === null ? refuse(type, bounds, sink) : ranged(type, bounds, sink);
    case "string":
    case "list":
    case "set":
    case "map": {
      if (bounds.min !== null || bounds.max === null) return refuse(type, bounds, sink);
      const max = integerFromText(bounds.max.text);
      if (max !== undefined && max >= 0) return { ...type, max };
      sink.report(report["bound-value"](bounds.max.span, { text: bounds.max.text, type: "int" }));
      return type;
    }
    default:
      return refuse(type, bounds, sink);
  }
}

function refuse(type: Type, bounds: Bounds, sink: DiagnosticSink): Type {
  sink.report(report["bad-bounds"](bounds.span, { type: printType(type) }));
  return type;
}

function ranged(type: IntType | DecimalType, bounds: Bounds, sink: DiagnosticSink): Type {
  const unitsOf = (literal: NumberLiteral | null): number | undefined => {
    if (literal === null) return undefined;
    const units = type.kind === "int" ? integerFromText(literal.text) : decimalFromText(literal.text);
    if (units === undefined)
      sink.report(report["bound-value"](literal.span, { text: literal.text, type: type.kind }));
    return units;
  };
  const min = unitsOf(bounds.min) ?? type.min;
  const max = unitsOf(bounds.max) ?? type.max;
  if (min !== undefined && max !== undefined && min > max) {
    sink.report(
      report["empty-range"](bounds.span, { min: bounds.min?.text ?? "", max: bounds.max?.text ?? "" }),
    );
    return type;
  }
  return { kind: type.kind, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** Parameters, attributes or record fields; a name given twice is reported and counts once. */
export function fieldsOf(nodes: readonly FieldNodeRef[], names: TypeNames, sink: DiagnosticSink): Field[] {
  const fields = new Map<string, Field>();
  for (const node of nodes) {
    const name = node.name.text;
    if (name === "") continue;
    const field = fieldOf(node, names, sink);
    if (!fields.has(name)) fields.set(name, field);
    else {
      const earlier = nodes.find((each) => each.name.text === name) ?? node;
      sink.report(
        nameDiagnostics.duplicate(
          node.name.span,
          { name, where: "this list" },
          { related: [{ span: earlier.name.span, message: "first here" }] },
        ),
      );
    }
  }
  return [...fields.values()];
}

export function fieldOf(node: FieldNodeRef, names: TypeNames, sink: DiagnosticSink): Field {
  const type = typeOf(node.type, names, sink);
  if (node.default === null && node.doc === null) return { name: node.name.text, type };
  const doc = node.doc === null ? {} : { doc: node.doc };
  if (node.default === null) return { name: node.name.text, type, ...doc };
  if (type.kind === "optional") {
    sink.report(report["default-optional"](node.default.span, { name: node.name.text }));
    return { name: node.name.text, type, ...doc };
  }
  const constant = constantFromLiteral(node.default, type);
  if (constant.ok) return { name: node.name.text, type, default: constant.value, ...doc };
  sink.report(
    report["bad-constant"](node.default.span, {
      problem: constant.problem,
      type: printType(type),
      hint: constant.hint,
    }),
  );
  return { name: node.name.text, type, ...doc };
}
