// Properties: what must hold of every call that an expression describes.
import { testDiagnostics } from "../../diagnostics/catalogue/test.ts";
import type { ResolvedModule } from "../../resolver/resolved-program.ts";
import type { PropertyDeclaration } from "../../syntax/ast.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { Checkers } from "../check-context.ts";
import type { CheckedProperty, ExpressionInfo } from "../checked-program.ts";
import type { Declarations } from "../declarations/declarations.ts";
import { checkCondition } from "../expressions/check.ts";
import { groupActions } from "../rule/group-actions.ts";
import { readsOf } from "../rule/reads.ts";
import { ruleContext } from "../rule/rule-context.ts";

const DECISIONS = 4;

export function checkProperty(
  checkers: Checkers,
  declarations: Declarations,
  module: ResolvedModule,
  node: PropertyDeclaration,
): CheckedProperty {
  const reads = readsOf(node.where === null ? [] : [node.where], module.module.dialect);
  const actions = module.expand(node.selector, declarations.sink);
  const groups = groupActions(actions, declarations.program.actions, reads);
  let never = groups.length > 0;
  const checkedGroups = groups.map((group) => {
    const types = new Map<Expression, ExpressionInfo>();
    const context = ruleContext(
      { checkers, declarations, module, place: "a property", phase: "call", labels: true },
      group,
      groups.length === 1,
      types,
    );
    const where = node.where === null ? null : checkCondition(context, node.where);
    if (where?.constant !== false) never = false;
    return { actions: group, types };
  });
  reportDetail(declarations, node);
  const why = never ? "no call is as it says" : vacuousExpectation(node);
  if (why !== null)
    declarations.sink.report(
      testDiagnostics["vacuous-property"](node.title.span, {
        why,
        hint: never ? "mend its `where`" : "name the decisions that are right, and not all of them",
      }),
    );
  return { package: module.package, declaration: node, groups: checkedGroups };
}

/** A property is about decisions; what else a test may expect of one step says nothing about all calls. */
function reportDetail(declarations: Declarations, node: PropertyDeclaration): void {
  const { by, code, reason, redacts, span } = node.expect;
  const what =
    by !== null
      ? "`by`"
      : code !== null
        ? "`code`"
        : reason !== null
          ? "`reason`"
          : redacts.length > 0
            ? "`redact`"
            : null;
  if (what !== null) declarations.sink.report(testDiagnostics["property-detail"](span, { what }));
}

function vacuousExpectation(node: PropertyDeclaration): string | null {
  const { decisions, negated } = node.expect;
  const distinct = new Set(decisions.map((each) => each.decision));
  if (distinct.size === 0) return "it expects nothing";
  if (!negated && distinct.size === DECISIONS) return "it expects any decision";
  if (negated && distinct.size === DECISIONS) return "no decision would do";
  return null;
}
