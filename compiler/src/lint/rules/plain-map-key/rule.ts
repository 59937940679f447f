// A restriction that reads one spelling of a key: the tool may take another.
import type { Type } from "@aegis/runtime/core";
import { defineRuleCheck } from "../../define-lint-rule.ts";
import { readingsOf } from "../../reading/conditions.ts";

const inner = (type: Type | undefined): Type | undefined => (type?.kind === "optional" ? type.of : type);

export const plainMapKey = defineRuleCheck(
  "plain-map-key",
  {
    doc: "A restriction on one spelling of a map key.",
    severity: "error",
    message: "this restriction looks at the key `{key}` only as it is spelt here",
    help: "names of HTTP headers are any case: give the argument the type `headers`; for other maps look at every key with `any k in m.keys`",
  },
  function* (rule, actions, finding) {
    if (rule.declaration.effect === "allow") return;
    for (const group of rule.groups) {
      for (const { node, types } of readingsOf(rule, group))
        if (
          node.kind === "index" &&
          node.index.kind === "string" &&
          inner(types.get(node.of)?.type)?.kind === "map"
        )
          yield finding(node.span, { key: node.index.value });
      for (const { path } of rule.declaration.redactions) {
        const root = path.root === "args" ? group.actions.map((index) => actions[index]?.params ?? []) : [];
        for (const fields of root) {
          let type: Type | undefined = { kind: "record", fields, open: false };
          for (const step of path.steps) {
            if (step.kind === "key" && inner(type)?.kind === "map")
              yield finding(step.key.span, { key: step.key.value });
            type = step.kind === "field" ? fieldOf(inner(type), step.name.text) : undefined;
          }
        }
      }
    }
  },
);

const fieldOf = (type: Type | undefined, name: string): Type | undefined =>
  type?.kind === "record" ? type.fields.find((each) => each.name === name)?.type : undefined;
