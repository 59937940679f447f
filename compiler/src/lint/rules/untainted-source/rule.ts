// Actions that bring outside content in and do not set the label that others set for it.
import type { CheckedAction } from "../../../checker/checked-program.ts";
import { defineLintRule } from "../../define-lint-rule.ts";
import { actionName, grantedActions, listed } from "../../reading/granted.ts";
import { labelUses, setBy } from "../../reading/label-use.ts";

export const untaintedSource = defineLintRule(
  "untainted-source",
  {
    doc: "Outside content that comes in without setting the label for it.",
    severity: "warning",
    message: "`{name}` restricts, and {actions} bring outside content in without setting it",
    help: "set it there too, mark the actions `@trusted`, or say here why they are harmless",
  },
  function* ({ checked }, finding) {
    const uses = labelUses(checked);
    const granted = grantedActions(checked);
    for (const label of checked.labels) {
      if (uses.get(label.id)?.taints !== true || uses.get(label.id)?.enables === true) continue;
      const set = new Set([...setBy(label, "call"), ...setBy(label, "result")]);
      if (set.size === 0) continue;
      const silent = checked.actions.flatMap((action, index) =>
        granted.has(index) && !set.has(index) && bringsContent(action)
          ? [actionName(checked.actions, index)]
          : [],
      );
      if (silent.length > 0)
        yield finding(label.declaration.name.span, {
          name: label.declaration.name.text,
          actions: listed(silent),
        });
    }
  },
);

/** MCP says that a server without the hint reaches the world; a declaration in Aegis says so itself. */
function bringsContent({ annotations }: CheckedAction): boolean {
  if (annotations["trusted"] !== undefined) return false;
  if (annotations["open_world"] !== undefined) return true;
  return (
    annotations["openWorldHint"] === true ||
    (isFromManifest(annotations) && annotations["openWorldHint"] !== false)
  );
}

/** A manifest's hints are in camel case; an action without any is from a declaration, or says nothing at all. */
const isFromManifest = (annotations: CheckedAction["annotations"]): boolean =>
  Object.keys(annotations).some((each) => each.endsWith("Hint") || each === "title");
