// Rules that another rule makes superfluous, and grants that a deny takes back whole.
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { CheckedRule } from "../checked-program.ts";
import type { ExternalReads } from "./external-reads.ts";
import { mayRepeat } from "./may-repeat.ts";
import { Numbering } from "./numbering.ts";
import type { Outlines } from "./outline.ts";
import type { RuleShape } from "./rule-shape.ts";
import { shapeOf } from "./rule-shape.ts";
import { ShapeIndex } from "./shape-index.ts";

/** Rules with some of the conditions are looked up; rules with more conditions are compared with equal ones only. */
const MAX_CONDITIONS = 6;

export function reportRepeated(
  sink: DiagnosticSink,
  rules: readonly CheckedRule[],
  external: ExternalReads,
  outlines: Outlines,
): void {
  const compared = rules.filter((rule) => !external.isIn(rule));
  if (!mayRepeat(compared, outlines)) return;
  const numbering = new Numbering();
  const shapes = compared.map((rule) => shapeOf(rule, numbering));
  const index = new ShapeIndex(shapes);
  const order = new Map(shapes.map((shape, position) => [shape, position]));
  for (const shape of shapes) {
    const other = findCover(shape, index, order);
    if (other !== undefined) reportCover(sink, shape.rule, other.rule);
  }
  reportUselessGrants(sink, shapes);
}

/** A rule that matches whenever this one does; of two equal rules the earlier stays. */
function findCover(
  shape: RuleShape,
  index: ShapeIndex,
  order: ReadonlyMap<RuleShape, number>,
): RuleShape | undefined {
  const [group] = shape.groups;
  const [action] = group?.actions ?? [];
  if (group === undefined || action === undefined || group.conditions === null) return undefined;
  const { conditions } = group;
  const some = mayGo(shape) && conditions.length <= MAX_CONDITIONS;
  return index.find({ kind: shape.kind, action, conditions }, some, (other) => {
    if (other === shape || !covers(other, shape)) return false;
    const equal = covers(shape, other);
    return equal ? (order.get(other) ?? 0) < (order.get(shape) ?? 0) : mayGo(shape);
  });
}

/** A narrower rule that says something of its own to people is worth having. */
const mayGo = ({ rule }: RuleShape): boolean =>
  rule.declaration.because === null && rule.declaration.hint === null;

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
