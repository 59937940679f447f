// `having args.x: T`: selects, when the policy is compiled, the actions that have the argument.
import { printType, sameType } from "@aegis/runtime/core";
import type { RecordType, Type } from "@aegis/runtime/core";
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { ResolvedModule } from "../../resolver/resolved-program.ts";
import type { Having } from "../../syntax/ast.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { Declarations } from "../declarations/declarations.ts";
import { sourceOf } from "../expressions/source-of.ts";

export function applyHaving(
  declarations: Declarations,
  module: ResolvedModule,
  actions: readonly number[],
  clauses: readonly Having[],
): readonly number[] {
  let selected = actions;
  for (const clause of clauses) {
    const path = argumentPath(clause.path, module);
    if (path === null) {
      if (clause.path.kind !== "missing") declarations.sink.report(policyDiagnostics.having(clause.span));
      continue;
    }
    const wanted = clause.type === null ? null : module.typeOf(clause.type, declarations.sink);
    const left = selected.filter((action) => {
      const type = typeAt(declarations.argsOf(action), path);
      return type !== null && (wanted === null || sameType(without(wanted), without(type)));
    });
    if (left.length === 0 && selected.length > 0) reportNone(declarations, clause, selected, path, wanted);
    selected = left;
  }
  return selected;
}

const without = (type: Type): Type => (type.kind === "optional" ? type.of : type);

/** `args.a.b` as names; in YAML a bare name too. */
function argumentPath(node: Expression, module: ResolvedModule): readonly string[] | null {
  if (node.kind === "name") return module.module.dialect === "yaml" ? [node.text] : null;
  if (node.kind !== "field") return null;
  if (node.of.kind === "name" && node.of.text === "args") return [node.name.text];
  const of = argumentPath(node.of, module);
  return of === null ? null : [...of, node.name.text];
}

function typeAt(args: RecordType, path: readonly string[]): Type | null {
  let type: Type = args;
  for (const name of path) {
    const record = without(type);
    if (record.kind !== "record") return null;
    const field = record.fields.find((each) => each.name === name);
    if (field === undefined) return null;
    type = field.type;
  }
  return type;
}

function reportNone(
  declarations: Declarations,
  clause: Having,
  actions: readonly number[],
  path: readonly string[],
  wanted: Type | null,
): void {
  const names = new Set(
    actions.flatMap((each) => declarations.argsOf(each).fields.map((field) => field.name)),
  );
  const place = sourceOf(clause.path);
  declarations.sink.report(
    policyDiagnostics["having-none"](clause.span, {
      name: wanted === null ? place : `${place}: ${printType(wanted)}`,
      hint: didYouMean(path[0] ?? "", names, "look at the declarations of the actions for what they take"),
    }),
  );
}
