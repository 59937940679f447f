// Actions by the names on the wire: Maps, so that no name of a caller's reaches anything but what was declared.
import type { ActionIndex, IrAction } from "../ir/ir.ts";

export type ActionsByName = ReadonlyMap<string, ReadonlyMap<string, ActionIndex>>;

/** By tool, then by action. */
export function indexActions(actions: readonly IrAction[]): ActionsByName {
  const tools = new Map<string, Map<string, ActionIndex>>();
  for (const [index, { tool, action }] of actions.entries()) {
    const known = tools.get(tool) ?? new Map<string, ActionIndex>();
    tools.set(tool, known.set(action, index));
  }
  return tools;
}
