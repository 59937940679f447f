// Checks a resolved program: types of every expression, and what rules, state, tests and properties may say.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { hasErrors } from "../diagnostics/diagnostic.ts";
import { Outlines } from "./analysis/outline.ts";
import { reportRepeated } from "./analysis/repeated-rules.ts";
import { reportUnreachable } from "./analysis/unreachable-rules.ts";
import { reportTooCostly } from "./analysis/work-bound.ts";
import type { ResolvedModule, ResolvedProgram } from "../resolver/resolved-program.ts";
import { checkers } from "./checkers.ts";
import type {
  CheckedException,
  CheckedLabel,
  CheckedLimit,
  CheckedProgram,
  CheckedProperty,
  CheckedRule,
  CheckedTest,
} from "./checked-program.ts";
import { checkPolicyDeclarations, checkRules } from "./rule/check-rules.ts";
import type { RuleCache } from "./rule/rule-cache.ts";
import { createDeclarations } from "./declarations/create-declarations.ts";
import { checkConstants } from "./declarations/check-constants.ts";
import type { DeclaredValues } from "./declarations/check-constants.ts";
import type { Declarations } from "./declarations/declarations.ts";
import { DistinctSink } from "./distinct-sink.ts";
import { BUILTIN_DECLARATIONS } from "../resolver/builtin-declarations.ts";
import { checkException } from "./rule/check-exception.ts";
import { checkLabel } from "./state/check-label.ts";
import { checkLimit } from "./state/check-limit.ts";
import { withAmountBounds } from "./state/amount-bounds.ts";
import { checkTest } from "./tests/check-test.ts";
import { checkProperty } from "./tests/check-property.ts";

export interface CheckResult {
  readonly program: CheckedProgram;
  /** In the order of the text; one for each mistake. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Never throws on a mistake of the author; a program with errors is not to be lowered. */
export function checkProgram(resolved: ResolvedProgram, cache: RuleCache | null = null): CheckResult {
  const sink = new DistinctSink();
  cache?.begin(resolved);
  const declarations = createDeclarations(resolved, sink, checkers, cache?.external);
  const values: DeclaredValues = { functions: new Map(), constants: new Map() };
  for (const module of resolved.modules) checkConstants(declarations, module, values);
  const labels: CheckedLabel[] = [];
  const limits: CheckedLimit[] = [];
  for (const module of resolved.modules)
    for (const item of module.module.items) {
      if (item.kind === "label") labels.push(checkLabel(checkers, declarations, module, item));
      if (item.kind === "limit") limits.push(checkLimit(checkers, declarations, module, item));
    }
  for (const module of resolved.modules) checkPolicyDeclarations(checkers, declarations, module);
  const rules = checkRules(checkers, declarations, cache);
  const { exceptions, properties, tests } = checkRest(declarations, resolved.modules, rules, limits);
  const program: CheckedProgram = {
    modules: resolved.modules.map((each) => each.module),
    packages: resolved.packages,
    agent: resolved.agent,
    context: resolved.context,
    facts: factsOf(resolved.modules),
    actions: withAmountBounds(resolved.actions, limits),
    labels,
    limits,
    rules,
    exceptions,
    tests,
    properties,
    ...values,
  };
  // What rules come to is looked at when they say what they mean.
  if (!hasErrors(sink.items)) {
    const outlines = new Outlines();
    reportUnreachable(sink, rules, declarations.external, outlines);
    reportRepeated(sink, rules, declarations.external, outlines);
    reportTooCostly(sink, rules, program.actions);
  }
  return { program, diagnostics: sink.items };
}

function checkRest(
  declarations: Declarations,
  modules: readonly ResolvedModule[],
  rules: readonly CheckedRule[],
  limits: readonly CheckedLimit[],
): {
  readonly exceptions: readonly CheckedException[];
  readonly properties: readonly CheckedProperty[];
  readonly tests: readonly CheckedTest[];
} {
  const exceptions: CheckedException[] = [];
  const properties: CheckedProperty[] = [];
  const tests: CheckedTest[] = [];
  for (const module of modules)
    for (const item of module.module.items) {
      if (item.kind === "exception") {
        const exception = checkException(checkers, declarations, module, item, rules);
        if (exception !== null) exceptions.push(exception);
      }
      if (item.kind === "property") properties.push(checkProperty(checkers, declarations, module, item));
      if (item.kind === "test") tests.push(checkTest({ declarations, module, rules, limits }, item));
    }
  return { exceptions, properties, tests };
}

/** Facts that requests may carry: the built-in ones and every declared one. */
function factsOf(modules: readonly ResolvedModule[]): CheckedProgram["facts"] {
  const declared = modules.flatMap((module) =>
    module.module.items.flatMap((item) => {
      if (item.kind !== "fact") return [];
      const fact = module.lookup(item.name.text);
      return fact?.kind === "fact" ? [{ name: fact.name, type: fact.type }] : [];
    }),
  );
  const builtin = [...BUILTIN_DECLARATIONS.values()].flatMap((each) =>
    each.kind === "fact" ? [{ name: each.name, type: each.type }] : [],
  );
  return [...builtin, ...declared];
}
