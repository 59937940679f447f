// What rules read beside themselves, and which names mean something else when it changes: rules that do not say them need
// not be looked at again.
import type { ResolvedProgram } from "../../resolver/resolved-program.ts";
import type { Import, Item } from "../../syntax/ast.ts";

export interface Surroundings {
  /** By identity: where one differs, any rule may mean something else. */
  readonly fixed: readonly unknown[];
  /** Declarations that a rule only reaches by saying their names, in the order of the program. */
  readonly named: readonly Item[];
  /** Names that imports should have brought: where one is said, nothing is told. */
  readonly failed: readonly string[];
}

export const NO_SURROUNDINGS: Surroundings = { fixed: [], named: [], failed: [] };

export function surroundingsOf(program: ResolvedProgram): Surroundings {
  const fixed: unknown[] = [program.inputs];
  const named: Item[] = [];
  const failed: string[] = [];
  for (const { module, package: name, failures } of program.modules) {
    fixed.push(module.file, name, module.guard);
    failed.push(...failures);
    for (const item of module.items) {
      const role = roleOf(item);
      if (role === "fixed") fixed.push(item);
      else if (role === "named") named.push(item);
    }
  }
  return { fixed, named, failed };
}

/**
 * "fixed": what shapes calls, agents and surroundings, or comes from outside, is there without being named. "none": no rule
 * reads it; rules that a `use` makes are checked anew each time.
 */
function roleOf(item: Item): "fixed" | "named" | "none" {
  switch (item.kind) {
    case "tool":
    case "tools":
    case "attributes":
    case "data":
    case "param":
      return "fixed";
    case "import":
      return item.on === null ? "named" : "fixed";
    case "rule":
    case "policy":
    case "use":
    case "exception":
    case "test":
    case "property":
      return "none";
    default:
      return "named";
  }
}

/** Names that may mean something else now; null where anything may. */
export function changedNames(before: Surroundings, after: Surroundings): ReadonlySet<string> | null {
  if (!sameList(before.fixed, after.fixed)) return null;
  const names = new Set<string>();
  for (const each of differing(before.failed, after.failed)) names.add(each);
  const changed = differing(before.named, after.named);
  for (const item of changed) for (const name of declaredBy(item)) names.add(name);
  if (names.size === 0) return names;
  // Declarations that say such a name mean something else themselves.
  const rest = new Set(after.named);
  for (let grows = true; grows;) {
    grows = false;
    for (const item of rest) {
      if (!says(item, names)) continue;
      rest.delete(item);
      grows = true;
      for (const name of declaredBy(item)) names.add(name);
    }
  }
  const reaches = after.fixed.some((each) => isNode(each) && says(each, names));
  return reaches ? null : names;
}

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);

/** What stands between the common beginning and the common end, in either list: order counts where names clash. */
function differing<Each>(a: readonly Each[], b: readonly Each[]): readonly Each[] {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return [...a.slice(start, a.length - end), ...b.slice(start, b.length - end)];
}

function declaredBy(item: Item): readonly string[] {
  if (item.kind === "import") return broughtBy(item);
  const members = item.kind === "enum" ? item.members.map((each) => each.text) : [];
  return "name" in item ? [item.name.text, ...members] : members;
}

function broughtBy({ path, names, alias }: Import): readonly string[] {
  return [...path.parts, ...(names ?? []), ...(alias === null ? [] : [alias])].map((each) => each.text);
}

const said = new WeakMap<object, ReadonlySet<string>>();

/** Whether a tree holds one of the names, wherever. */
export function says(node: object, names: ReadonlySet<string>): boolean {
  const all = said.get(node) ?? namesWithin(node);
  said.set(node, all);
  for (const name of all) if (names.has(name)) return true;
  return false;
}

function namesWithin(node: object): ReadonlySet<string> {
  const names = new Set<string>();
  const pending: object[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ("kind" in next && next.kind === "name" && "text" in next && typeof next.text === "string") {
      names.add(next.text);
      continue;
    }
    for (const [key, value] of Object.entries(next) as [string, unknown][])
      if (isNode(value) && key !== "span") pending.push(value);
  }
  return names;
}

const isNode = (value: unknown): value is object => typeof value === "object" && value !== null;
