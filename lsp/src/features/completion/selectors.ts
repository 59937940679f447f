// Tools and actions, in selectors and in tests.
import type { PlacedNode, QualifiedName } from "@aegis/compiler";
import { printType } from "@aegis/runtime/core";
import type { View } from "../../workspace/view.ts";
import { nameProposals } from "./names.ts";
import type { Proposal } from "./proposal.ts";

/** Tools at hand and those that an import brings; in selectors also groups and everything. */
export function toolProposals(view: View, selector: boolean): readonly Proposal[] {
  const tools = nameProposals(view, { space: "value", kinds: ["tool", "package"] });
  if (!selector) return tools;
  const groups = nameProposals(view, { space: "group", kinds: ["group"] });
  return [
    ...tools,
    ...groups.map((each) => ({ ...each, label: `@${each.label}` })),
    { label: "*", kind: "keyword", doc: "Every action of every tool." },
  ];
}

/** Actions of the tool that a selector or a step names. */
export function actionProposals(view: View, node: PlacedNode): readonly Proposal[] {
  const { tool, kind } = node as PlacedNode & { readonly tool?: QualifiedName };
  const declared = tool === undefined ? undefined : view.module?.resolve(tool, "value");
  if (declared?.kind !== "tool") return [];
  const actions = declared.tool.actions.map(({ name, index }): Proposal => {
    const action = view.analysis.checked.actions[index];
    const list = (action?.params ?? []).map((each) => `${each.name}: ${printType(each.type)}`).join(", ");
    return {
      label: name,
      kind: "action",
      detail: `(${list})`,
      ...(action?.doc === null || action?.doc === undefined ? {} : { doc: action.doc }),
      ...(/^[A-Za-z_]\w*$/.test(name) ? {} : { insert: `\`${name}\`` }),
      rank: 1,
    };
  });
  const every: Proposal = { label: "*", kind: "keyword", doc: "Every action of the tool." };
  return kind === "tool" ? [...actions, every] : actions;
}
