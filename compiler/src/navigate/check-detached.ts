// Checks one more declaration in the names of a file, for editors: what types say about a text that is still being written.
import { checkers } from "../checker/checkers.ts";
import { bareContext } from "../checker/check-context.ts";
import type { Variable } from "../checker/check-context.ts";
import type { CheckedProgram } from "../checker/checked-program.ts";
import { createDeclarations } from "../checker/declarations/create-declarations.ts";
import type { Declarations } from "../checker/declarations/declarations.ts";
import { checkPlace } from "../checker/expressions/check.ts";
import { checkException } from "../checker/rule/check-exception.ts";
import type { RuleSetting } from "../checker/rule/check-rule.ts";
import { checkRule } from "../checker/rule/check-rule.ts";
import { ScopeChecker } from "../checker/rule/check-scope.ts";
import { readsOf } from "../checker/rule/reads.ts";
import { checkLabel } from "../checker/state/check-label.ts";
import { checkLimit } from "../checker/state/check-limit.ts";
import { checkProperty } from "../checker/tests/check-property.ts";
import type { ResolvedModule, ResolvedProgram } from "../resolver/resolved-program.ts";
import type { Item, PolicyDeclaration, RuleDeclaration } from "../syntax/ast.ts";
import type { Expression } from "../syntax/expression.ts";
import type { Known } from "./known.ts";
import { knownOfRule } from "./known.ts";

const SILENT = { report: () => undefined };

/** `policy` is the one around a rule. Mistakes are not told; what could not be understood is left out. */
export function checkDetached(
  program: ResolvedProgram,
  checked: CheckedProgram,
  module: ResolvedModule,
  item: Item,
  policy: PolicyDeclaration | null,
): Known {
  const widened = withItem(module, item);
  const modules = program.modules.map((each) => (each === module ? widened : each));
  const declarations = createDeclarations({ ...program, modules }, SILENT, checkers);
  switch (item.kind) {
    case "rule":
      return detachedRule(declarations, widened, item, policy);
    case "policy":
      return item.rules.length === 0
        ? detachedScope(declarations, widened, item)
        : item.rules.flatMap((rule) => detachedRule(declarations, widened, rule, item));
    case "label":
      return checkLabel(checkers, declarations, widened, item).transitions.flatMap((each) => each.groups);
    case "limit":
      return checkLimit(checkers, declarations, widened, item).groups;
    case "exception":
      return checkException(checkers, declarations, widened, item, checked.rules)?.groups ?? [];
    case "property":
      return checkProperty(checkers, declarations, widened, item).groups;
    case "fn": {
      const info = declarations.function({ kind: "fn", package: widened.package, node: item });
      return info === undefined ? [] : [{ actions: [], types: info.function.types }];
    }
    case "const":
    case "param": {
      const context = bareContext(checkers, declarations, widened, SILENT, "a constant");
      const type = item.type === null ? null : widened.typeOf(item.type, SILENT);
      checkPlace({ ...context, position: "value" }, item.value, type);
      return [{ actions: [], types: context.types }];
    }
    default:
      return [];
  }
}

/** The `for` of a policy that has no rules yet. */
function detachedScope(declarations: Declarations, module: ResolvedModule, policy: PolicyDeclaration): Known {
  if (policy.scope === null) return [];
  const { agent, context } = declarations;
  const bare = bareContext(checkers, declarations, module, SILENT, "`for`");
  const within = { ...bare, roots: { ...bare.roots, agent, context }, variables: parameters(module, policy) };
  checkPlace(within, policy.scope, null);
  return [{ actions: [], types: bare.types }];
}

const parameters = (
  module: ResolvedModule,
  policy: PolicyDeclaration | null,
): ReadonlyMap<string, Variable> =>
  new Map<string, Variable>(
    (policy?.params ?? []).map((field) => {
      const name = field.name.text;
      const type = module.typeOf(field.type, SILENT);
      return [name, { type, meaning: { kind: "parameter", name }, key: `$${name}` }];
    }),
  );

function detachedRule(
  declarations: Declarations,
  module: ResolvedModule,
  rule: RuleDeclaration,
  policy: PolicyDeclaration | null,
): Known {
  const variables = parameters(module, policy);
  const scope: Expression | null = policy?.scope ?? null;
  const setting: RuleSetting = {
    checkers,
    declarations,
    module,
    package: module.package,
    scopes: scope === null ? [] : [{ expression: scope, module, variables }],
    scopeChecker: new ScopeChecker(checkers),
    variables,
    bindings: new Map(),
    reads: readsOf(scope === null ? [] : [scope], module.module.dialect),
  };
  return knownOfRule(checkRule(setting, { id: `${module.package}.${rule.name.text}`, node: rule, policy }));
}

/** The file as if it held the declaration too; its names are those that it had. */
const withItem = (module: ResolvedModule, item: Item): ResolvedModule => ({
  module: { ...module.module, items: [...module.module.items, item] },
  package: module.package,
  lookup: (name, space) => module.lookup(name, space),
  resolve: (name, space) => module.resolve(name, space),
  names: (space) => module.names(space),
  failures: module.failures,
  failed: (name) => module.failed(name),
  typeOf: (node, sink) => module.typeOf(node, sink),
  expand: (selector, sink) => module.expand(selector, sink),
});
