// Rebuilds the table of expressions: equal ones once, unused ones not at all, in the order of first use.
import type { ExpressionIndex, IrCounterTarget, IrExpression, IrProgram } from "@aegis/runtime/core";
import { textOf } from "./expression-text.ts";
import { fingerprint } from "./fingerprint.ts";

export function shareExpressions(program: IrProgram): IrProgram {
  const table: IrExpression[] = [];
  /** By fingerprint: where the only expression stands that has it, or by their texts where several do. */
  const places = new Map<number, ExpressionIndex | Map<string, ExpressionIndex>>();
  const placeOf = (expression: IrExpression): ExpressionIndex => {
    const number = fingerprint(expression);
    const known = places.get(number);
    if (known === undefined) {
      const place = table.push(expression) - 1;
      places.set(number, place);
      return place;
    }
    const alike = typeof known === "number" ? byText(known) : known;
    places.set(number, alike);
    const text = textOf(expression);
    const place = alike.get(text) ?? table.push(expression) - 1;
    alike.set(text, place);
    return place;
  };
  const byText = (place: ExpressionIndex): Map<string, ExpressionIndex> => {
    const expression = table[place];
    return new Map(expression === undefined ? [] : [[textOf(expression), place]]);
  };
  const moved = Array<ExpressionIndex | undefined>(program.expressions.length).fill(undefined);
  const move = (index: ExpressionIndex): ExpressionIndex => {
    const known = moved[index];
    if (known !== undefined) return known;
    const expression = program.expressions[index];
    if (expression === undefined) throw new RangeError("an expression index out of range");
    const place = placeOf(expression);
    moved[index] = place;
    return place;
  };
  const moveOrNull = (index: ExpressionIndex | null): ExpressionIndex | null =>
    index === null ? null : move(index);

  const rules = program.rules.map((rule) => ({
    ...rule,
    targets: rule.targets.map((target) => ({
      ...target,
      scope: move(target.scope),
      when: move(target.when),
    })),
    waivers: rule.waivers.map((waiver) => ({ ...waiver, when: waiver.when.map(move) })),
    reason:
      rule.reason?.map((part) =>
        part.kind === "text" ? part : { ...part, values: part.values.map(move) },
      ) ?? null,
  }));
  const labels = program.labels.map((label) => ({
    ...label,
    transitions: label.transitions.map((transition) => ({
      ...transition,
      targets: transition.targets.map((target) => ({
        ...target,
        when: move(target.when),
        each: moveOrNull(target.each),
        key: target.key.map(move),
      })),
    })),
  }));
  const counters = program.counters.map((counter) => ({
    ...counter,
    targets: counter.targets.map((target): IrCounterTarget => ({
      ...target,
      key: target.key.map(move),
      amount: move(target.amount),
      settle: moveOrNull(target.settle),
    })),
  }));
  const actions = program.actions.map((action) => ({ ...action, visible: move(action.visible) }));
  return { ...program, actions, expressions: table, labels, counters, rules };
}
