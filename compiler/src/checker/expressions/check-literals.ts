// Literals: each takes the type that its place expects.
import { BOOL, DECIMAL, DURATION, INT, STRING, TIME, printType } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type {
  BoolLiteral,
  DurationLiteral,
  Literal,
  NumberLiteral,
  StringLiteral,
  TimeLiteral,
} from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { constantOf, FAILED } from "../checked.ts";
import { numberValue } from "../constants/number-value.ts";
import { textValue } from "../constants/text-value.ts";

export function checkString(context: CheckContext, node: StringLiteral, expected: Type | null): Checked {
  const type =
    expected?.kind === "enum" || expected?.kind === "parsed" || expected?.kind === "string"
      ? expected
      : expected === null || expected.kind === "bool"
        ? STRING
        : null;
  if (type === null) return misfit(context, node, "this is a text", expected ?? STRING);
  const read = textValue(node.value, type);
  if (read.ok) return constantOf(type, read.value);
  if ("canonical" in read) {
    const canonical = JSON.stringify(read.canonical);
    context.sink.report(
      typeDiagnostics["not-canonical"](
        node.span,
        { type: printType(type), canonical },
        { fixes: [{ title: `write ${canonical}`, edits: [{ span: node.span, newText: canonical }] }] },
      ),
    );
    return FAILED;
  }
  return misfit(context, node, read.problem, type, read.hint);
}

export function checkNumber(context: CheckContext, node: NumberLiteral, expected: Type | null): Checked {
  const natural = node.text.includes(".") ? DECIMAL : INT;
  const type =
    expected?.kind === "int" || expected?.kind === "decimal"
      ? expected
      : expected === null || expected.kind === "bool"
        ? natural
        : null;
  if (type === null)
    return misfit(
      context,
      node,
      "this is a number",
      expected ?? INT,
      expected?.kind === "duration"
        ? `give it a unit: ${node.text}s, ${node.text}m, ${node.text}h`
        : undefined,
    );
  const read = numberValue(node.text, type);
  return read.ok ? constantOf(type, read.value) : misfit(context, node, read.problem, type);
}

export const checkBool = (_context: CheckContext, node: BoolLiteral): Checked => constantOf(BOOL, node.value);

export const checkDuration = (_context: CheckContext, node: DurationLiteral): Checked =>
  constantOf(DURATION, node.milliseconds);

export const checkTime = (_context: CheckContext, node: TimeLiteral): Checked =>
  constantOf(TIME, node.milliseconds);

function misfit(
  context: CheckContext,
  node: Literal,
  problem: string,
  expected: Type,
  hint = "a literal takes the type that its place expects",
): Checked {
  context.sink.report(typeDiagnostics.literal(node.span, { problem, expected: printType(expected), hint }));
  return FAILED;
}
