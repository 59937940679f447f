// A budget over a number that the agent writes itself.
import { defineLintRule } from "../../define-lint-rule.ts";
import { argumentOf } from "../../reading/conditions.ts";
import { walkExpression } from "../../../syntax/expression-children.ts";

export const selfReportedCounter = defineLintRule(
  "self-reported-counter",
  {
    doc: "A budget over an amount that the agent writes itself.",
    severity: "error",
    message: "the agent writes `{argument}` itself, and nothing settles the sum by the result",
    help: "add `settle result.value.…`; where the argument is what really happens (an amount that is paid), mark the limit `@self_reported`",
  },
  function* ({ checked }, finding) {
    for (const { declaration, groups } of checked.limits) {
      const { sum, settle, annotations } = declaration;
      if (sum === null || settle !== null || annotations.some((each) => each.name.text === "self_reported"))
        continue;
      for (const { types } of groups)
        for (const node of walkExpression(sum)) {
          const path = argumentOf(node, types);
          if (path !== null && path.length > 0)
            yield finding(sum.span, { argument: `args.${path.join(".")}` });
        }
    }
  },
);
