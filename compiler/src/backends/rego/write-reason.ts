// Reasons that authors wrote: text, and placeholders that print a scalar or say that it is redacted.
import type { IrExpression, IrProgram, IrReasonPart, Type } from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";
import { readsOf, required, typeOf } from "@aegis/runtime/core";
import { Body } from "./body.ts";
import { comprehension, regoString, regoValue } from "./print-rego.ts";
import type { ExpressionWriter } from "./write-expression.ts";

/** The reason for the target at a position of the rule: lines, and a term that is defined after them. */
export function writeReason(
  parts: readonly IrReasonPart[],
  index: number,
  program: IrProgram,
  writer: ExpressionWriter,
): { readonly lines: readonly string[]; readonly term: string } {
  const lines: string[] = [];
  const terms = parts.map((part, position) => {
    if (part.kind === "text") return regoString(part.text);
    const expression = program.expressions[part.values[index] ?? -1];
    if (expression === undefined) throw new RangeError("the program names an expression that does not exist");
    const [printed, text] = [`p${String(position + 1)}`, `s${String(position + 1)}`];
    const body = new Body();
    body.lines.push(...readable(expression));
    print(expression, writer.value(expression, body), text, program, body);
    const found = comprehension("[]", text, body.lines);
    const shown = `array.concat(${found}, ["absent"])[0]`;
    if (part.path === "") lines.push(`${printed} := ${shown}`);
    else lines.push(`${printed} := outcome.shown(${regoValue(part.path.split("/"))}, ${shown})`);
    return printed;
  });
  return { lines, term: `lib.cut(concat("", [${terms.join(", ")}]), 500)` };
}

/** Fails where a fact that the expression names is not there, also in a branch that would not be taken. */
const readable = (node: IrExpression): string[] =>
  node.kind === "fact"
    ? []
    : readsOf(node).facts.map(
        ({ path, fact }) => `${regoString(fact)} in object.keys(request.facts[${regoString(path)}])`,
      );

function print(node: IrExpression, term: string, text: string, program: IrProgram, body: Body): void {
  const type = typeOf(node, { counters: program.counters, parsedTypes }) ?? { kind: "string" };
  if (type.kind !== "optional") body.lines.push(`${text} := ${printed(type, term)}`);
  else {
    const item = body.fresh("x");
    body.lines.push(`some ${item} in ${term}`, `${text} := ${printed(required(type), item)}`);
  }
}

function printed(type: Type, term: string): string {
  switch (type.kind) {
    case "parsed":
      return `lib.quoted(${term}.text)`;
    case "string":
      return `lib.quoted(${term})`;
    case "decimal":
      return `lib.decimal_text(${term})`;
    case "time":
      return `lib.time_text(${term})`;
    case "duration":
      return `lib.duration_text(${term})`;
    case "enum":
      return `lib.cut(${term}, 80)`;
    default:
      return `lib.scalar_text(${term})`;
  }
}
