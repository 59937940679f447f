// Which names a file uses, for telling which imports it does not need. Names that only declare or that follow a dot do not count.
import type { Item, Module } from "../syntax/ast.ts";

/** Properties whose `Name` nodes declare something or select a part of something else. */
const NO_REFERENCE: ReadonlySet<string> = new Set([
  "name",
  "names",
  "members",
  "alias",
  "variable",
  "actions",
  "action",
  "columns",
  "via",
  "code",
]);

export interface References {
  /** First parts of names in expressions, types, selectors and the like. */
  readonly names: ReadonlySet<string>;
  /** True when a selector is `*`: every imported tool counts as used. */
  readonly everything: boolean;
}

export function referencedNames(module: Module): References {
  const names = new Set<string>();
  let everything = false;
  for (const item of module.items) {
    if (item.kind === "import") continue;
    const inside = known.get(item) ?? namesIn(item);
    known.set(item, inside);
    for (const name of inside.names) names.add(name);
    everything ||= inside.everything;
  }
  return { names, everything };
}

/** A declaration that has not changed names what it named. */
const known = new WeakMap<Item, References>();

function namesIn(item: Item): References {
  const names = new Set<string>();
  let everything = false;
  const pending: { readonly value: unknown; readonly key: string }[] = [{ value: item, key: "" }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, key } = next;
    if (Array.isArray(value)) {
      for (const item of value as readonly unknown[]) pending.push({ value: item, key });
      continue;
    }
    if (typeof value !== "object" || value === null) continue;
    const node = value as {
      readonly kind?: unknown;
      readonly text?: unknown;
      readonly parts?: readonly unknown[];
    };
    if (node.kind === "name") {
      if (typeof node.text === "string" && !NO_REFERENCE.has(key)) names.add(node.text);
      continue;
    }
    if (node.kind === "qualified-name") {
      pending.push({ value: node.parts?.[0], key: "" });
      continue;
    }
    if (node.kind === "everything") everything = true;
    // Most of what a node holds are places and plain values: they name nothing.
    for (const [property, child] of Object.entries(node))
      if (typeof child === "object" && property !== "span") pending.push({ value: child, key: property });
  }
  return { names, everything };
}
