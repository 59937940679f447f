// All rules of a program: those of policies with their `for`, those that `use` puts in force.
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { ResolvedModule } from "../../resolver/resolved-program.ts";
import { parameterKind } from "../../resolver/instantiate-policy.ts";
import type { PolicyDeclaration } from "../../syntax/ast.ts";
import type { Expression } from "../../syntax/expression.ts";
import { qualifiedNameOf } from "../../syntax/qualified-name-of.ts";
import type { Checkers, Variable } from "../check-context.ts";
import { bareContext } from "../check-context.ts";
import { isError } from "../checked.ts";
import type { CheckedRule } from "../checked-program.ts";
import type { Declarations } from "../declarations/declarations.ts";
import { checkAs } from "../expressions/check.ts";
import { isRoot } from "../expressions/declared-value.ts";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { ResolvedRule, RuleSetting } from "./check-rule.ts";
import { checkRule } from "./check-rule.ts";
import type { RuleScope } from "./check-scope.ts";
import { ScopeChecker } from "./check-scope.ts";
import { checkShadow } from "./check-shadow.ts";
import { readsOf } from "./reads.ts";
import type { RuleCache } from "./rule-cache.ts";

export function checkRules(
  checkers: Checkers,
  declarations: Declarations,
  cache: RuleCache | null = null,
): readonly CheckedRule[] {
  const { program } = declarations;
  const bound = new Map<object, Bound>();
  const scopeChecker = new ScopeChecker(checkers);
  let before: { readonly entry: ResolvedRule; readonly setting: RuleSetting } | null = null;
  const settingOf = (entry: ResolvedRule): RuleSetting => {
    // Rules of one policy have one, and stand together.
    if (before !== null && standAlike(before.entry, entry)) return before.setting;
    const { module } = entry;
    const user = entry.useModule ?? undefined;
    let parameters = NOTHING_BOUND;
    if (entry.use !== null && entry.policy !== null) {
      parameters = bound.get(entry.use) ?? bind(checkers, declarations, entry, user ?? module);
      bound.set(entry.use, parameters);
    }
    const scopes = scopesOf(entry, module, user, parameters);
    const setting: RuleSetting = {
      checkers,
      declarations,
      module,
      package: (user ?? module).package,
      scopes,
      scopeChecker,
      variables: parameters.variables,
      bindings: parameters.values,
      reads: readsOf([...parameters.places, ...expressionsOf(scopes)], module.module.dialect),
    };
    before = { entry, setting };
    return setting;
  };
  return program.rules.map((entry) => {
    const known = cache?.get(entry, declarations.sink);
    if (known !== undefined) return known;
    const setting = settingOf(entry);
    if (cache === null) return checkRule(setting, entry);
    const recorder = new DiagnosticList();
    const rule = checkRule({ ...setting, declarations: { ...declarations, sink: recorder } }, entry);
    for (const each of recorder.items) declarations.sink.report(each);
    cache.set(entry, rule, recorder.items);
    return rule;
  });
}

const standAlike = (one: ResolvedRule, other: ResolvedRule): boolean =>
  one.policy === other.policy &&
  one.use === other.use &&
  one.module === other.module &&
  one.useModule === other.useModule;

interface Bound {
  readonly variables: ReadonlyMap<string, Variable>;
  readonly values: CheckedRule["bindings"];
  /** Arguments that are read in the rules. */
  readonly places: readonly Expression[];
}
const NOTHING_BOUND: Bound = { variables: new Map(), values: new Map(), places: [] };

function scopesOf(
  entry: ResolvedRule,
  module: ResolvedModule,
  user: ResolvedModule | undefined,
  parameters: Bound,
): readonly RuleScope[] {
  const scopes: RuleScope[] = [];
  if (entry.policy !== null && entry.policy.scope !== null)
    scopes.push({ expression: entry.policy.scope, module, variables: parameters.variables });
  if (entry.use !== null && entry.use.scope !== null && user !== undefined)
    scopes.push({ expression: entry.use.scope, module: user, variables: NOTHING_BOUND.variables });
  return scopes;
}

