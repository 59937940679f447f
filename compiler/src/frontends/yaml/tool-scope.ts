// The tools that a file can name, and what is known of their arguments.
import type { ActionNode, Selector, ToolDeclaration } from "../../syntax/ast.ts";
import type { Name, QualifiedName } from "../../syntax/expression.ts";

/** Parameters by action; null: not known here (a manifest, or a package of the author's). */
export type KnownActions = ReadonlyMap<string, ReadonlySet<string>> | null;

export interface ScopedTool {
  /** Name in source. */
  readonly source: string;
  readonly actions: KnownActions;
  /** Nothing declares it: any argument is accepted, the listed actions are all there are. */
  readonly open: boolean;
}

/** What may be said of arguments of the actions that a selector picks. */
export interface SelectedArguments {
  /** Names that at least one selected action is known to have. */
  readonly names: ReadonlySet<string>;
  /** False when some selected action is not known. */
  readonly complete: boolean;
  /** Selected actions of open tools. */
  readonly open: readonly { readonly tool: string; readonly action: string }[];
}

export const actionsOf = (actions: readonly ActionNode[]): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    actions.map((action) => [action.name.text, new Set(action.params.map((param) => param.name.text))]),
  );

export class ToolScope {
  readonly #library: ReadonlyMap<string, ToolDeclaration>;
  readonly #tools = new Map<string, ScopedTool>();
  /** Other names of declared tools: on the wire. */
  readonly #aliases = new Map<string, string>();
  readonly #groups = new Map<string, Selector>();
  /** Library tools used without an import of their own, by their name in source. */
  readonly implied = new Map<string, Name>();

  /** `library`: the tools that `std.tools` declares, by wire name. */
  constructor(library: ReadonlyMap<string, ToolDeclaration>) {
    this.#library = library;
  }

  get sourceNames(): Iterable<string> {
    return this.#tools.keys();
  }

  declare(tool: ScopedTool, wire: string | null): void {
    this.#tools.set(tool.source, tool);
    if (wire !== null && wire !== tool.source) this.#aliases.set(wire, tool.source);
  }

  declareGroup(name: string, selector: Selector): void {
    this.#groups.set(name, selector);
  }

  /** The library's declaration of a tool, by its name in `std.tools`. */
  libraryTool(name: string): ToolDeclaration | undefined {
    return [...this.#library.values()].find((tool) => tool.name.text === name);
  }

  /** The tool of that name in source or on the wire; a library tool is imported by being named. */
  find(name: Name): ScopedTool | undefined {
    const known = this.#tools.get(name.text) ?? this.#tools.get(this.#aliases.get(name.text) ?? "");
    if (known !== undefined) return known;
    const library = this.#library.get(name.text) ?? this.libraryTool(name.text);
    if (library === undefined) return undefined;
    const tool: ScopedTool = { source: library.name.text, actions: actionsOf(library.actions), open: false };
    this.declare(tool, library.wire?.value ?? null);
    this.implied.set(tool.source, { kind: "name", span: name.span, text: tool.source });
    return tool;
  }

  /** A tool name as written, in source form; unknown ones are the resolver's to report. */
  rename(name: QualifiedName): QualifiedName {
    const [only] = name.parts;
    if (only === undefined || name.parts.length !== 1) return name;
    const tool = this.find(only);
    return tool === undefined || tool.source === only.text
      ? name
      : { ...name, parts: [{ ...only, text: tool.source }] };
  }

  selector(selector: Selector): Selector {
    const rename = (part: Selector["include"][number]): Selector["include"][number] =>
      part.kind === "tool" ? { ...part, tool: this.rename(part.tool) } : part;
    return { ...selector, include: selector.include.map(rename), except: selector.except.map(rename) };
  }

  /** Ignores `except`: an argument that only excepted actions have is found out by the checker. */
  arguments(selector: Selector, seen: ReadonlySet<string> = new Set()): SelectedArguments {
    const names = new Set<string>();
    const open: { tool: string; action: string }[] = [];
    let complete = true;
    const add = (tool: ScopedTool, wanted: readonly Name[] | null): void => {
      if (tool.actions === null) {
        complete = false;
        return;
      }
      for (const [action, params] of tool.actions) {
        if (wanted !== null && !wanted.some((each) => each.text === action)) continue;
        for (const param of params) names.add(param);
        if (tool.open) open.push({ tool: tool.source, action });
      }
    };
    for (const part of selector.include) {
      if (part.kind === "everything") {
        complete = false;
        for (const tool of this.#tools.values()) add(tool, null);
      } else if (part.kind === "tool") {
        const [only] = part.tool.parts;
        const tool = part.tool.parts.length === 1 && only !== undefined ? this.find(only) : undefined;
        if (tool === undefined) complete = false;
        else add(tool, part.actions);
      } else {
        const [only] = part.name.parts;
        const group =
          part.name.parts.length === 1 && only !== undefined ? this.#groups.get(only.text) : undefined;
        if (only === undefined || group === undefined || seen.has(only.text)) {
          complete = false;
          continue;
        }
        const inner = this.arguments(group, new Set([...seen, only.text]));
        for (const name of inner.names) names.add(name);
        open.push(...inner.open);
        complete &&= inner.complete;
      }
    }
    return { names, complete: complete && open.length === 0, open };
  }
}

/** `git.push`: tool and action. */
export function splitAction(name: QualifiedName): { tool: QualifiedName; action: Name } | undefined {
  const action = name.parts.at(-1);
  const tool = name.parts.slice(0, -1);
  const last = tool.at(-1);
  if (action === undefined || last === undefined) return undefined;
  return { tool: { ...name, span: { ...name.span, end: last.span.end }, parts: tool }, action };
}
