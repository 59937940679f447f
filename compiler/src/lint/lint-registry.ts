// All lint rules, one line each, in the order of the documentation.
import type { LintRule } from "./define-lint-rule.ts";
import { confusable } from "./rules/confusable/rule.ts";
import { guardOwner } from "./rules/guard-owner/rule.ts";
import { labelMoment } from "./rules/label-moment/rule.ts";
import { lateWithhold } from "./rules/late-withhold/rule.ts";
import { noBecause } from "./rules/no-because/rule.ts";
import { plainMapKey } from "./rules/plain-map-key/rule.ts";
import { quantifierDirection } from "./rules/quantifier-direction/rule.ts";
import { sanitizeEverything } from "./rules/sanitize-everything/rule.ts";
import { selfReportedCounter } from "./rules/self-reported-counter/rule.ts";
import { shadowDate } from "./rules/shadow-date/rule.ts";
import { unconstrainedSibling } from "./rules/unconstrained-sibling/rule.ts";
import { uncoveredSibling } from "./rules/uncovered-sibling/rule.ts";
import { untaintedSource } from "./rules/untainted-source/rule.ts";
import { weakTest } from "./rules/weak-test/rule.ts";

export const LINT_RULES: readonly LintRule[] = [
  weakTest,
  quantifierDirection,
  unconstrainedSibling,
  uncoveredSibling,
  plainMapKey,
  confusable,
  labelMoment,
  untaintedSource,
  selfReportedCounter,
  lateWithhold,
  sanitizeEverything,
  shadowDate,
  guardOwner,
  noBecause,
];
