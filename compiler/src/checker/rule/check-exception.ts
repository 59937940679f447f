// Exceptions: the only way past a restriction, for a while, and only where the rule says so.
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { ResolvedModule } from "../../resolver/resolved-program.ts";
import type { ExceptionDeclaration } from "../../syntax/ast.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { Checkers } from "../check-context.ts";
import { withPresent } from "../check-context.ts";
import type { CheckedException, CheckedRule, ExpressionInfo } from "../checked-program.ts";
import type { Declarations } from "../declarations/declarations.ts";
import { checkCondition } from "../expressions/check.ts";
import { printQualified } from "../expressions/declared-value.ts";
import { NOTICE, printDays } from "./check-shadow.ts";
import { checkBecause } from "./check-template.ts";
import { groupActions } from "./group-actions.ts";
import { readsOf } from "./reads.ts";
import { ruleContext } from "./rule-context.ts";

export function checkException(
  checkers: Checkers,
  declarations: Declarations,
  module: ResolvedModule,
  node: ExceptionDeclaration,
  rules: readonly CheckedRule[],
): CheckedException | null {
  const rule = findRule(declarations, module, node, rules);
  const until = checkDate(declarations, node);
  if (rule === null) return null;
  checkWaivable(declarations, node, rule);
  const expressions = [node.scope, node.when].filter((each) => each !== null);
  const reads = readsOf(expressions, module.module.dialect);
  if (reads.result) declarations.sink.report(policyDiagnostics["exception-action"](node.span));
  const actions = rule.groups.flatMap((group) => group.actions).sort((a, b) => a - b);
  const groups = groupActions(actions, declarations.program.actions, reads);
  return {
    id: `${module.package}.${node.name.text}`,
    declaration: node,
    rule: rule.id,
    until: until ?? 0,
    groups: groups.map((group) => {
      const types = new Map<Expression, ExpressionInfo>();
      const context = ruleContext(
        {
          checkers,
          declarations,
          module,
          place: "an exception",
          phase: reads.result ? "result" : "call",
          labels: true,
        },
        group,
        groups.length === 1,
        types,
      );
      const loosens = "when-true" as const;
      const scope = node.scope === null ? null : checkCondition({ ...context, loosens }, node.scope);
      const inner = scope === null ? context : withPresent(context, scope.whenTrue);
      const when = node.when === null ? null : checkCondition({ ...inner, loosens }, node.when);
      checkBecause(when === null ? inner : withPresent(inner, when.whenTrue), node.because);
      return { actions: group, types };
    }),
  };
}

function findRule(
  declarations: Declarations,
  module: ResolvedModule,
  node: ExceptionDeclaration,
  rules: readonly CheckedRule[],
): CheckedRule | null {
  const name = printQualified(node.rule);
  const declared = module.resolve(node.rule, "id");
  const id = declared?.kind === "rule" ? `${declared.package}.${declared.node.name.text}` : undefined;
  const rule = rules.find(
    (each) => each.id === id || each.id === name || each.id === `${module.package}.${name}`,
  );
  if (rule !== undefined) return rule;
  declarations.sink.report(
    policyDiagnostics["exception-rule"](node.rule.span, {
      name,
      hint: didYouMean(
        name,
        rules.flatMap((each) => [each.id, each.declaration.name.text]),
        "name a rule of this package, or one by its id `package.rule`",
      ),
    }),
  );
  return null;
}

function checkWaivable(declarations: Declarations, node: ExceptionDeclaration, rule: CheckedRule): void {
  if (rule.declaration.effect === "allow")
    declarations.sink.report(policyDiagnostics["exception-allow"](node.rule.span, { name: rule.id }));
  else if (!rule.declaration.annotations.some((each) => each.name.text === "waivable"))
    declarations.sink.report(
      policyDiagnostics["not-waivable"](
        node.rule.span,
        { name: rule.id },
        { related: [{ span: rule.declaration.name.span, message: "it is declared here" }] },
      ),
    );
}

function checkDate(declarations: Declarations, node: ExceptionDeclaration): number | null {
  const { now } = declarations.program.inputs;
  if (node.until === null) declarations.sink.report(policyDiagnostics["exception-until"](node.name.span));
  else if (now !== null && node.until <= now)
    declarations.sink.report(policyDiagnostics["exception-over"](node.name.span));
  else if (now !== null && node.until - now <= NOTICE)
    declarations.sink.report(
      policyDiagnostics["exception-ending"](node.name.span, { days: printDays(node.until - now) }),
    );
  return node.until;
}
