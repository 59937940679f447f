// `on approval RULE`, `on denied RULE`: a transition at what a rule decided.
import type { ResolvedModule } from "../../resolver/resolved-program.ts";
import type { LabelTransition } from "../../syntax/ast.ts";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { Declarations } from "../declarations/declarations.ts";

export interface TransitionRules {
  readonly rules: readonly string[];
  readonly actions: readonly number[];
}

/** The rules that the selector names; null when it names actions. */
export function rulesOfTransition(
  declarations: Declarations,
  module: ResolvedModule,
  node: LabelTransition,
): TransitionRules | null {
  if (node.on !== "approval" && node.on !== "denied") return null;
  const names = node.selector.include.map((part) =>
    part.kind === "tool" && (part.actions === null || part.actions.length === 1)
      ? [...part.tool.parts, ...(part.actions ?? [])].map((each) => each.text).join(".")
      : null,
  );
  const found = names.map((name) =>
    name === null
      ? undefined
      : declarations.program.rules.find(
          (rule) => rule.id === name || rule.id === `${module.package}.${name}`,
        ),
  );
  const rules = found.filter((each) => each !== undefined);
  if (rules.length === 0 || rules.length < found.length) return null;
  const actions = rules.flatMap((rule) => rule.module.expand(rule.node.selector, new DiagnosticList()));
  return {
    rules: rules.map((rule) => rule.id).sort(),
    actions: [...new Set(actions)].sort((a, b) => a - b),
  };
}
