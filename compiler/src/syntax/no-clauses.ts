// The clauses of a rule of which only the selector is written.
import type { RuleDeclaration } from "./ast.ts";

export const NO_CLAUSES = {
  when: null,
  unless: null,
  approval: null,
  redactions: [],
  because: null,
  hint: null,
} as const satisfies Partial<RuleDeclaration>;
