// Finds rules by their conditions: all that ask for nothing beyond a given list, without trying the lists that no rule has.
import type { RuleShape } from "./rule-shape.ts";
import { MAX_INDEXED_ACTIONS } from "./rule-shape.ts";

const ANY_ACTION = -1;

/** Rules with the conditions on the way here, the highest number first. */
interface Branch {
  readonly shapes: RuleShape[];
  next: Map<number, Branch> | null;
}

export class ShapeIndex {
  /** By kind, then by action. */
  readonly #roots = new Map<number, Map<number, Branch>>();

  constructor(shapes: readonly RuleShape[]) {
    for (const shape of shapes)
      for (const { actions, conditions } of shape.groups) {
        if (conditions === null) continue;
        if (actions.length > MAX_INDEXED_ACTIONS) this.#enter(ANY_ACTION, conditions, shape);
        else for (const action of actions) this.#enter(action, conditions, shape);
      }
  }

  #enter(action: number, conditions: readonly number[], shape: RuleShape): void {
    let byAction = this.#roots.get(shape.kind);
    if (byAction === undefined) this.#roots.set(shape.kind, (byAction = new Map()));
    let branch = byAction.get(action);
    if (branch === undefined) byAction.set(action, (branch = { shapes: [], next: null }));
    for (let index = conditions.length - 1; index >= 0; index--)
      branch = below(branch, conditions[index] ?? -1);
    branch.shapes.push(shape);
  }

  /**
   * The first rule of the kind that is about the action, or about so many that it is found without, and is `wanted`: with
   * these conditions, or with `some` of them only. Fewer of the later conditions come first.
   */
  find(
    {
      kind,
      action,
      conditions,
    }: { readonly kind: number; readonly action: number; readonly conditions: readonly number[] },
    some: boolean,
    wanted: (shape: RuleShape) => boolean,
  ): RuleShape | undefined {
    const byAction = this.#roots.get(kind);
    const search = (
      one: Branch | undefined,
      other: Branch | undefined,
      left: number,
    ): RuleShape | undefined => {
      if (one === undefined && other === undefined) return undefined;
      const found = some || left === 0 ? (one?.shapes.find(wanted) ?? other?.shapes.find(wanted)) : undefined;
      if (found !== undefined) return found;
      for (let index = some ? 0 : left - 1; index < left; index++) {
        const condition = conditions[index] ?? -1;
        const deeper = search(one?.next?.get(condition), other?.next?.get(condition), index);
        if (deeper !== undefined) return deeper;
      }
      return undefined;
    };
    return search(byAction?.get(action), byAction?.get(ANY_ACTION), conditions.length);
  }
}

function below(branch: Branch, condition: number): Branch {
  branch.next ??= new Map();
  let next = branch.next.get(condition);
  if (next === undefined) branch.next.set(condition, (next = { shapes: [], next: null }));
  return next;
}
