// Checks one rule: its phase, its actions in groups that read alike, and every expression in each group.
import type { ResolvedModule, ResolvedProgram } from "../../resolver/resolved-program.ts";
import type { RuleDeclaration } from "../../syntax/ast.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { CheckContext, Checkers, Loosens, Variable } from "../check-context.ts";
import { withPresent } from "../check-context.ts";
import { NO_PLACES, union } from "../checked.ts";
import type {
  CheckedGroup,
  CheckedRule,
  CheckedScope,
  ExpressionInfo,
  ExpressionTypes,
} from "../checked-program.ts";
import type { Declarations } from "../declarations/declarations.ts";
import { checkCondition } from "../expressions/check.ts";
import { boundApproval } from "./bound-approval.ts";
import { checkAbsentSkips } from "./absent-skips.ts";
import { checkApproval } from "./check-approval.ts";
import { checkEffect } from "./check-effect.ts";
import { checkRedactions } from "./check-redactions.ts";
import type { RuleScope, ScopeChecker } from "./check-scope.ts";
import { checkShadow } from "./check-shadow.ts";
import { checkBecause, checkHint } from "./check-template.ts";
import { groupActions } from "./group-actions.ts";
import { applyHaving } from "./having.ts";
import type { Reads } from "./reads.ts";
import { readsOf } from "./reads.ts";
import type { RuleSurroundings } from "./rule-context.ts";
import { ruleContext } from "./rule-context.ts";

export type ResolvedRule = ResolvedProgram["rules"][number];

export interface RuleSetting {
  readonly checkers: Checkers;
  readonly declarations: Declarations;
  readonly module: ResolvedModule;
  readonly package: string;
  readonly scopes: readonly RuleScope[];
  readonly scopeChecker: ScopeChecker;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly bindings: CheckedRule["bindings"];
  /** What the scopes and the arguments of `use` read. */
  readonly reads: Reads;
}

export function checkRule(
  setting: RuleSetting,
  entry: Pick<ResolvedRule, "id" | "node" | "policy">,
): CheckedRule {
  const { declarations, module } = setting;
  const { node, policy } = entry;
  const reads = readsOf(ruleExpressions(node), module.module.dialect, setting.reads);
  const result = reads.result || node.redactions.some((each) => each.path.root === "result");
  const phase = result ? "result" : "call";
  checkEffect(declarations.sink, node, phase);
  checkShadow(declarations, node.shadow);
  checkApproval(declarations, node.approval);
  checkHint({ sink: declarations.sink }, node.hint);

  const expanded = module.expand(node.selector, declarations.sink);
  const actions = applyHaving(declarations, module, expanded, node.having);
  const groups = groupActions(actions, declarations.program.actions, {
    ...reads,
    // Redactions expand to the leaves of each action, so that the whole of it counts.
    wholeArgs: reads.wholeArgs || node.redactions.length > 0,
    result,
  });
  const contexts: CheckContext[] = [];
  const scopes: CheckedScope[] = [];
  const checkedGroups = groups.map((group): CheckedGroup => {
    const types = new Map<Expression, ExpressionInfo>();
    const absent = node.absentDecides ? new Map<string, Expression>() : null;
    const surroundings: RuleSurroundings = {
      checkers: setting.checkers,
      declarations,
      module,
      place: phase === "call" ? "a rule about calls" : "a rule about results",
      phase,
      labels: true,
      variables: setting.variables,
    };
    // What is needless for one use of a policy may count for another.
    const single = groups.length === 1 && (policy?.params ?? []).length === 0;
    const context = ruleContext(surroundings, group, single, types);
    let scoped = context;
    for (const scope of setting.scopes) {
      const checked = setting.scopeChecker.check(declarations, scope, single);
      // Of the first group.
      if (contexts.length === 0) scopes.push(checked.scope);
      scoped = withPresent(scoped, checked.present);
    }
    contexts.push(checkConditions(scoped, node, absent));
    return absent === null || absent.size === 0
      ? { actions: group, types }
      : { actions: group, types, absentDecides: [...absent.values()] };
  });
  return {
    id: entry.id,
    package: setting.package,
    declaration: node,
    phase,
    scopes: groups.length > 0 ? scopes : setting.scopes.map(withoutTypes),
    shadow: shadowOf(node, policy),
    approval: boundApproval(node.approval, setting.variables, declarations.sink),
    groups: checkedGroups,
    bindings: setting.bindings,
    redactions: checkRedactions(contexts, node.redactions),
  };
}

/** A `for` above a rule that is about no action. */
const withoutTypes = ({ expression }: RuleScope): CheckedScope => ({ expression, types: NO_TYPES });
const NO_TYPES: ExpressionTypes = new Map();

const shadowOf = (node: RuleDeclaration, policy: ResolvedRule["policy"]): CheckedRule["shadow"] => {
  const shadow = node.shadow ?? policy?.shadow ?? null;
  return shadow === null ? null : shadow.until === null ? {} : { until: shadow.until };
};

function ruleExpressions(node: RuleDeclaration): readonly Expression[] {
  const found: Expression[] = [];
  if (node.when !== null) found.push(node.when);
  if (node.unless !== null) found.push(node.unless);
  for (const part of node.because?.parts ?? []) if (part.kind === "value") found.push(part.expression);
  return found;
}

/** Checks `when`, `unless` and `because`; gives the context in which redactions read. */
function checkConditions(
  context: CheckContext,
  node: RuleDeclaration,
  absentDecides: Map<string, Expression> | null,
): CheckContext {
  const grants = node.effect === "allow";
  const inWhen: Loosens = grants ? "when-true" : "when-false";
  const inUnless: Loosens = grants ? "when-false" : "when-true";
  const when =
    node.when === null ? null : checkCondition({ ...context, loosens: inWhen, absentDecides }, node.when);
  const proved = when?.whenTrue ?? NO_PLACES;
  const after = withPresent(context, proved);
  const unless =
    node.unless === null ? null : checkCondition({ ...after, loosens: inUnless, absentDecides }, node.unless);
  if (!grants && node.when !== null && absentDecides === null) {
    const harmless =
      node.effect === "sanitize" ? node.redactions.map((each) => redactedArgument(each.path)) : [];
    checkAbsentSkips(context, node.when, harmless);
  }
  const matched = withPresent(context, union(proved, unless?.whenFalse ?? NO_PLACES));
  checkBecause(matched, node.because);
  return matched;
}

function redactedArgument(path: RuleDeclaration["redactions"][number]["path"]): readonly string[] {
  const names: string[] = [];
  for (const step of path.steps) {
    if (step.kind !== "field") break;
    names.push(step.name.text);
  }
  return path.root === "args" ? names : ["\0"];
}
