// Labels: what sets and clears them, per group of actions.
import { isScalar, printType } from "@aegis/runtime/core";
import { stateDiagnostics } from "../../diagnostics/catalogue/state.ts";
import type { LabelDeclaration, LabelTransition } from "../../syntax/ast.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { CheckContext, Checkers } from "../check-context.ts";
import { localVariable, withPresent, withVariable } from "../check-context.ts";
import type { CheckedType } from "../checked.ts";
import { ERROR, isError } from "../checked.ts";
import type { CheckedGroup, CheckedLabel, ExpressionInfo } from "../checked-program.ts";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { ResolvedModule } from "../../resolver/resolved-program.ts";
import type { Declarations } from "../declarations/declarations.ts";
import { checkAlone, checkCondition } from "../expressions/check.ts";
import { groupActions } from "../rule/group-actions.ts";
import { readsOf } from "../rule/reads.ts";
import { actionName, ruleContext } from "../rule/rule-context.ts";
import { rulesOfTransition } from "./transition-rules.ts";

type Transition = CheckedLabel["transitions"][number];

export function checkLabel(
  checkers: Checkers,
  declarations: Declarations,
  module: ResolvedModule,
  node: LabelDeclaration,
): CheckedLabel {
  const label = declarations.label({ kind: "label", package: module.package, node });
  for (const [index, type] of label.key.entries()) {
    const field = node.keys[index];
    if (!isScalar(type) && field !== undefined)
      declarations.sink.report(stateDiagnostics["key-type"](field.span, { type: printType(type) }));
  }
  const transitions = node.transitions.map((each) =>
    checkTransition(checkers, declarations, module, label, each),
  );
  reportConflicts(declarations, label, transitions);
  if (!node.transitions.some((each) => each.op === "set"))
    declarations.sink.report(stateDiagnostics["no-transition"](node.name.span, { name: node.name.text }));
  // The label is shared with the expressions that read it.
  return Object.assign(label, { transitions });
}

function checkTransition(
  checkers: Checkers,
  declarations: Declarations,
  module: ResolvedModule,
  label: CheckedLabel,
  node: LabelTransition,
): Transition {
  const expressions = [node.when, node.each?.over ?? null, ...node.key].filter((each) => each !== null);
  const reads = readsOf(expressions, module.module.dialect);
  const result = node.on === "result";
  if (reads.result && !result)
    declarations.sink.report(stateDiagnostics["result-on-call"](node.span, { on: node.on }));
  const byRule = rulesOfTransition(declarations, module, node);
  const actions = byRule?.actions ?? module.expand(node.selector, declarations.sink);
  const groups = groupActions(actions, declarations.program.actions, reads);
  return {
    declaration: node,
    rules: byRule?.rules ?? null,
    groups: groups.map((group): CheckedGroup => {
      const types = new Map<Expression, ExpressionInfo>();
      const context = ruleContext(
        {
          checkers,
          declarations,
          module,
          place: "a transition",
          phase: reads.result ? "result" : "call",
          labels: false,
        },
        group,
        groups.length === 1,
        types,
      );
      checkGroup(context, label, node);
      return { actions: group, types };
    }),
  };
}

function checkGroup(context: CheckContext, label: CheckedLabel, node: LabelTransition): void {
  let inner = context;
  if (node.each !== null) {
    // What `when` proves counts in `for each` too: it is looked at first, for that alone.
    const silent = { ...context, sink: new DiagnosticList(), types: new Map<Expression, ExpressionInfo>() };
    const unknown = withVariable(silent, node.each.name.text, localVariable(node.each, ERROR));
    const proved = node.when === null ? null : checkCondition(unknown, node.when).whenTrue;
    const before = proved === null ? context : withPresent(context, proved);
    const element = elementOf(context, node.each.over, checkAlone(before, node.each.over, null).type);
    inner = withVariable(context, node.each.name.text, localVariable(node.each, element));
  }
  const when = node.when === null ? null : checkCondition(inner, node.when);
  const matched = when === null ? inner : withPresent(inner, when.whenTrue);
  if (node.key.length !== label.key.length) {
    context.sink.report(
      stateDiagnostics["key-count"](node.span, {
        name: label.declaration.name.text,
        expected: keys(label.key.length),
        found: keys(node.key.length),
      }),
    );
    for (const key of node.key) checkAlone(matched, key, null);
    return;
  }
  for (const [index, key] of node.key.entries()) {
    const type = label.key[index];
    if (type !== undefined) checkAlone(matched, key, type, "keys have the types of the label");
  }
}

const keys = (count: number): string => (count === 0 ? "no key" : count === 1 ? "one key" : `${count} keys`);

function elementOf(context: CheckContext, node: Expression, type: CheckedType): CheckedType {
  if (isError(type)) return ERROR;
  if (type.kind === "list" || type.kind === "set") return type.of;
  context.sink.report(stateDiagnostics["each-collection"](node.span, { type: printType(type) }));
  return ERROR;
}

/** Setting and clearing by one action in one phase would leave the order to decide. */
function reportConflicts(
  declarations: Declarations,
  label: CheckedLabel,
  transitions: readonly Transition[],
): void {
  const set = new Set<string>();
  for (const { declaration, groups } of transitions)
    if (declaration.op === "set")
      for (const group of groups) for (const action of group.actions) set.add(`${declaration.on} ${action}`);
  for (const { declaration, groups } of transitions) {
    if (declaration.op !== "clear" || label.key.length > 0) continue;
    const both = groups
      .flatMap((group) => group.actions)
      .find((each) => set.has(`${declaration.on} ${each}`));
    if (both !== undefined)
      declarations.sink.report(
        stateDiagnostics["set-and-clear"](declaration.span, {
          action: actionName(declarations, both),
          phase: `on ${declaration.on}`,
        }),
      );
  }
}
