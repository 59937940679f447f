// Which exports of a library module the policies of a file name: `net.is_public`, or `is_public` after `import std.net.{is_public}`.
import type { Module } from "@aegis/compiler";

/** Names of exports of `std.<library>` that `module` reads in rules, functions, labels, limits and uses; for tools `tool.action`. */
export function referencesTo(library: string, module: Module): ReadonlySet<string> {
  const whole = new Set<string>();
  const single = new Map<string, string>();
  for (const item of module.items) {
    if (item.kind !== "import") continue;
    const path = item.path.parts.map((part) => part.text).join(".");
    if (path === `std.${library}`) {
      if (item.names === null) whole.add(item.alias?.text ?? library);
      else for (const name of item.names) single.set(name.text, name.text);
    } else if (path.startsWith(`std.${library}.`)) {
      const name = path.slice(`std.${library}.`.length);
      single.set(item.alias?.text ?? name, name);
    }
  }
  const found = new Set<string>();
  const pending: unknown[] = module.items.filter((item) => item.kind !== "import");
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (Array.isArray(next)) {
      pending.push(...(next as readonly unknown[]).filter((each) => each !== undefined));
      continue;
    }
    if (typeof next !== "object" || next === null) continue;
    const dotted = dottedName(next as Node);
    const [first, second, third] = dotted ?? [];
    if (first !== undefined && second !== undefined && whole.has(first)) {
      found.add(second);
      if (third !== undefined) found.add(`${second}.${third}`);
    } else if (first !== undefined) {
      const name = single.get(first);
      if (name !== undefined) found.add(name);
      if (name !== undefined && second !== undefined) found.add(`${name}.${second}`);
    }
    pending.push(...Object.values(next as Node).filter((each) => each !== undefined));
  }
  return found;
}

interface Node {
  readonly [property: string]: unknown;
}

const textOf = (name: unknown): string => {
  const text = (name as Node | null)?.["text"];
  return typeof text === "string" ? text : "";
};

/** The parts of a name, a dotted name, a chain of fields, or the action of a step or selector. */
function dottedName(node: Node | undefined): readonly string[] | null {
  if (node === undefined) return null;
  const { kind } = node;
  if (kind === "name") return [textOf(node)];
  if (kind === "field") {
    const before = dottedName(node["of"] as Node | undefined);
    return before === null ? null : [...before, textOf(node["name"])];
  }
  if (kind === "qualified-name") return (node["parts"] as readonly unknown[]).map(textOf);
  if ((kind === "step" || kind === "cases") && node["tool"] !== undefined)
    return [...(dottedName(node["tool"] as Node) ?? []), textOf(node["action"])];
  return null;
}
