// Smaller programs, the boldest first: rules left out, then parts of rules, then expressions made constants or children.
import {
  BOOL,
  eachChild,
  mapChildren,
  readsOf,
  typeOf,
  type IrExpression,
  type IrProgram,
  type IrRule,
} from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";

/** Not all of them are programs that the decoder accepts: ask it. */
export function* smallerPrograms(program: IrProgram): Generator<IrProgram> {
  const { rules } = program;
  if (rules.length > 3) {
    const half = rules.length >> 1;
    yield { ...program, rules: rules.slice(0, half) };
    yield { ...program, rules: rules.slice(half) };
  }
  for (const at of rules.keys()) yield { ...program, rules: rules.toSpliced(at, 1) };
  for (const [at, rule] of rules.entries()) {
    for (const less of smallerRules(rule)) yield { ...program, rules: rules.with(at, less) };
  }
  for (const at of program.counters.keys()) {
    const counter = program.counters[at];
    if (counter !== undefined && counter.targets.length > 0)
      yield { ...program, counters: program.counters.with(at, { ...counter, targets: [] }) };
  }
  const used = usedExpressions(program);
  for (const [at, expression] of program.expressions.entries()) {
    if (!used.has(at)) continue;
    for (const less of smallerExpressions(expression, program))
      yield withReads({ ...program, expressions: program.expressions.with(at, less) });
  }
  for (const [at, action] of program.actions.entries()) {
    for (const param of action.params.keys()) {
      const params = action.params.toSpliced(param, 1);
      yield { ...program, actions: program.actions.with(at, { ...action, params }) };
    }
  }
}

function* smallerRules(rule: IrRule): Generator<IrRule> {
  const { targets, shadow, ...plain } = rule;
  if (shadow !== undefined) yield { ...plain, targets };
  if (rule.waivers.length > 0) yield { ...rule, waivers: [] };
  if (rule.reason !== null) {
    yield { ...rule, reason: null };
    for (const at of rule.reason.keys()) yield { ...rule, reason: rule.reason.toSpliced(at, 1) };
  }
  if (rule.hint !== null) yield { ...rule, hint: null };
  if (targets.length > 1) {
    for (const at of targets.keys())
      yield {
        ...rule,
        targets: targets.toSpliced(at, 1),
        waivers: rule.waivers.map((waiver) => ({
          ...waiver,
          when: waiver.when.toSpliced(at, 1),
          reads: waiver.reads.toSpliced(at, 1),
        })),
        reason:
          rule.reason?.map((part) =>
            part.kind === "text" ? part : { ...part, values: part.values.toSpliced(at, 1) },
          ) ?? null,
      };
  }
  if (targets.some(({ redactions }) => redactions.length > 0))
    yield { ...rule, targets: targets.map((target) => ({ ...target, redactions: [] })) };
}

function* smallerExpressions(node: IrExpression, program: IrProgram): Generator<IrExpression> {
  const sources = { counters: program.counters, parsedTypes };
  const type = typeOf(node, sources);
  if (node.kind === "const") return;
  if (type?.kind === "bool") {
    yield { kind: "const", type: BOOL, value: true };
    yield { kind: "const", type: BOOL, value: false };
  }
  if (type?.kind === "int" || type?.kind === "decimal") yield { kind: "const", type, value: 0 };
  if (type?.kind === "string") yield { kind: "const", type, value: "" };
  const children: IrExpression[] = [];
  eachChild(node, (child) => children.push(child));
  if (node.kind !== "quantifier") yield* children;
  if (node.kind === "and" && node.all.length > 2)
    for (const at of node.all.keys()) yield { ...node, all: node.all.toSpliced(at, 1) };
  if (node.kind === "or" && node.any.length > 2)
    for (const at of node.any.keys()) yield { ...node, any: node.any.toSpliced(at, 1) };
  for (const [at, child] of children.entries()) {
    for (const less of smallerExpressions(child, program)) {
      let place = -1;
      yield mapChildren(node, (each) => {
        place += 1;
        return place === at ? less : each;
      });
    }
  }
}

/** What rules name follows their expressions. */
function withReads(program: IrProgram): IrProgram {
  const at = (index: number): IrExpression =>
    program.expressions[index] ?? { kind: "const", type: BOOL, value: true };
  return {
    ...program,
    rules: program.rules.map((rule) => ({
      ...rule,
      targets: rule.targets.map((target) => ({
        ...target,
        reads: readsOf(at(target.scope), at(target.when)),
      })),
      waivers: rule.waivers.map((waiver) => ({
        ...waiver,
        reads: waiver.when.map((index) => readsOf(at(index))),
      })),
    })),
  };
}

function usedExpressions(program: IrProgram): ReadonlySet<number> {
  return new Set([
    ...program.actions.map(({ visible }) => visible),
    ...program.counters.flatMap(({ targets }) =>
      targets.flatMap(({ key, amount, settle }) => [...key, amount, ...(settle === null ? [] : [settle])]),
    ),
    ...program.rules.flatMap(({ targets, waivers, reason }) => [
      ...targets.flatMap(({ scope, when }) => [scope, when]),
      ...waivers.flatMap(({ when }) => when),
      ...(reason ?? []).flatMap((part) => (part.kind === "value" ? part.values : [])),
    ]),
  ]);
}
