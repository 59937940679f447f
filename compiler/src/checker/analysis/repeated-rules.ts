// Rules that another rule makes superfluous, and grants that a deny takes back whole.
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { CheckedRule } from "../checked-program.ts";
import type { ExternalReads } from "./external-reads.ts";
import type { RuleShape } from "./rule-shape.ts";
import { Numbering, shapeOf } from "./rule-shape.ts";

/** Subsets of conditions that are looked up; rules with more conditions are compared with equal ones only. */
const MAX_CONDITIONS = 6;

/** Rules about more actions than this are found by their conditions alone. */
const MAX_INDEXED_ACTIONS = 64;

type Index = ReadonlyMap<string, readonly RuleShape[]>;

export function reportRepeated(
  sink: DiagnosticSink,
  rules: readonly CheckedRule[],
  external: ExternalReads,
): void {
  const numbering = new Numbering();
  const shapes = rules.filter((rule) => !external.isIn(rule)).map((rule) => shapeOf(rule, numbering));
  const index = indexOf(shapes);
  const order = new Map(shapes.map((shape, position) => [shape, position]));
  for (const shape of shapes) {
    const other = findCover(shape, index, order);
    if (other !== undefined) reportCover(sink, shape.rule, other.rule);
  }
  reportUselessGrants(sink, shapes);
}

function indexOf(shapes: readonly RuleShape[]): Index {
  const index = new Map<string, RuleShape[]>();
  const enter = (key: string, shape: RuleShape): void => {
    const known = index.get(key);
    if (known === undefined) index.set(key, [shape]);
    else known.push(shape);
  };
  for (const shape of shapes)
    for (const { actions, conditions } of shape.groups) {
      if (conditions === null) continue;
      if (actions.length > MAX_INDEXED_ACTIONS) enter(indexKey(shape.kind, null, conditions), shape);
      else for (const action of actions) enter(indexKey(shape.kind, action, conditions), shape);
    }
  return index;
}

const indexKey = (kind: number, action: number | null, conditions: readonly number[]): string =>
  `${kind} ${action ?? "*"} ${conditions.join(",")}`;

/** A rule that matches whenever this one does; of two equal rules the earlier stays. */
function findCover(
  shape: RuleShape,
  index: Index,
  order: ReadonlyMap<RuleShape, number>,
): RuleShape | undefined {
  const [group] = shape.groups;
  const [action] = group?.actions ?? [];
  if (group === undefined || action === undefined || group.conditions === null) return undefined;
  const sets = mayGo(shape) ? subsets(group.conditions) : [group.conditions];
  for (const conditions of sets)
    for (const where of [action, null])
      for (const other of index.get(indexKey(shape.kind, where, conditions)) ?? []) {
        if (other === shape || !covers(other, shape)) continue;
        const equal = covers(shape, other);
        if (equal ? (order.get(other) ?? 0) < (order.get(shape) ?? 0) : mayGo(shape)) return other;
      }
  return undefined;
}

/** A narrower rule that says something of its own to people is worth having. */
const mayGo = ({ rule }: RuleShape): boolean =>
  rule.declaration.because === null && rule.declaration.hint === null;

/** In the order of the conditions, so that keys agree. */
function subsets(conditions: readonly number[]): readonly (readonly number[])[] {
  if (conditions.length > MAX_CONDITIONS) return [conditions];
  let all: readonly (readonly number[])[] = [[]];
  for (const each of conditions) all = [...all, ...all.map((subset) => [...subset, each])];
  return all;
}

function covers(wide: RuleShape, narrow: RuleShape): boolean {
  return narrow.groups.every(({ actions, conditions }) =>
    actions.every((action) => {
      const group = wide.groups.find((each) => each.actions.includes(action));
      return (
        group?.conditions !== undefined &&
        group.conditions !== null &&
        conditions !== null &&
        group.conditions.every((each) => conditions.includes(each))
      );
    }),
  );
}

function reportCover(sink: DiagnosticSink, rule: CheckedRule, other: CheckedRule): void {
  sink.report(
    policyDiagnostics["duplicate-rule"](
      rule.declaration.name.span,
      { other: other.declaration.name.text },
      { related: [{ span: other.declaration.name.span, message: "it is declared here" }] },
    ),
  );
}

/** An `allow` of which every action is denied whatever the arguments. */
function reportUselessGrants(sink: DiagnosticSink, shapes: readonly RuleShape[]): void {
  const denied = new Map<number, RuleShape[]>();
  for (const shape of shapes) {
    const { rule } = shape;
    const waivable = rule.declaration.annotations.some((each) => each.name.text === "waivable");
    if (rule.declaration.when !== null || rule.declaration.unless !== null) continue;
    if (rule.declaration.effect !== "deny" || rule.shadow !== null || rule.phase !== "call" || waivable)
      continue;
    for (const group of shape.groups)
      for (const action of group.actions) denied.set(action, [...(denied.get(action) ?? []), shape]);
  }
  for (const shape of shapes) {
    if (shape.rule.declaration.effect !== "allow") continue;
    const [first] = shape.groups[0]?.actions ?? [];
    const deny = first === undefined ? undefined : denied.get(first)?.find((each) => covers(each, shape));
    if (deny !== undefined)
      sink.report(
        policyDiagnostics["never-grants"](
          shape.rule.declaration.name.span,
          { other: deny.rule.declaration.name.text },
          { related: [{ span: deny.rule.declaration.name.span, message: "it is declared here" }] },
        ),
      );
  }
}
