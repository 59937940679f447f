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
    doc: "An argument held in one action and free in another.",
    severity: "warning",
    message:
      "`{name}` holds `args.{argument}`, and {siblings} {takes} it too without any limit or restriction",
    help: "select the other actions as well, or say here why they do no harm",
  },
  function* ({ checked }, finding) {
    const holds = [...holdsOf(checked)];
    const held = new Map<string, Set<number>>();
    for (const { argument, actions } of holds) {
      const all = held.get(argument) ?? new Set();
      for (const index of actions) all.add(index);
      held.set(argument, all);
    }
    const looked = alwaysLookedAt(checked.rules);
    const takers = new Takers(checked);
    yield null;
    for (const hold of holds) {
      const siblings = takers
        .siblingsOf(hold)
        .filter(
          (index) =>
            looked.get(index)?.has(hold.argument) === false && held.get(hold.argument)?.has(index) !== true,
        );
      if (siblings.length > 0)
        yield finding(hold.span, {
          name: hold.name,
          argument: hold.argument,
          siblings: listed(siblings.map((index) => actionName(checked.actions, index))),
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

/** An action that takes an argument of a refined type. */
interface Taker {
  readonly index: number;
  readonly shape: string;
}

/** Who takes what: by argument and tool. */
class Takers {
  readonly #checked: CheckedProgram;
  readonly #byArgument = new Map<string, ReadonlyMap<string, readonly Taker[]>>();

  constructor(checked: CheckedProgram) {
    this.#checked = checked;
  }

  /** Actions of the same tools that take an argument of the same name and the same refined type. */
  siblingsOf({ argument, actions }: Hold): readonly number[] {
    const takers = this.#of(argument);
    const own = new Set(actions);
    const tools = new Set(actions.map((index) => this.#checked.actions[index]?.tool ?? ""));
    const siblings = [...tools].flatMap((tool) => {
      const all = takers.get(tool) ?? [];
      const shapes = new Set(all.filter(({ index }) => own.has(index)).map(({ shape }) => shape));
      return all.filter(({ index, shape }) => !own.has(index) && shapes.has(shape)).map(({ index }) => index);
    });
    return siblings.sort((a, b) => a - b);
  }

  #of(argument: string): ReadonlyMap<string, readonly Taker[]> {
    const known = this.#byArgument.get(argument);
    if (known !== undefined) return known;
    const takers = new Map<string, Taker[]>();
    for (const [index, { tool, params }] of this.#checked.actions.entries()) {
      const type = params.find((each) => each.name === argument)?.type;
      const plain = type?.kind === "optional" ? type.of : type;
      if (plain === undefined || !isRefined(plain.kind)) continue;
      const taker = { index, shape: JSON.stringify(plain) };
      const others = takers.get(tool);
      if (others === undefined) takers.set(tool, [taker]);
      else others.push(taker);
    }
    this.#byArgument.set(argument, takers);
    return takers;
  }
}

/** Plain strings and switches of one name mean many things; numbers and parsed values rarely do. */
const isRefined = (kind: string): boolean => ["parsed", "decimal", "int", "list", "set"].includes(kind);

/** By action: what every `allow` of it looks at, null for everything. Actions that no `allow` selects have no entry. */
function alwaysLookedAt(rules: readonly CheckedRule[]): ReadonlyMap<number, ReadonlySet<string> | null> {
  const looked = new Map<number, ReadonlySet<string> | null>();
  for (const rule of rules) {
    if (rule.declaration.effect !== "allow") continue;
    for (const group of rule.groups) {
      const read = argumentsRead(rule, group);
      for (const action of group.actions) looked.set(action, inBoth(looked.get(action) ?? null, read));
    }
  }
  return looked;
}

const inBoth = (a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): ReadonlySet<string> | null =>
  a === null ? b : b === null || a === b ? a : new Set([...a].filter((each) => b.has(each)));
