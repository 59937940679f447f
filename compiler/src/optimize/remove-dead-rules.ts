// Drops targets whose condition is constantly false, and rules without targets. What may be unreadable stays: it may be blind.
import type { IrProgram, IrRule, IrTarget } from "@aegis/runtime/core";

export function removeDeadRules(program: IrProgram): IrProgram {
  const never = (index: number): boolean => {
    const expression = program.expressions[index];
    return expression?.kind === "const" && expression.value === false;
  };
  const dead = (target: IrTarget): boolean =>
    (never(target.scope) || never(target.when)) && namesNothing(target);
  const rules = program.rules
    .map((rule) => keepTargets(rule, (target) => !dead(target)))
    .filter((rule) => rule.targets.length > 0);
  return { ...program, rules };
}

const namesNothing = ({ reads }: IrTarget): boolean =>
  reads.labels.length + reads.counters.length + reads.facts.length + reads.context.length === 0;

/** What stands per target in waivers and reasons is kept in step. */
function keepTargets(rule: IrRule, keep: (target: IrTarget) => boolean): IrRule {
  const kept = rule.targets.map(keep);
  if (kept.every(Boolean)) return rule;
  const pick = <Item>(items: readonly Item[]): readonly Item[] => items.filter((_, index) => kept[index]);
  return {
    ...rule,
    targets: pick(rule.targets),
    waivers: rule.waivers.map((waiver) => ({
      ...waiver,
      when: pick(waiver.when),
      reads: pick(waiver.reads),
    })),
    reason:
      rule.reason?.map((part) => (part.kind === "text" ? part : { ...part, values: pick(part.values) })) ??
      null,
  };
}
