// Leaves out expressions that nothing refers to, and numbers the others anew.
import type { IrProgram } from "@aegis/runtime/core";

export function compactProgram(program: IrProgram): IrProgram {
  const kept: number[] = [];
  const keep = (index: number): number => {
    const known = kept.indexOf(index);
    return known >= 0 ? known : kept.push(index) - 1;
  };
  const compact: IrProgram = {
    ...program,
    actions: program.actions.map((action) => ({ ...action, visible: keep(action.visible) })),
    labels: program.labels.map((label) => ({
      ...label,
      transitions: label.transitions.map((transition) => ({
        ...transition,
        targets: transition.targets.map((target) => ({
          ...target,
          when: keep(target.when),
          each: target.each === null ? null : keep(target.each),
          key: target.key.map(keep),
        })),
      })),
    })),
    counters: program.counters.map((counter) => ({
      ...counter,
      targets: counter.targets.map((target) => ({
        ...target,
        key: target.key.map(keep),
        amount: keep(target.amount),
        settle: target.settle === null ? null : keep(target.settle),
      })),
    })),
    rules: program.rules.map((rule) => ({
      ...rule,
      targets: rule.targets.map((target) => ({
        ...target,
        scope: keep(target.scope),
        when: keep(target.when),
      })),
      waivers: rule.waivers.map((waiver) => ({ ...waiver, when: waiver.when.map(keep) })),
      reason:
        rule.reason?.map((part) =>
          part.kind === "text" ? part : { ...part, values: part.values.map(keep) },
        ) ?? null,
    })),
  };
  return {
    ...compact,
    expressions: kept.flatMap((index) => {
      const expression = program.expressions[index];
      return expression === undefined ? [] : [expression];
    }),
  };
}
