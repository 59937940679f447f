// Actions that read alike: those in which everything that an expression reads has the same type.
import type { Field, Type } from "@aegis/runtime/core";
import type { ResolvedActionType } from "../../resolver/resolved-program.ts";
import type { Reads } from "./reads.ts";

/** Groups of action indices, each ascending, in the order of their first action. */
export function groupActions(
  actions: readonly number[],
  all: readonly ResolvedActionType[],
  reads: Reads,
): readonly (readonly number[])[] {
  if (actions.length < 2) return actions.length === 0 ? [] : [actions];
  const names = reads.args.toSorted();
  const groups = new Map<string, number[]>();
  for (const index of actions) {
    const action = all[index];
    if (action === undefined) continue;
    const parts = reads.wholeArgs
      ? action.params.map((field) => `${JSON.stringify(field.name)}:${typeKey(field.type)}`)
      : names.map((name) => fieldKey(action.params, name));
    if (reads.result) parts.push(`result:${typeKey(action.result)}`);
    const key = parts.join(";");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return [...groups.values()];
}

function fieldKey(params: readonly Field[], name: string): string {
  const field = params.find((each) => each.name === name);
  return field === undefined ? "-" : typeKey(field.type);
}

const keys = new WeakMap<Type, string>();
function typeKey(type: Type): string {
  const known = keys.get(type);
  if (known !== undefined) return known;
  const key = JSON.stringify(type);
  keys.set(type, key);
  return key;
}