const expressionsOf = (scopes: readonly RuleScope[]): readonly Expression[] =>
  scopes.map((scope) => scope.expression);

/** Evaluates the arguments of a `use`. */
function bind(
  checkers: Checkers,
  declarations: Declarations,
  entry: ResolvedRule,
  user: ResolvedModule,
): Bound {
  const { policy, use } = entry;
  if (policy === null || use === null) return NOTHING_BOUND;
  const { module } = entry;
  const variables = new Map<string, Variable>();
  const values = new Map<string, NonNullable<Variable["constant"]>>();
  const places: Expression[] = [];
  for (const [index, parameter] of policy.params.entries()) {
    // Groups and labels are names: the resolver has bound them.
    if (parameterKind(parameter) !== "value") continue;
    const type = module.typeOf(parameter.type, declarations.sink);
    const name = parameter.name.text;
    const argument = use.args[index] ?? parameter.default;
    const variable: Variable = { type, meaning: { kind: "parameter", name }, key: `$${name}` };
    variables.set(name, variable);
    if (argument === null) continue;
    if (isPlace(argument)) {
      variables.set(name, { ...variable, place: { node: argument, module: user } });
      places.push(argument);
      continue;
    }
    const context = bareContext(checkers, declarations, user, declarations.sink, "an argument of `use`");
    const checked = checkAs(context, argument, type);
    if (isError(checked.type)) continue;
    if (checked.constant === undefined) {
      declarations.sink.report(
        typeDiagnostics["not-constant"](argument.span, {
          hint: "parameters of a policy are known when it is compiled",
        }),
      );
      continue;
    }
    variables.set(name, { ...variable, constant: checked.constant });
    values.set(name, checked.constant);
  }
  return { variables, values, places };
}

/** `args.amount`, `agent.limits.daily`: read where the rule reads, for each action. */
function isPlace(node: Expression): boolean {
  const root = qualifiedNameOf(node)?.parts[0]?.text;
  return node.kind === "field" && root !== undefined && root !== "result" && isRoot(root);
}

/** What concerns policies as a whole; policies with parameters are checked even when nothing uses them. */
export function checkPolicyDeclarations(
  checkers: Checkers,
  declarations: Declarations,
  module: ResolvedModule,
): void {
  const used = new Set<PolicyDeclaration | null>();
  for (const rule of declarations.program.rules) if (rule.use !== null) used.add(rule.policy);
  for (const item of module.module.items) {
    if (item.kind !== "policy") continue;
    checkShadow(declarations, item.shadow);
    if (item.rules.length === 0)
      declarations.sink.report(policyDiagnostics.empty(item.name.span, { name: item.name.text }));
    else if (item.params.length > 0 && !used.has(item)) checkUnused(checkers, declarations, module, item);
  }
}

function checkUnused(
  checkers: Checkers,
  declarations: Declarations,
  module: ResolvedModule,
  policy: PolicyDeclaration,
): void {
  // Nothing says which actions and labels its rules are about.
  if (policy.params.some((parameter) => parameterKind(parameter) !== "value")) return;
  const variables = new Map<string, Variable>(
    policy.params.map((parameter) => {
      const name = parameter.name.text;
      const type = module.typeOf(parameter.type, declarations.sink);
      return [name, { type, meaning: { kind: "parameter", name }, key: `$${name}` }];
    }),
  );
  const scopes = policy.scope === null ? [] : [{ expression: policy.scope, module, variables }];
  const setting: RuleSetting = {
    checkers,
    declarations,
    module,
    package: module.package,
    scopes,
    scopeChecker: new ScopeChecker(checkers),
    variables,
    bindings: new Map(),
    reads: readsOf(expressionsOf(scopes), module.module.dialect),
  };
  for (const node of policy.rules)
    checkRule(setting, { id: `${module.package}.${node.name.text}`, node, policy });
}
