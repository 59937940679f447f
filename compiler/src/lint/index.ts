// The linter: what compiles and is still unwise.
export type { LintProgram, LintRule } from "./define-lint-rule.ts";
export { lintProgram, lintSteps, suppressionDiagnostics } from "./lint-program.ts";
export type { LintSetting, LintSettings } from "./lint-program.ts";
export { LINT_RULES } from "./lint-registry.ts";
