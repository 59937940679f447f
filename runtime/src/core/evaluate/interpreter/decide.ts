// From a valid request to a decision document: rules, verdict, shadow, reason.
import type { DecisionDocument, Obligation, Verdict } from "../../decision/decision.ts";
import { canonicalJson } from "../../values/canonical-json.ts";
import type { ValidRequest } from "../../input/valid-request.ts";
import { typeOf } from "../../ir/type-of.ts";
import { STRING } from "../../types/type.ts";
import { keyText } from "../../values/cell-key.ts";
import { compareUtf8 } from "../../values/compare-utf8.ts";
import { printDecimal } from "../../values/decimal-text.ts";
import { printTime } from "../../values/time-text.ts";
import type { EvaluationObserver } from "../engine.ts";
import type { LinkedProgram } from "../link-program.ts";
import { RESULT_ALLOWED, fixedReason } from "../outcome/fixed-reasons.ts";
import { printReason } from "../outcome/reason.ts";
import type { RuleMatch } from "../outcome/rule-match.ts";
import { isEnforced } from "../outcome/rule-match.ts";
import { verdictOf } from "../outcome/verdict.ts";
import type { Environment } from "./evaluate-expression.ts";
import { evaluateExpression } from "./evaluate-expression.ts";
import { matchRule } from "./match-rule.ts";

export function decide(
  program: LinkedProgram,
  request: ValidRequest,
  observer?: EvaluationObserver,
): DecisionDocument {
  const { ir } = program;
  const environment: Environment = { program, request, locals: [], observer };
  const matches = ir.rules
    .filter((rule) => rule.phase === request.phase)
    .flatMap((rule) =>
      rule.targets.flatMap((target, index) =>
        target.action === request.action ? [matchRule(rule, target, index, environment)] : [],
      ),
    );
  const time = request.context.get("time");
  const now = typeof time === "number" ? time : undefined;
  const enforced = matches.filter(({ rule }) => isEnforced(rule, now));
  const reservations = request.phase === "call" ? reserve(environment, request.action) : [];
  const verdict = verdictOf(request.phase, enforced, ir.patterns, reservations);
  const shadow = verdictOf(request.phase, matches, ir.patterns, reservations);
  const first = verdict.code === "matched" ? winner(verdict, enforced) : undefined;
  const waived = waivedRules(enforced);
  return {
    ...verdict,
    reason: reasonOf(verdict, first, enforced, environment),
    ...(first === undefined || first.rule.hint === null ? {} : { hint: first.rule.hint }),
    ...(differs(verdict, shadow) ? { shadow } : {}),
    ...(waived.length === 0 ? {} : { waived }),
  };
}

const winner = ({ rules: [id] }: Verdict, matches: readonly RuleMatch[]): RuleMatch | undefined =>
  matches.find(({ rule, outcome }) => rule.id === id && outcome === "matched");

const differs = (one: Verdict, other: Verdict): boolean =>
  one.decision !== other.decision || canonicalJson(one.obligations) !== canonicalJson(other.obligations);

function reasonOf(
  verdict: Verdict,
  first: RuleMatch | undefined,
  enforced: readonly RuleMatch[],
  environment: Environment,
): string {
  if (verdict.code !== "matched") {
    const blind = enforced.filter(({ rule, outcome }) => outcome === "blind" && rule.effect === "allow");
    return fixedReason(verdict.code, blind.map(({ rule }) => rule.id).sort(compareUtf8));
  }
  if (first === undefined) return RESULT_ALLOWED;
  const { rule, index } = first;
  if (rule.reason === null) return `${verdict.decision} by ${rule.id}`;
  const redacted = enforced
    .filter(({ outcome }) => outcome === "matched")
    .flatMap(({ target }) => target.redactions.map(({ path }) => path));
  return printReason(rule.reason, redacted, ({ values }) => {
    const node = environment.program.expression(values[index] ?? -1);
    const type = typeOf(node, environment.program.sources) ?? STRING;
    return { type, value: evaluateExpression(node, environment) };
  });
}

/** What the call would take from each counter that targets its action. */
function reserve(environment: Environment, action: number): readonly Obligation[] {
  const { program } = environment;
  return program.ir.counters.flatMap((counter) =>
    counter.targets
      .filter((target) => target.action === action)
      .map((target): Obligation => {
        const value = (index: number) => evaluateExpression(program.expression(index), environment);
        const amount = value(target.amount) as number;
        const key = target.key.map((index, place) => keyText(counter.key[place] ?? STRING, value(index)));
        return {
          type: "reserve",
          rule: counter.id,
          counter: counter.id,
          ...(key.length === 0 ? {} : { key }),
          amount: counter.type === "decimal" ? printDecimal(amount) : String(amount),
        };
      }),
  );
}

function waivedRules(matches: readonly RuleMatch[]): NonNullable<DecisionDocument["waived"]> {
  return matches
    .flatMap(({ rule, waivers }) =>
      waivers.map(({ id, until }) => ({ rule: rule.id, exception: id, until: printTime(until) })),
    )
    .sort(
      (left, right) => compareUtf8(left.rule, right.rule) || compareUtf8(left.exception, right.exception),
    );
}
