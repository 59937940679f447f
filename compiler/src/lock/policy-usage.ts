// Which rules speak of which actions: what drift of a manifest can touch.
import { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { ResolvedModule, ResolvedProgram } from "../resolver/resolved-program.ts";
import type { Effect, Selector } from "../syntax/ast.ts";

export interface RuleUse {
  /** `package.rule`. */
  readonly id: string;
  readonly effect: Effect;
}

export interface PolicyUsage {
  /** Rules that select the action of the tool (wire names). */
  rulesOf(tool: string, action: string): readonly RuleUse[];
  /** Rules that would select any new action of the tool once it is locked. */
  wildcardsOf(tool: string): readonly RuleUse[];
}

export function policyUsage(program: ResolvedProgram): PolicyUsage {
  const byAction = new Map<number, RuleUse[]>();
  const wild: { readonly use: RuleUse; readonly covers: (tool: string) => boolean }[] = [];
  for (const { id, module, node } of program.rules) {
    const use = { id, effect: node.effect };
    for (const index of module.expand(node.selector, new DiagnosticList()))
      byAction.set(index, [...(byAction.get(index) ?? []), use]);
    const covers = coverage(module, node.selector, new Set());
    wild.push({ use, covers });
  }
  const indexOf = new Map(
    program.actions.map((each, index) => [JSON.stringify([each.tool, each.action]), index]),
  );
  return {
    rulesOf: (tool, action) => byAction.get(indexOf.get(JSON.stringify([tool, action])) ?? -1) ?? [],
    wildcardsOf: (tool) => wild.flatMap(({ use, covers }) => (covers(tool) ? [use] : [])),
  };
}

/** Whether a selector takes in actions of a tool that it does not name. */
function coverage(
  module: ResolvedModule,
  selector: Selector,
  seen: ReadonlySet<Selector>,
): (tool: string) => boolean {
  const parts = selector.include.map((part): ((tool: string) => boolean) => {
    if (part.kind === "everything") return () => true;
    if (part.kind === "tool") {
      const declared = part.actions === null ? module.resolve(part.tool) : undefined;
      return (tool) => declared?.kind === "tool" && declared.tool.wire === tool;
    }
    const group = module.resolve(part.name);
    return group?.kind === "group" && !seen.has(group.node.selector)
      ? coverage(module, group.node.selector, new Set([...seen, group.node.selector]))
      : () => false;
  });
  return (tool) => parts.some((covers) => covers(tool));
}
