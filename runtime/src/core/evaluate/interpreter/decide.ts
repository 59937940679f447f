// From a valid request to a decision document: rules, verdict, shadow, reason.
import type { DecisionDocument, Obligation } from "../../decision/decision.ts";
import type { ValidRequest } from "../../input/valid-request.ts";
import { typeOf } from "../../ir/type-of.ts";
import { NO_READS } from "../../ir/reads-of.ts";
import { STRING } from "../../types/type.ts";
import { keyText } from "../../values/cell-key.ts";
import { printDecimal } from "../../values/decimal-text.ts";
import type { EvaluationObserver } from "../engine.ts";
import type { LinkedProgram } from "../link-program.ts";
import { sortObligations } from "../outcome/obligations.ts";
import type { Outcome } from "../outcome/outcome.ts";
import { documentOf, outcomeOf } from "../outcome/outcome.ts";
import { printReason } from "../outcome/reason.ts";
import { isEnforced } from "../outcome/rule-match.ts";
import type { Environment } from "./evaluate-expression.ts";
import { evaluateExpression } from "./evaluate-expression.ts";
import { matchRule } from "./match-rule.ts";
import { unreadable } from "./unreadable.ts";

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
  const outcome = outcomeOf(request.phase, matches, enforced, ir.patterns);
  const reservations = request.phase === "call" ? reserve(environment, request.action) : [];
  return documentOf(outcome, reasonText(outcome, environment), reservations);
}

const ABSENT = { type: STRING, value: undefined };

function reasonText({ reason, redacted }: Outcome, environment: Environment): string {
  if (typeof reason === "string") return reason;
  const { rule, index } = reason;
  const { program, request } = environment;
  return printReason(rule.reason ?? [], redacted, ({ values }) => {
    const at = values[index] ?? -1;
    const node = program.expression(at);
    // The condition may hold without the facts that only its text names.
    const { facts } = program.reads(at);
    if (unreadable({ ...NO_READS, facts }, request) !== undefined) return ABSENT;
    return { type: typeOf(node, program.sources) ?? STRING, value: evaluateExpression(node, environment) };
  });
}

/** What the call would take from each counter that targets its action, sorted. */
function reserve(environment: Environment, action: number): readonly Obligation[] {
  const { program } = environment;
  const reservations = program.ir.counters.flatMap((counter) =>
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
  return sortObligations(reservations);
}
