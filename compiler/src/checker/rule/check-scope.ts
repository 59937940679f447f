// `for` of a policy or a `use`: about the agent and its surroundings, so it is checked once for all rules and actions under it.
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { ResolvedModule } from "../../resolver/resolved-program.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { Checkers, Variable } from "../check-context.ts";
import { bareContext } from "../check-context.ts";
import { NO_PLACES } from "../checked.ts";
import type { CheckedScope } from "../checked-program.ts";
import type { Declarations } from "../declarations/declarations.ts";
import { checkCondition } from "../expressions/check.ts";
import { readsOf } from "./reads.ts";

/** A `for`, and the module and parameters with which it reads. */
export interface RuleScope {
  readonly expression: Expression;
  readonly module: ResolvedModule;
  readonly variables: ReadonlyMap<string, Variable>;
}

interface ScopeResult {
  readonly scope: CheckedScope;
  /** Places that it proves present. */
  readonly present: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** By parameters and expression; apart for rules that are checked for one group of actions, where what is needless is told. */
type Known = Map<RuleScope["variables"], Map<Expression, Map<boolean, ScopeResult>>>;

export class ScopeChecker {
  readonly #checkers: Checkers;
  readonly #known: Known = new Map();

  constructor(checkers: Checkers) {
    this.#checkers = checkers;
  }

  /** What is wrong is told to the sink of `declarations` each time: every rule under the `for` is told so. */
  check(declarations: Declarations, scope: RuleScope, single: boolean): ScopeResult {
    let byExpression = this.#known.get(scope.variables);
    if (byExpression === undefined) this.#known.set(scope.variables, (byExpression = new Map()));
    let bySingle = byExpression.get(scope.expression);
    if (bySingle === undefined) byExpression.set(scope.expression, (bySingle = new Map()));
    let result = bySingle.get(single);
    if (result === undefined) bySingle.set(single, (result = this.#checkNew(declarations, scope, single)));
    for (const each of result.diagnostics) declarations.sink.report(each);
    return result;
  }

  #checkNew(declarations: Declarations, scope: RuleScope, single: boolean): ScopeResult {
    const { expression, module, variables } = scope;
    const sink = new DiagnosticList();
    const bare = bareContext(this.#checkers, declarations, module, sink, "`for`");
    const roots = { args: null, result: null, agent: declarations.agent, context: declarations.context };
    const context = { ...bare, roots, single, variables };
    const reads = readsOf([expression], module.module.dialect);
    const call = reads.call ? "args" : reads.result ? "result" : null;
    if (call !== null) sink.report(policyDiagnostics["for-reads-call"](expression.span, { root: call }));
    const present = call === null ? checkCondition(context, expression).whenTrue : NO_PLACES;
    return { scope: { expression, types: context.types }, present, diagnostics: sink.items };
  }
}
