// What types say about the expressions of a declaration, found by the declaration.
import type { CheckedProgram, CheckedRule, ExpressionInfo } from "../checker/checked-program.ts";
import type { Expression } from "../syntax/expression.ts";

/** Once for each group of actions. */
export type Known = readonly {
  readonly types: ReadonlyMap<Expression, ExpressionInfo>;
  /** Indices of the actions. */
  readonly actions: readonly number[];
}[];

const tables = new WeakMap<CheckedProgram, ReadonlyMap<object, Known>>();

/** By rule, limit, exception, property, transition of a label, or function. */
export function knownExpressions(checked: CheckedProgram): ReadonlyMap<object, Known> {
  const table = tables.get(checked) ?? collect(checked);
  tables.set(checked, table);
  return table;
}

/** What is known inside a rule, and in each `for` above it, which is about no action in particular. */
export const knownOfRule = ({ groups, scopes }: CheckedRule): Known => [
  ...groups,
  ...scopes.map(({ types }) => ({ actions: [], types })),
];

function collect(checked: CheckedProgram): ReadonlyMap<object, Known> {
  const known = new Map<object, Known[number][]>();
  const know = (node: object, groups: Known): void => {
    const earlier = known.get(node);
    if (earlier === undefined) known.set(node, [...groups]);
    else earlier.push(...groups);
  };
  for (const rule of checked.rules) know(rule.declaration, knownOfRule(rule));
  for (const limit of checked.limits) know(limit.declaration, limit.groups);
  for (const exception of checked.exceptions) know(exception.declaration, exception.groups);
  for (const property of checked.properties) know(property.declaration, property.groups);
  for (const label of checked.labels)
    for (const transition of label.transitions) know(transition.declaration, transition.groups);
  for (const [node, { types }] of checked.functions) know(node, [{ actions: [], types }]);
  return known;
}
