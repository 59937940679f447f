// What a lint rule is: a name, a message, and a look at a checked program that holds only when nothing else is wrong.
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.ts";
import { defineDiagnostics, type DiagnosticFactory } from "../diagnostics/define-diagnostics.ts";
import type { CheckedProgram, CheckedRule } from "../checker/checked-program.ts";
import type { ResolvedProgram } from "../resolver/resolved-program.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Module } from "../syntax/ast.ts";

/** What a rule may look at: an analysis without errors. */
export interface LintProgram {
  readonly checked: CheckedProgram;
  readonly resolved: ResolvedProgram;
  /** The project's own modules: the library's are not linted. */
  readonly modules: readonly Module[];
  readonly files: ReadonlyMap<string, SourceFile>;
}

export interface LintRule {
  /** Stable, kebab-case; diagnostics are `lint/<name>`, and the page lies beside the rule. */
  readonly name: string;
  readonly code: string;
  /** Where aegis.json says nothing else. */
  readonly severity: Severity;
  /** One line for lists: what it finds. */
  readonly doc: string;
  readonly message: string;
  readonly help: string;
  /** Findings in the project and in the library; the latter are dropped. Null is no finding, but a place to pause at. */
  readonly check: (program: LintProgram) => Iterable<Diagnostic | null>;
}

interface LintTemplate {
  readonly severity: Severity;
  readonly doc: string;
  readonly message: string;
  readonly help: string;
}

/** So many rules of a policy are looked at without a pause: about a millisecond. */
const BATCH = 100;

/** Message and help may hold `{parameters}`, which the finding must then be given. */
export function defineLintRule<const Template extends LintTemplate>(
  name: string,
  template: Template,
  check: (program: LintProgram, finding: DiagnosticFactory<Template>) => Iterable<Diagnostic | null>,
): LintRule {
  const defined = defineDiagnostics("lint", { finding: template });
  const code = `lint/${name}`;
  const make = defined.finding as (...received: unknown[]) => Diagnostic;
  const finding = ((...received: unknown[]) => ({
    ...make(...received),
    code,
  })) as DiagnosticFactory<Template>;
  return { name, code, ...template, check: (program) => check(program, finding) };
}

/**
 * A look at each rule of the policies by itself, and at the actions. What was found is remembered with the rule: a checked
 * rule does not change while the actions do not, and an editor asks again for the same.
 */
export function defineRuleCheck<const Template extends LintTemplate>(
  name: string,
  template: Template,
  check: (
    rule: CheckedRule,
    actions: CheckedProgram["actions"],
    finding: DiagnosticFactory<Template>,
  ) => Iterable<Diagnostic>,
): LintRule {
  const known = new WeakMap<CheckedRule, readonly Diagnostic[]>();
  return defineLintRule(name, template, function* ({ checked }, finding) {
    for (const [index, rule] of checked.rules.entries()) {
      if (index % BATCH === BATCH - 1) yield null;
      let found = known.get(rule);
      if (found === undefined) {
        found = [...check(rule, checked.actions, finding)];
        known.set(rule, found.length === 0 ? NOTHING : found);
      }
      yield* found;
    }
  });
}

const NOTHING: readonly Diagnostic[] = [];
