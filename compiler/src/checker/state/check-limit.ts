// Limits: what is counted, up to where, and over what time.
import { isScalar, printType } from "@aegis/runtime/core";
import type { DecimalType, IntType } from "@aegis/runtime/core";
import { stateDiagnostics } from "../../diagnostics/catalogue/state.ts";
import type { ResolvedModule } from "../../resolver/resolved-program.ts";
import type { LimitDeclaration } from "../../syntax/ast.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { CheckContext, Checkers } from "../check-context.ts";
import { withPresent } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { isError } from "../checked.ts";
import type { CheckedGroup, CheckedLimit, ExpressionInfo } from "../checked-program.ts";
import type { Declarations } from "../declarations/declarations.ts";
import { checkAlone } from "../expressions/check.ts";
import { checkApproval } from "../rule/check-approval.ts";
import { checkBecause, checkHint } from "../rule/check-template.ts";
import { groupActions } from "../rule/group-actions.ts";
import { readsOf } from "../rule/reads.ts";
import { ruleContext } from "../rule/rule-context.ts";

const LONGEST_WINDOW = 31 * 86_400_000;
const RESULT_VALUE: ReadonlySet<string> = new Set(["result.value"]);
/** Windows are kept in this many parts. */
const PARTS = 60;

export function checkLimit(
  checkers: Checkers,
  declarations: Declarations,
  module: ResolvedModule,
  node: LimitDeclaration,
): CheckedLimit {
  checkWindow(declarations, node);
  checkApproval(declarations, node.otherwise);
  checkHint({ sink: declarations.sink }, node.hint);
  const because = (node.because?.parts ?? []).flatMap((part) =>
    part.kind === "value" ? [part.expression] : [],
  );
  const before = [node.to, node.sum, ...node.keys, ...because].filter((each) => each !== null);
  const reads = readsOf([...before, ...(node.settle === null ? [] : [node.settle])], module.module.dialect);
  const tooEarly = readsOf(before, module.module.dialect).result;
  if (tooEarly) declarations.sink.report(stateDiagnostics["limit-phase"](node.name.span));
  const actions = module.expand(node.selector, declarations.sink);
  const groups = groupActions(actions, declarations.program.actions, reads);
  let type: IntType | DecimalType = { kind: "int" };
  let keyTypes: CheckedLimit["key"] = [];
  const checkedGroups = groups.map((group): CheckedGroup => {
    const types = new Map<Expression, ExpressionInfo>();
    const context = ruleContext(
      {
        checkers,
        declarations,
        module,
        place: "a limit",
        phase: reads.result ? "result" : "call",
        labels: false,
      },
      group,
      groups.length === 1,
      types,
    );
    const before: CheckContext = tooEarly
      ? withPresent(context, RESULT_VALUE)
      : { ...context, roots: { ...context.roots, result: null } };
    const sum = node.sum === null ? null : checkAmount(before, node.sum);
    if (sum !== null && (sum.type.kind === "int" || sum.type.kind === "decimal"))
      type = { kind: sum.type.kind };
    checkAlone(before, node.to, type, "the limit counts what it sums");
    if (node.settle !== null) {
      if (!readsOf([node.settle], module.module.dialect).result)
        context.sink.report(stateDiagnostics["settle-phase"](node.settle.span));
      // Without a value the reserved amount stands, so that here there is one.
      checkAlone(withPresent(context, RESULT_VALUE), node.settle, type, "it settles what was summed");
    }
    keyTypes = checkKeys(before, node.keys);
    checkBecause(before, node.because);
    return { actions: group, types };
  });
  return {
    id: `${module.package}.${node.name.text}`,
    package: module.package,
    declaration: node,
    type: (type as IntType | DecimalType).kind,
    scope: node.scope,
    key: keyTypes,
    groups: checkedGroups,
  };
}

function checkWindow(declarations: Declarations, node: LimitDeclaration): void {
  if (node.over === null) return;
  const { milliseconds, span } = node.over;
  if (milliseconds > LONGEST_WINDOW) declarations.sink.report(stateDiagnostics["window-long"](span));
  else if (milliseconds <= 0 || milliseconds % PARTS !== 0)
    declarations.sink.report(stateDiagnostics["window-parts"](span));
}

function checkAmount(context: CheckContext, node: Expression): Checked {
  const checked = checkAlone(context, node, null);
  if (isError(checked.type)) return checked;
  if (checked.type.kind !== "int" && checked.type.kind !== "decimal") {
    context.sink.report(stateDiagnostics["amount-type"](node.span, { type: printType(checked.type) }));
    return checked;
  }
  const path =
    checked.meaning?.kind === "path" &&
    checked.meaning.root !== "agent" &&
    checked.meaning.root !== "context";
  if (!path && !neverNegative(context, node))
    context.sink.report(stateDiagnostics["amount-negative"](node.span));
  return checked;
}

/** Constants, counts, lengths, bounded places, and sums of such. */
function neverNegative(context: CheckContext, node: Expression): boolean {
  const info = context.types.get(node);
  if (typeof info?.constant === "number") return info.constant >= 0;
  if (info !== undefined && "min" in info.type && info.type.min !== undefined && info.type.min >= 0)
    return true;
  if (info?.meaning?.kind === "builtin")
    return info.meaning.name === "count" || info.meaning.name === "length";
  switch (node.kind) {
    case "quantifier":
      return node.op === "count";
    case "binary":
      return (
        node.op === "%" ||
        (["+", "*", "else"].includes(node.op) &&
          (neverNegative(context, node.left) || (node.op === "else" && isArgument(context, node.left))) &&
          neverNegative(context, node.right))
      );
    case "if":
      return neverNegative(context, node.then) && neverNegative(context, node.else);
    default:
      return false;
  }
}

const isArgument = (context: CheckContext, node: Expression): boolean => {
  const meaning = context.types.get(node)?.meaning;
  return meaning?.kind === "path" && meaning.root === "args";
};

function checkKeys(context: CheckContext, nodes: readonly Expression[]): CheckedLimit["key"] {
  return nodes.flatMap((node) => {
    const { type } = checkAlone(context, node, null);
    if (isError(type)) return [];
    if (isScalar(type)) return [type];
    context.sink.report(stateDiagnostics["key-type"](node.span, { type: printType(type) }));
    return [];
  });
}
