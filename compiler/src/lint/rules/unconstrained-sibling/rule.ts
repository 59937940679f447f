// An allow that looks at one recipient and leaves another open: how data leaves by `cc`.
import type { CheckedRule } from "../../../checker/checked-program.ts";
import { defineLintRule } from "../../define-lint-rule.ts";
import { argumentsRead } from "../../reading/conditions.ts";
import { parsedName } from "../../reading/element-type.ts";
import { actionName } from "../../reading/granted.ts";

export const unconstrainedSibling = defineLintRule(
  "unconstrained-sibling",
  {
    doc: "A grant that looks at one argument and leaves its like open.",
    severity: "error",
    message: "this allow looks at `{read}` and leaves `{open}` of `{action}` open, which is `{type}` too",
    help: "look at every one: `args.all({type}) within …`, or constrain `{open}` as well",
  },
  function* ({ checked }, finding) {
    const restricted = restrictedArguments(checked.rules);
    for (const rule of checked.rules) {
      if (rule.declaration.effect !== "allow" || rule.phase !== "call") continue;
      for (const group of rule.groups) {
        const read = argumentsRead(rule, group);
        if (read === null) continue;
        for (const index of group.actions) {
          const params = checked.actions[index]?.params ?? [];
          for (const open of params) {
            const type = parsedName(open.type);
            if (type === null || read.has(open.name) || restricted.get(index)?.has(open.name) === true)
              continue;
            const sibling = params.find((each) => read.has(each.name) && parsedName(each.type) === type);
            if (sibling === undefined) continue;
            const action = actionName(checked.actions, index);
            yield finding(rule.declaration.name.span, { read: sibling.name, open: open.name, action, type });
          }
        }
      }
    }
  },
);

/** Arguments that a restriction of each action looks at, whoever it is for. */
function restrictedArguments(rules: readonly CheckedRule[]): ReadonlyMap<number, ReadonlySet<string>> {
  const byAction = new Map<number, Set<string>>();
  for (const rule of rules) {
    if (rule.declaration.effect === "allow") continue;
    for (const group of rule.groups) {
      const read = argumentsRead(rule, group) ?? [];
      for (const action of group.actions) {
        const names = byAction.get(action) ?? new Set();
        for (const name of read) names.add(name);
        byAction.set(action, names);
      }
    }
  }
  return byAction;
}
