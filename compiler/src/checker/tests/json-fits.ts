// Whether JSON written in a test is a value of a type, as validation will see it.
import { codePointLength, MAX_INTEGER, printType } from "@aegis/runtime/core";
import type { Field, Type } from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";
import type { Span } from "../../source/span.ts";
import type { JsonNode } from "../../syntax/ast.ts";
import { numberValue } from "../constants/number-value.ts";

export type Misfit =
  | { readonly kind: "value"; readonly span: Span; readonly problem: string; readonly type: string }
  | { readonly kind: "missing"; readonly span: Span; readonly name: string }
  | {
      readonly kind: "unknown";
      readonly span: Span;
      readonly name: string;
      readonly candidates: readonly string[];
    };

/** The first place that does not fit; null when all do. */
export function jsonMisfit(node: JsonNode, type: Type): Misfit | null {
  const misfit = (problem: string): Misfit => ({
    kind: "value",
    span: node.span,
    problem,
    type: printType(type),
  });
  switch (type.kind) {
    case "json":
      return null;
    case "optional":
      return node.kind === "json-null" ? null : jsonMisfit(node, type.of);
    case "bool":
      return node.kind === "json-bool" ? null : misfit(`this is ${describe(node)}`);
    case "int":
    case "decimal": {
      const text = node.kind === "json-number" ? node.text : node.kind === "json-string" ? node.value : null;
      if (text === null) return misfit(`this is ${describe(node)}`);
      const read = numberValue(plainNumber(text), type);
      return read.ok ? null : misfit(read.problem);
    }
    case "duration":
      return node.kind === "json-number" || node.kind === "json-string"
        ? null
        : misfit(`this is ${describe(node)}`);
    case "headers":
      return objectMisfit(node, misfit, () => ({ kind: "string" }));
    case "map":
      return objectMisfit(node, misfit, () => type.of);
    case "list":
    case "set": {
      if (node.kind !== "json-array") return misfit(`this is ${describe(node)}`);
      if (node.items.length > type.max) return misfit(`this has more than ${type.max} elements`);
      return first(node.items, (item) => jsonMisfit(item, type.of));
    }
    case "record":
      return node.kind === "json-object"
        ? recordMisfit(node, type.fields, type.open)
        : misfit(`this is ${describe(node)}`);
    default:
      return node.kind === "json-string"
        ? textMisfit(node.value, type, misfit)
        : misfit(`this is ${describe(node)}`);
  }
}

/** Members of an object against the fields of a record or the parameters of an action. */
export function recordMisfit(
  node: Extract<JsonNode, { kind: "json-object" }>,
  fields: readonly Field[],
  open: boolean,
): Misfit | null {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const given = new Set<string>();
  for (const member of node.members) {
    const field = byName.get(member.key);
    given.add(member.key);
    if (field === undefined) {
      if (open) continue;
      return { kind: "unknown", span: member.keySpan, name: member.key, candidates: [...byName.keys()] };
    }
    const wrong = jsonMisfit(member.value, field.type);
    if (wrong !== null) return wrong;
  }
  for (const field of fields)
    if (field.type.kind !== "optional" && field.default === undefined && !given.has(field.name))
      return { kind: "missing", span: node.span, name: field.name };
  return null;
}

function objectMisfit(
  node: JsonNode,
  misfit: (problem: string) => Misfit,
  typeOf: (key: string) => Type,
): Misfit | null {
  return node.kind === "json-object"
    ? first(node.members, (member) => jsonMisfit(member.value, typeOf(member.key)))
    : misfit(`this is ${describe(node)}`);
}

function first<Item>(items: readonly Item[], check: (item: Item) => Misfit | null): Misfit | null {
  for (const item of items) {
    const found = check(item);
    if (found !== null) return found;
  }
  return null;
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

function textMisfit(text: string, type: Type, misfit: (problem: string) => Misfit): Misfit | null {
  switch (type.kind) {
    case "string":
      return type.max !== undefined && codePointLength(text) > type.max
        ? misfit(`this text is longer than ${type.max}`)
        : null;
    case "enum":
      return type.members.includes(text) ? null : misfit(`\`${text}\` is no member`);
    case "parsed":
      return parsedTypes.get(type.name)?.parse(text) === undefined
        ? misfit("this text does not parse")
        : null;
    case "time":
      return MOMENT.test(text) && !Number.isNaN(Date.parse(text)) ? null : misfit("this is no moment in UTC");
    default:
      return null;
  }
}

/** `1e3` and `1.0` are numbers by value. */
function plainNumber(text: string): string {
  if (!/[eE]/.test(text)) return text;
  const value = Number(text);
  return Number.isInteger(value) && Math.abs(value) <= MAX_INTEGER ? String(value) : text;
}

function describe(node: JsonNode): string {
  switch (node.kind) {
    case "json-null":
      return "null";
    case "json-bool":
      return "true or false";
    case "json-number":
      return "a number";
    case "json-string":
      return "a text";
    case "json-array":
      return "a list";
    case "json-object":
      return "an object";
  }
}
