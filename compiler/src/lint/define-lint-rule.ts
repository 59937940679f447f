// What a lint rule is: a name, a message, and a look at a checked program that holds only when nothing else is wrong.
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.ts";
import { defineDiagnostics, type DiagnosticFactory } from "../diagnostics/define-diagnostics.ts";
import type { CheckedProgram } from "../checker/checked-program.ts";
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
  readonly message: string;
  readonly help: string;
  /** Findings in the project and in the library; the latter are dropped. */
  readonly check: (program: LintProgram) => Iterable<Diagnostic>;
}

interface LintTemplate {
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
}

/** Message and help may hold `{parameters}`, which the finding must then be given. */
export function defineLintRule<const Template extends LintTemplate>(
  name: string,
  template: Template,
  check: (program: LintProgram, finding: DiagnosticFactory<Template>) => Iterable<Diagnostic>,
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
