// A label that warns must be set before the call runs, one that opens only when the call has worked.
import { defineLintRule } from "../../define-lint-rule.ts";
import { labelUses, setBy } from "../../reading/label-use.ts";

export const labelMoment = defineLintRule(
  "label-moment",
  {
    doc: "A label that restricts and is set too late, or grants and is set too early.",
    severity: "warning",
    message: "`{name}` {use}, and is set {moment}",
    help: "{hint}",
  },
  function* ({ checked }, finding) {
    const uses = labelUses(checked);
    for (const label of checked.labels) {
      const use = uses.get(label.id);
      if (use === undefined) continue;
      const onCall = setBy(label, "call");
      for (const { declaration, groups } of label.transitions) {
        if (declaration.op !== "set") continue;
        const name = label.declaration.name.text;
        const late =
          declaration.on === "result" &&
          !groups.every((group) => group.actions.every((each) => onCall.has(each)));
        if (use.taints && !use.enables && late)
          yield finding(declaration.span, {
            name,
            use: "restricts",
            moment: "only when the result is there",
            hint: "write `set on call`: what a call streams is read before it has ended, and a result may never come",
          });
        if (use.enables && !use.taints && declaration.on === "call")
          yield finding(declaration.span, {
            name,
            use: "opens something",
            moment: "before anybody knows how the call ended",
            hint: "write `set on result … when result.status == ok`",
          });
      }
    }
  },
);
