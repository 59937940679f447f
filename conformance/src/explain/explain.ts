// Explains a decision: every rule that targets the action, its conditions with their values, and the nearest allow.
import type { Compilation, ConditionSource, SourceFile, TargetSource } from "@aegis/compiler";
import {
  checkIJsonObject,
  createInterpreter,
  createRequestValidator,
  eachChild,
  evaluateExpression,
  linkProgram,
  overlaps,
  type Environment,
  type IrExpression,
  type IrReads,
  type IrRule,
  type IrTarget,
  type RuleOutcome,
  type Value,
  type ValidRequest,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import type { ExplainedCondition, ExplainedRule, Explanation, NearestAllow } from "./explanation.ts";
import { invalidPlaces } from "./invalid-places.ts";
import { shownValue } from "./shown-value.ts";

/** `files` are those of the analysis; `request` is any JSON. Never throws on it. */
export function explain(
  compilation: Compilation,
  files: ReadonlyMap<string, SourceFile>,
  request: unknown,
): Explanation {
  const { ir } = compilation;
  const seen: { rule: IrRule; target: IrTarget; outcome: RuleOutcome }[] = [];
  const decision = createInterpreter(ir, platform).decide(request, {
    rule(rule, index, outcome) {
      const target = rule.targets[index];
      if (target !== undefined) seen.push({ rule, target, outcome });
    },
  });
  const json = checkIJsonObject(request);
  const valid = json.ok ? createRequestValidator(ir, platform.parsedTypes).request(json.value) : undefined;
  if (valid?.ok !== true) return { decision, invalid: invalidPlaces(ir, request), rules: [], nearest: null };

  const environment: Environment = { program: linkProgram(ir, platform), request: valid.request, locals: [] };
  const hidden = seen.flatMap(({ target }) => target.redactions.map((each) => each.path));
  const rules = seen
    .map(({ rule, target, outcome }) =>
      explainRule(compilation, files, environment, hidden, rule, target, outcome),
    )
    .sort((a, b) => rank(decision.rules, a) - rank(decision.rules, b));
  return { decision, invalid: [], rules, nearest: nearestAllow(rules) };
}

const ORDER: readonly RuleOutcome[] = ["matched", "blind", "waived", "unmatched", "out_of_scope"];
const rank = (deciding: readonly string[], rule: ExplainedRule): number =>
  deciding.includes(rule.id) ? -1 : ORDER.indexOf(rule.outcome);

function explainRule(
  { ir, sourceMap }: Compilation,
  files: ReadonlyMap<string, SourceFile>,
  environment: Environment,
  hidden: readonly string[],
  rule: IrRule,
  target: IrTarget,
  outcome: RuleOutcome,
): ExplainedRule {
  const source = sourceMap.rules.get(rule.id);
  const place = source?.targets.find((each) => each.action === target.action);
  const conditions =
    place === undefined
      ? []
      : conditionsOf(place).map(([role, condition]) =>
          explainCondition(role, condition, files, environment, hidden),
        );
  return {
    id: rule.id,
    effect: rule.effect,
    shadow: rule.shadow !== undefined,
    outcome,
    span: source?.name ?? null,
    conditions: conditions.filter((each) => each !== null),
    unreadable:
      outcome === "blind" ? unreadableNames(ir, target.reads, environment.request as ValidRequest) : [],
  };
}

const conditionsOf = (target: TargetSource): (readonly ["for" | "when" | "unless", ConditionSource])[] => [
  ...target.scope.map((each) => ["for", each] as const),
  ...target.when.map((each) => ["when", each] as const),
  ...target.unless.map((each) => ["unless", each] as const),
];

function explainCondition(
  role: "for" | "when" | "unless",
  { span, expression }: ConditionSource,
  files: ReadonlyMap<string, SourceFile>,
  environment: Environment,
  hidden: readonly string[],
): ExplainedCondition | null {
  const text = (files.get(span.file)?.text.slice(span.start, span.end) ?? "").replace(/\s+/g, " ").trim();
  let held: Value;
  try {
    held = evaluateExpression(expression, environment);
  } catch {
    return null;
  }
  return { span, text, role, held: held === true, values: valuesIn(expression, environment, hidden) };
}

/** The places that a condition reads, outermost first, each once. */
function valuesIn(
  expression: IrExpression,
  environment: Environment,
  hidden: readonly string[],
): ExplainedCondition["values"] {
  const values = new Map<string, string>();
  const visit = (node: IrExpression): void => {
    const place =
      node.kind === "read"
        ? [node.root, ...node.path]
        : node.kind === "index" && node.of.kind === "read"
          ? [node.of.root, ...node.of.path, node.key]
          : null;
    if (place !== null) {
      const pointer = place.map((each) => `/${each.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
      const secret = hidden.some((each) => overlaps(each, pointer));
      values.set(place.join("."), secret ? "[redacted]" : shownValue(evaluateExpression(node, environment)));
      if (node.kind === "index") return;
    }
    if (node.kind === "quantifier") {
      // The body sees elements one at a time; what it ranges over is shown instead.
      visit(node.over);
      return;
    }
    eachChild(node, visit);
  };
  visit(expression);
  return [...values].map(([place, value]) => ({ place, value }));
}

function unreadableNames(
  ir: Compilation["ir"],
  reads: IrReads,
  { state, facts, context }: ValidRequest,
): string[] {
  return [
    ...reads.labels
      .filter((cell) => state.labels[cell] === undefined)
      .map((cell) => `label ${ir.labels[cell]?.id ?? ""}`),
    ...reads.counters
      .filter((cell) => state.counters[cell] === undefined)
      .map((cell) => `counter ${ir.counters[cell]?.id ?? ""}`),
    ...reads.facts
      .filter(({ path, fact }) => facts.get(path)?.has(fact) !== true)
      .map(({ path, fact }) => `fact ${fact} of ${path}`),
    ...reads.context.filter((name) => !context.has(name)).map((name) => `context.${name}`),
  ];
}

/** Of the allows that did not match the one with the fewest failed conditions. */
function nearestAllow(rules: readonly ExplainedRule[]): NearestAllow | null {
  const allows = rules.filter((each) => each.effect === "allow" && !each.shadow);
  if (allows.length === 0 || allows.some((each) => each.outcome === "matched")) return null;
  const ranked = allows
    .map((rule) => ({
      id: rule.id,
      missing: [...rule.unreadable.map((each) => `${each} cannot be read`), ...failedParts(rule)],
    }))
    .sort((a, b) => a.missing.length - b.missing.length || (a.id < b.id ? -1 : 1));
  return ranked[0] ?? null;
}

/** The innermost conditions that keep a rule from matching: parts of a failed whole that failed themselves. */
function failedParts(rule: ExplainedRule): string[] {
  const wrong = rule.conditions.filter((each) => each.held === (each.role === "unless"));
  const inside = (inner: ExplainedCondition, outer: ExplainedCondition): boolean =>
    inner !== outer &&
    inner.role === outer.role &&
    inner.span.start >= outer.span.start &&
    inner.span.end <= outer.span.end;
  return wrong
    .filter((each) => !wrong.some((other) => inside(other, each)))
    .map((each) => (each.role === "unless" ? `not ${each.text}` : each.text));
}
