// Literals, durations, moments and raw JSON from YAML values.
import { yamlDiagnostics } from "../../diagnostics/catalogue/yaml.ts";
import type { DurationNode, JsonNode } from "../../syntax/ast.ts";
import type { Expression, Literal, TypeNode } from "../../syntax/expression.ts";
import type { YamlContext } from "./context.ts";
import type { YamlNode } from "./yaml-tree.ts";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST = 9_007_199_254_740_991;

/** Milliseconds of `30m`; undefined when it is none. */
function parseDuration(text: string): number | undefined {
  const match = /^([0-9]{1,15})(ms|s|m|h|d)$/.exec(text);
  if (match === null) return undefined;
  const value = Number(match[1]) * (UNITS[match[2] ?? ""] ?? 0);
  return value <= LONGEST ? value : undefined;
}

/** Milliseconds of `2099-12-31` or `2099-12-31T09:00:00Z`; undefined when it is none or no day of the calendar. */
function parseTime(text: string): number | undefined {
  const match =
    /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]{1,3})?Z)?$/.exec(text);
  if (match === null) return undefined;
  const value = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(value)) return undefined;
  // Date.parse turns 2026-02-30 into March: the day must survive.
  return new Date(value).toISOString().startsWith(text.slice(0, 10)) ? value : undefined;
}

export function duration(context: YamlContext, node: YamlNode, place: string): DurationNode | null {
  const milliseconds = node.kind === "scalar" ? parseDuration(node.text) : undefined;
  if (milliseconds !== undefined) return { span: node.span, milliseconds };
  context.wrongShape(node, place, "a duration", "write a number and a unit: `30m`, `24h`, `7d`");
  return null;
}

/** Milliseconds since 1970. */
export function moment(context: YamlContext, node: YamlNode, place: string): number | null {
  const milliseconds = node.kind === "scalar" ? parseTime(node.text) : undefined;
  if (milliseconds !== undefined) return milliseconds;
  context.wrongShape(node, place, "a date or a moment", "write `2099-12-31` or `2099-12-31T09:00:00Z`");
  return null;
}

/** A literal; a plain scalar that looks like a duration or a moment is one, in quotes it is a text. */
export function literal(context: YamlContext, node: YamlNode, place: string): Literal | undefined {
  const read = data(context, node, place, null);
  if (read === undefined) return undefined;
  if (read.kind === "unary" && read.of.kind === "number")
    return { kind: "number", span: read.span, text: `-${read.of.text}` };
  if (
    read.kind === "bool" ||
    read.kind === "number" ||
    read.kind === "string" ||
    read.kind === "duration" ||
    read.kind === "time"
  )
    return read;
  return context.wrongShape(node, place, "a single value");
}

/** Plain data as an expression: texts are texts, a list is a set or a list by the type it is for. */
export function data(
  context: YamlContext,
  node: YamlNode,
  place: string,
  type: TypeNode | null,
): Expression | undefined {
  if (node.kind === "sequence") {
    const items = node.items.map((each) =>
      data(context, each, place, type?.kind === "type-collection" ? type.of : null),
    );
    return items.every((each) => each !== undefined)
      ? {
          kind: "collection",
          span: node.span,
          of: type?.kind === "type-collection" && type.collection === "set" ? "set" : "list",
          items,
        }
      : undefined;
  }
  if (node.kind === "mapping" || node.form === "null")
    return context.wrongShape(node, place, "a value", "records and maps are written with `expr`");
  if (node.form === "bool") return { kind: "bool", span: node.span, value: /^t/i.test(node.text) };
  if (node.form === "number") {
    const number = context.number(node);
    return number.kind === "missing" ? undefined : number;
  }
  if (!node.quoted) {
    const milliseconds = parseDuration(node.text);
    if (milliseconds !== undefined) return { kind: "duration", span: node.span, milliseconds };
    const time = parseTime(node.text);
    if (time !== undefined) return { kind: "time", span: node.span, milliseconds: time, text: node.text };
  }
  return { kind: "string", span: node.span, value: node.text };
}

/** Raw JSON for tests; an explicit `null` is data here, an empty value is not. */
export function json(context: YamlContext, node: YamlNode): JsonNode {
  const { span } = node;
  switch (node.kind) {
    case "sequence":
      return { kind: "json-array", span, items: node.items.map((each) => json(context, each)) };
    case "mapping":
      return {
        kind: "json-object",
        span,
        members: node.entries.map(({ key, value }) => ({
          key: key.text,
          keySpan: key.span,
          value: json(context, value),
        })),
      };
    case "scalar":
      switch (node.form) {
        case "string":
          return { kind: "json-string", span, value: node.text };
        case "bool":
          return { kind: "json-bool", span, value: /^t/i.test(node.text) };
        case "null":
          if (node.text !== "null") context.report(yamlDiagnostics["null-value"](span, { key: node.text }));
          return { kind: "json-null", span };
        case "number":
          if (!/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(node.text))
            context.report(yamlDiagnostics["number-form"](span, { text: node.text }));
          return { kind: "json-number", span, text: node.text };
      }
  }
}
