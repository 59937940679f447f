// Compares a decision with what a test expects of it, in words.
import type { Expectation, QualifiedName } from "@aegis/compiler";
import type { DecisionDocument } from "@aegis/runtime/core";
import type { TestFailure } from "./test-report.ts";

export const qualified = (name: QualifiedName): string => name.parts.map((each) => each.text).join(".");

/** Rule ids in a test may leave out the package of the test. */
const ruleIds = (names: readonly QualifiedName[], own: string, known: ReadonlySet<string>): string[] =>
  names.map(qualified).map((name) => (known.has(`${own}.${name}`) ? `${own}.${name}` : name));

export interface ExpectationContext {
  /** Package of the test. */
  readonly package: string;
  /** Ids of all rules and limits. */
  readonly rules: ReadonlySet<string>;
}

/** Null when the decision is as expected; else what differs. `details` are added to the failure. */
export function compareExpectation(
  expected: Expectation,
  decision: DecisionDocument,
  context: ExpectationContext,
  details: readonly string[],
): TestFailure | null {
  const problem = difference(expected, decision, context);
  if (problem === null) return null;
  return { span: expected.span, message: problem, details: [...describeDecision(decision), ...details] };
}

function difference(
  expected: Expectation,
  decision: DecisionDocument,
  context: ExpectationContext,
): string | null {
  const wanted = expected.decisions.map((each) => each.decision);
  const among = wanted.includes(decision.decision);
  if (among === expected.negated)
    return `expected ${expected.negated ? "not " : ""}${wanted.join(" or ")}, got ${brief(decision)}`;
  if (expected.code !== null && expected.code.text !== decision.code)
    return `expected code ${expected.code.text}, got ${brief(decision)}`;
  if (expected.by !== null) {
    const ids = ruleIds(expected.by, context.package, context.rules).sort();
    const got = [...decision.rules].sort();
    if (ids.join() !== got.join()) return `expected it by ${ids.join(", ")}, got ${brief(decision)}`;
  }
  if (expected.reason !== null && expected.reason.value !== decision.reason)
    return `expected the reason ${JSON.stringify(expected.reason.value)}, got ${JSON.stringify(decision.reason)}`;
  const redacted = new Set(
    decision.obligations.flatMap((each) => (each.type === "redact" ? [each.path] : [])),
  );
  const missing = expected.redacts.filter((each) => !redacted.has(each.value));
  return missing.length === 0
    ? null
    : `expected ${missing.map((each) => each.value).join(", ")} to be redacted, got ${[...redacted].join(", ") || "no redaction"}`;
}

/** `deny by acme.base.freeze`, `deny (default_deny)`. */
export function brief({ decision, code, rules }: DecisionDocument): string {
  if (code !== "matched") return `${decision} (${code})`;
  return rules.length === 0 ? decision : `${decision} by ${rules.join(", ")}`;
}

export const describeDecision = (decision: DecisionDocument): string[] => [
  `decision: ${brief(decision)}`,
  `reason: ${decision.reason}`,
  ...decision.obligations.map((each) => `obligation: ${JSON.stringify(each)}`),
];

/** What a step without `expect` must be: let through. */
export const isLetThrough = (decision: DecisionDocument): boolean =>
  decision.decision === "allow" || decision.decision === "sanitize";
