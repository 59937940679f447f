// An allow that looks at one recipient and leaves another open: how data leaves by `cc`.
import type { CheckedRule } from "../../../checker/checked-program.ts";
import { defineLintRule } from "../../define-lint-rule.ts";
import { argumentsRead } from "../../reading/conditions.ts";
import { parsedName } from "../../reading/element-type.ts";
import { actionName } from "../../reading/granted.ts";

export const unconstrainedSibling = defineLintRule(
  "unconstrained-sibling",
  {
    severity: "error",
    message: "this allow looks at `{read}` and leaves `{open}` of `{action}` open, which is `{type}` too",
    help: "look at every one: `args.all({type}) within …`, or constrain `{open}` as well",
  },
  function* ({ checked }, finding) {
    for (const rule of checked.rules) {
      if (rule.declaration.effect !== "allow" || rule.phase !== "call") continue;
      for (const group of rule.groups) {
        const read = argumentsRead(rule, group);
        if (read === null) continue;
        for (const index of group.actions) {
          const restricted = readElsewhere(checked.rules, index);
          const params = checked.actions[index]?.params ?? [];
          for (const open of params) {
            const type = parsedName(open.type);
            if (type === null || read.has(open.name) || restricted.has(open.name)) continue;
            const sibling = params.find((each) => read.has(each.name) && parsedName(each.type) === type);
            if (sibling === undefined) continue;
            const action = actionName(checked, index);
            yield finding(rule.declaration.name.span, { read: sibling.name, open: open.name, action, type });
          }
        }
      }
    }
  },
);

/** Arguments that a restriction of the action looks at, whoever it is for. */
function readElsewhere(rules: readonly CheckedRule[], action: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (const rule of rules)
    if (rule.declaration.effect !== "allow")
      for (const group of rule.groups)
        if (group.actions.includes(action))
          for (const name of argumentsRead(rule, group) ?? []) names.add(name);
  return names;
}
