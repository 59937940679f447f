// A limit or restriction on one way to do something, and another way beside it that nothing holds.
import type { CheckedProgram, CheckedRule } from "../../../checker/checked-program.ts";
import { walkExpression } from "../../../syntax/expression-children.ts";
import { defineLintRule } from "../../define-lint-rule.ts";
import { argumentOf, argumentsRead } from "../../reading/conditions.ts";
import { actionName, isRestriction, listed } from "../../reading/granted.ts";
import type { Span } from "../../../source/span.ts";

/** What one declaration holds: an argument of some actions. */
interface Hold {
  readonly name: string;
  readonly span: Span;
  readonly argument: string;
  readonly actions: readonly number[];
}

export const uncoveredSibling = defineLintRule(
  "uncovered-sibling",
  {
    severity: "warning",
    message:
      "`{name}` holds `args.{argument}`, and {siblings} {takes} it too without any limit or restriction",
    help: "select the other actions as well, or say here why they do no harm",
  },
  function* ({ checked }, finding) {
    const holds = [...holdsOf(checked)];
    for (const hold of holds) {
      const siblings = siblingsOf(checked, hold).filter(
        (index) => isOpen(checked, index, hold.argument) && !isHeld(holds, index, hold.argument),
      );
      if (siblings.length > 0)
        yield finding(hold.span, {
          name: hold.name,
          argument: hold.argument,
          siblings: listed(siblings.map((index) => actionName(checked, index))),
          takes: siblings.length === 1 ? "takes" : "take",
        });
    }
  },
);

function* holdsOf(checked: CheckedProgram): Generator<Hold> {
  for (const { declaration, groups } of checked.limits) {
    const actions = groups.flatMap((group) => group.actions);
    for (const { types } of groups)
      for (const node of declaration.sum === null ? [] : walkExpression(declaration.sum)) {
        const [argument] = argumentOf(node, types) ?? [];
        if (argument !== undefined)
          yield { name: declaration.name.text, span: declaration.name.span, argument, actions };
      }
  }
  for (const rule of checked.rules)
    if (isRestriction(rule)) {
      const actions = rule.groups.flatMap((group) => group.actions);
      const { name } = rule.declaration;
      for (const group of rule.groups)
        for (const argument of argumentsRead(rule, group) ?? [])
          yield { name: name.text, span: name.span, argument, actions };
    }
}

/** Actions of the same tools that take an argument of the same name and the same refined type. */
function siblingsOf(checked: CheckedProgram, { argument, actions }: Hold): readonly number[] {
  const own = new Set(actions);
  const types = new Map<string, Set<string>>();
  for (const index of actions) {
    const action = checked.actions[index];
    const type = action?.params.find((each) => each.name === argument)?.type;
    if (
      action === undefined ||
      type === undefined ||
      !isRefined(type.kind === "optional" ? type.of.kind : type.kind)
    )
      continue;
    types.set(action.tool, (types.get(action.tool) ?? new Set()).add(shape(type)));
  }
  return checked.actions.flatMap((action, index) => {
    const type = action.params.find((each) => each.name === argument)?.type;
    return !own.has(index) && type !== undefined && types.get(action.tool)?.has(shape(type)) === true
      ? [index]
      : [];
  });
}

/** Plain strings and switches of one name mean many things; numbers and parsed values rarely do. */
const isRefined = (kind: string): boolean => ["parsed", "decimal", "int", "list", "set"].includes(kind);

const shape = (type: CheckedProgram["actions"][number]["params"][number]["type"]): string =>
  JSON.stringify(type.kind === "optional" ? type.of : type);

/** Whether some allow lets it through without a look at the argument. */
const isOpen = (checked: CheckedProgram, index: number, argument: string): boolean =>
  checked.rules.some((rule) => rule.declaration.effect === "allow" && !looksAt(rule, index, argument));

function looksAt(rule: CheckedRule, index: number, argument: string): boolean {
  const groups = rule.groups.filter((group) => group.actions.includes(index));
  if (groups.length === 0) return true;
  return groups.every((group) => argumentsRead(rule, group)?.has(argument) !== false);
}

const isHeld = (holds: readonly Hold[], index: number, argument: string): boolean =>
  holds.some((each) => each.argument === argument && each.actions.includes(index));
