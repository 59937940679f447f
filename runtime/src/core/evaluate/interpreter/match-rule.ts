// What becomes of one rule for one request: scope, blindness, condition, exceptions.
import type { IrRule, IrTarget } from "../../ir/ir.ts";
import type { RuleOutcome } from "../engine.ts";
import type { RuleMatch } from "../outcome/rule-match.ts";
import type { Environment } from "./evaluate-expression.ts";
import { holds } from "./evaluate-expression.ts";
import { unreadable } from "./unreadable.ts";

/** `index` is that of the target in the rule. */
export function matchRule(
  rule: IrRule,
  target: IrTarget,
  index: number,
  environment: Environment,
): RuleMatch {
  const blind = unreadable(target.reads, environment.request);
  const outcome = ordinaryOutcome(target, blind !== undefined, environment);
  const counts = outcome === "matched" || outcome === "blind";
  const waivers = counts ? holdingWaivers(rule, index, environment) : [];
  const match = {
    rule,
    target,
    index,
    outcome: waivers.length > 0 ? "waived" : outcome,
    blind,
    waivers,
  } as const;
  environment.observer?.rule?.(rule, index, match.outcome);
  return match;
}

/** The outcome without regard to exceptions. */
function ordinaryOutcome(
  target: IrTarget,
  blind: boolean,
  environment: Environment,
): Exclude<RuleOutcome, "waived"> {
  const { program, request } = environment;
  const scopeReadable = unreadable(program.reads(target.scope), request) === undefined;
  if (scopeReadable && !holds(program.expression(target.scope), environment)) return "out_of_scope";
  if (blind) return "blind";
  return holds(program.expression(target.when), environment) ? "matched" : "unmatched";
}

/** An exception holds when its date is known to lie ahead, all that it names can be read, and its condition is true. */
function holdingWaivers(rule: IrRule, index: number, environment: Environment): RuleMatch["waivers"] {
  const { program, request } = environment;
  const now = request.context.get("time");
  return rule.waivers
    .filter(({ until, when, reads }) => {
      const condition = when[index];
      const needed = reads[index];
      if (typeof now !== "number" || now >= until || condition === undefined || needed === undefined)
        return false;
      return unreadable(needed, request) === undefined && holds(program.expression(condition), environment);
    })
    .map(({ id, until }) => ({ id, until }));
}
