// Makes the lock of a program, and compares two.
import { compareUtf8, sha256Hex } from "@aegis/runtime/core";
import { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { ResolvedModule, ResolvedProgram } from "../resolver/resolved-program.ts";
import type { Selector } from "../syntax/ast.ts";
import { LOCK_VERSION } from "./lock-file.ts";
import type { LockFile } from "./lock-file.ts";

/** `program` must be resolved without a lock (`lockedActions: null`), or nothing new would ever be pinned. */
export function makeLock(program: ResolvedProgram): LockFile {
  const nameOf = (index: number): string => {
    const action = program.actions[index];
    return action === undefined ? "" : `${action.tool}.${action.action}`;
  };
  const manifests = new Map<string, string>();
  const selections = new Map<string, readonly string[]>();
  const select = (id: string, module: ResolvedModule, selector: Selector): void => {
    // Mistakes have been reported when the program was resolved.
    const actions = module.expand(selector, new DiagnosticList());
    selections.set(
      id,
      [...new Set([...(selections.get(id) ?? []), ...actions.map(nameOf)])].sort(compareUtf8),
    );
  };
  for (const module of program.modules)
    for (const item of module.module.items) {
      const id = "name" in item ? `${module.package}.${item.name.text}` : "";
      if (item.kind === "tools") {
        const file = program.inputs.readManifest(item.manifest.span.file, item.manifest.value);
        if (file.ok) manifests.set(file.path, `sha256:${sha256Hex(file.text)}`);
      } else if (item.kind === "group") select(id, module, item.selector);
      else if (item.kind === "limit" && isWild(item.selector)) select(id, module, item.selector);
      else if (item.kind === "label")
        for (const transition of item.transitions)
          if (isWild(transition.selector) && (transition.on === "call" || transition.on === "result"))
            select(id, module, transition.selector);
    }
  for (const { id, module, node } of program.rules)
    if (isWild(node.selector)) select(id, module, node.selector);
  return {
    version: LOCK_VERSION,
    manifests: sorted(manifests),
    actions: program.actions.map((_, index) => nameOf(index)).sort(compareUtf8),
    selections: sorted(selections),
  };
}

/** Whether what the selector means depends on what is declared elsewhere. */
export const isWild = (selector: Selector): boolean =>
  [...selector.include, ...selector.except].some((part) => part.kind !== "tool" || part.actions === null);

const sorted = <Value>(entries: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
  new Map([...entries].sort(([a], [b]) => compareUtf8(a, b)));

export interface LockDifference {
  readonly kind: "manifest" | "action" | "selection";
  readonly change: "added" | "removed" | "changed";
  /** Path, `tool.action`, or `package.name`. */
  readonly name: string;
  /** For a selection: what it gained and lost. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What locking anew would change, sorted; empty when the lock is up to date. */
export function compareLocks(old: LockFile, now: LockFile): readonly LockDifference[] {
  const found: LockDifference[] = [];
  const compare = <Value>(
    kind: LockDifference["kind"],
    before: ReadonlyMap<string, Value>,
    after: ReadonlyMap<string, Value>,
    members: (value: Value) => readonly string[],
  ): void => {
    for (const name of [...new Set([...before.keys(), ...after.keys()])].sort(compareUtf8)) {
      const was = before.get(name);
      const is = after.get(name);
      const added =
        is === undefined
          ? []
          : members(is).filter((each) => was === undefined || !members(was).includes(each));
      const removed =
        was === undefined
          ? []
          : members(was).filter((each) => is === undefined || !members(is).includes(each));
      if (was !== undefined && is !== undefined && added.length + removed.length === 0) continue;
      const change = was === undefined ? "added" : is === undefined ? "removed" : "changed";
      found.push({
        kind,
        change,
        name,
        added: kind === "selection" ? added : [],
        removed: kind === "selection" ? removed : [],
      });
    }
  };
  const asMap = (names: readonly string[]): ReadonlyMap<string, string> =>
    new Map(names.map((name) => [name, ""]));
  compare("manifest", old.manifests, now.manifests, (digest) => [digest]);
  compare("action", asMap(old.actions), asMap(now.actions), () => []);
  compare("selection", old.selections, now.selections, (actions) => actions);
  return found;
}
