// Compares a module with what its conversion reads as, item by item, whatever the order.
import type { Item, Module } from "../syntax/ast.ts";

const PLACES: ReadonlySet<string> = new Set(["span", "opSpan", "keySpan"]);
/** Kinds whose documentation becomes a comment in YAML. */
const COMMENTED: ReadonlySet<string> = new Set(["enum", "type", "pattern", "group", "attributes"]);

/** Items of the first that the second does not have. */
export function lostItems(before: Module, after: Module): readonly Item[] {
  const found = new Map<string, number>();
  for (const item of merged(after.items)) found.set(keyOf(item), (found.get(keyOf(item)) ?? 0) + 1);
  return merged(before.items).filter((item) => {
    const key = keyOf(item);
    const count = found.get(key) ?? 0;
    found.set(key, count - 1);
    return count === 0;
  });
}

/** Attribute blocks of one kind say together what one block says. */
function merged(items: readonly Item[]): readonly Item[] {
  const blocks = (of: "agent" | "context"): readonly Item[] => {
    const found = items.filter((item) => item.kind === "attributes").filter((item) => item.of === of);
    const [first] = found;
    return first === undefined ? [] : [{ ...first, fields: found.flatMap((each) => each.fields) }];
  };
  return [...items.filter((item) => item.kind !== "attributes"), ...blocks("agent"), ...blocks("context")];
}

/** The item without places; YAML decides absence by itself, which changes nothing where Aegis has decided it. */
const keyOf = (item: Item): string => JSON.stringify(plain(item, COMMENTED.has(item.kind)));

/** Trees are built in several places: keys are compared whatever their order. */
function plain(value: unknown, withoutDoc: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => plain(each, withoutDoc));
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .filter(([key]) => !PLACES.has(key) && key !== "absentDecides" && !(withoutDoc && key === "doc"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, plain(inner, withoutDoc)]);
}
