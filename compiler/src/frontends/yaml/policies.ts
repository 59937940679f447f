// Uses of policies with parameters, and exceptions.
import type { ExceptionDeclaration, Item, UsePolicy } from "../../syntax/ast.ts";
import { moment } from "./literals.ts";
import { listItems, oneOrMany, openMapping } from "./mapping-reader.ts";
import type { ModuleScope } from "./module-scope.ts";
import type { YamlNode } from "./yaml-tree.ts";

/** `- { use: repo_writer, args: ['"acme/app"'], as: app, for: agent.id == "a" }`; the arguments are expressions. */
export function readUses(scope: ModuleScope, node: YamlNode | undefined): Item[] {
  const { context } = scope;
  return (node === undefined ? [] : listItems(context, node, "`uses`")).flatMap((item): UsePolicy[] => {
    const reader = openMapping(context, item, "use", "a use");
    const policyNode = reader?.need("use", "the name of a policy with params");
    const policy = policyNode === undefined ? undefined : context.qualifiedName(policyNode, "`use`");
    if (reader === undefined || policy === undefined) return [];
    return [
      {
        kind: "use",
        span: item.span,
        doc: reader.doc,
        annotations: reader.annotations,
        policy,
        args:
          reader.map("args", (list) => oneOrMany(list).map((each) => context.expression(each, "`args`"))) ??
          [],
        alias: reader.map("as", (each) => context.name(each, "`as`") ?? null),
        scope: reader.map("for", (each) => context.expression(each, "`for`")),
      },
    ];
  });
}

/** `- { exception: SEC-4711, waive: acme.base.freeze, until: 2099-12-31, granted_by: role:security, because: … }`. */
export function readExceptions(scope: ModuleScope, node: YamlNode | undefined): Item[] {
  const { context } = scope;
  return (node === undefined ? [] : listItems(context, node, "`exceptions`")).flatMap(
    (item): ExceptionDeclaration[] => {
      const reader = openMapping(context, item, "exception", "an exception");
      const nameNode = reader?.need("exception", "its name in logs");
      const ruleNode = reader?.need("waive", "the rule that it waives: `package.rule`");
      const untilNode = reader?.need("until", "an exception ends: write a date");
      const name = nameNode === undefined ? undefined : context.name(nameNode, "`exception`");
      const rule = ruleNode === undefined ? undefined : context.qualifiedName(ruleNode, "`waive`");
      if (reader === undefined || name === undefined || rule === undefined || untilNode === undefined)
        return [];
      return [
        {
          kind: "exception",
          span: item.span,
          doc: reader.doc,
          annotations: reader.annotations,
          name,
          rule,
          scope: reader.map("for", (each) => context.expression(each, "`for`")),
          when: reader.map("when", (each) => context.expression(each, "`when`")),
          until: moment(context, untilNode, "`until`"),
          grantedBy: reader.map("granted_by", (each) => context.text(each, "`granted_by`") ?? null),
          because: reader.map("because", (each) => context.template(each, "`because`")),
        },
      ];
    },
  );
}
