// Expands selectors to actions: wildcards and groups by the lock file, names that are written out always.
import { dotted } from "../binder/bind-module.ts";
import { declarationDiagnostics } from "../diagnostics/catalogue/declaration.ts";
import { nameDiagnostics } from "../diagnostics/catalogue/name.ts";
import { toolDiagnostics as report } from "../diagnostics/catalogue/tools.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { Selector, SelectorPart } from "../syntax/ast.ts";
import type { Name, QualifiedName } from "../syntax/expression.ts";
import type { Declarations } from "./declare.ts";
import { findQualified, isFailed, namesIn } from "./names/find.ts";
import { suggest } from "./names/suggest-import.ts";
import type { Entry, ModuleTable } from "./names/tables.ts";
import type { ResolvedTool } from "./resolved-program.ts";
import { MAX_CHAIN } from "./types/type-extent.ts";
import type { ToolTable } from "./tools/tool-table.ts";
import { unknownAction } from "./tools/tool-table.ts";

interface Selection {
  /** Each once. */
  readonly actions: readonly number[];
  /** Something in it was reported: that it is empty is no news then. */
  readonly broken: boolean;
}
const BROKEN: Selection = { actions: [], broken: true };

export class Selectors {
  /** By file too: what a policy's parameter stands for differs from `use` to `use`. */
  readonly #selections = new Map<ModuleTable, Map<Selector, readonly number[]>>();
  /** By file, tool and action as they are written: rules name the same few again and again. What was reported is not kept. */
  readonly #named = new Map<ModuleTable, Map<string, Map<string, Selection>>>();
  readonly #groups = new Map<Entry, Selection>();
  readonly #openGroups: Entry[] = [];
  readonly #declarations: Declarations;
  readonly #tools: ToolTable;
  readonly #locked: ReadonlySet<string> | null;

  constructor(declarations: Declarations, tools: ToolTable, locked: ReadonlySet<string> | null) {
    this.#declarations = declarations;
    this.#tools = tools;
    this.#locked = locked;
  }

  /** Action indices, ascending. Mistakes are reported the first time that the selector is asked for. */
  expand(selector: Selector, module: ModuleTable, sink: DiagnosticSink): readonly number[] {
    let selections = this.#selections.get(module);
    if (selections === undefined) this.#selections.set(module, (selections = new Map()));
    const known = selections.get(selector);
    if (known !== undefined) return known;
    const selection = this.#select(selector, module, sink);
    const actions =
      selection.actions.length < 2 ? selection.actions : selection.actions.toSorted((a, b) => a - b);
    selections.set(selector, actions);
    // The library's own groups and labels are about the tools that the project has, if any; what `use` makes of them is ours.
    const at = module.package.std ? module.usedAt : selector.span;
    if (actions.length === 0 && !selection.broken && at !== null)
      sink.report(report["empty-selector"](at, { hint: this.#whyEmpty(selector) }));
    return actions;
  }

  #select(selector: Selector, module: ModuleTable, sink: DiagnosticSink): Selection {
    const [only] = selector.include;
    // Most selectors are one action.
    if (only !== undefined && selector.include.length === 1 && selector.except.length === 0 && !wild(only))
      return this.#part(only, module, sink);
    const actions = new Set<number>();
    let broken = selector.include.length === 0;
    for (const part of selector.include) {
      const selected = this.#part(part, module, sink);
      broken ||= selected.broken;
      for (const action of selected.actions) if (!wild(part) || this.#isLocked(action)) actions.add(action);
    }
    for (const part of selector.except) {
      const selected = this.#part(part, module, sink);
      broken ||= selected.broken;
      for (const action of selected.actions) actions.delete(action);
    }
    return { actions: [...actions], broken };
  }

  #part(part: SelectorPart, module: ModuleTable, sink: DiagnosticSink): Selection {
    switch (part.kind) {
      case "everything":
        return { actions: [...this.#tools.actions.keys()], broken: false };
      case "group":
        return this.#group(part.name, module, sink);
      case "tool":
        return part.tool.parts.length === 1 && part.actions?.length === 1
          ? this.#action(part, part.tool.parts[0]?.text ?? "", part.actions[0]?.text ?? "", module, sink)
          : this.#tool(part.tool, part.actions, module, sink);
    }
  }

  #action(
    part: Extract<SelectorPart, { kind: "tool" }>,
    tool: string,
    action: string,
    module: ModuleTable,
    sink: DiagnosticSink,
  ): Selection {
    let tools = this.#named.get(module);
    if (tools === undefined) this.#named.set(module, (tools = new Map()));
    let actions = tools.get(tool);
    if (actions === undefined) tools.set(tool, (actions = new Map()));
    const known = actions.get(action);
    if (known !== undefined) return known;
    const selection = this.#tool(part.tool, part.actions, module, sink);
    if (!selection.broken) actions.set(action, selection);
    return selection;
  }

  #isLocked(action: number): boolean {
    const type = this.#tools.actions[action];
    return this.#locked === null || type === undefined || this.#locked.has(`${type.tool}.${type.action}`);
  }

  #group(name: QualifiedName, module: ModuleTable, sink: DiagnosticSink): Selection {
    if (name.parts.some((part) => part.text === "")) return BROKEN;
    const found = findQualified(name, "group", module);
    if (found?.kind !== "entry" || found.entry.symbol.node.kind !== "group") {
      if (found === undefined && isFailed(name, module)) return BROKEN;
      const { hint, extra } = suggest(dotted(name), module, {
        space: "group",
        kinds: ["group"],
        otherwise: "declare it with `group`, or import the package that does",
      });
      sink.report(nameDiagnostics["unknown-group"](name.span, { name: dotted(name), hint }, extra));
      return BROKEN;
    }
    const { entry } = found;
    const known = this.#groups.get(entry);
    if (known !== undefined) return known;
    const start = this.#openGroups.indexOf(entry);
    if (start >= 0) {
      const cycle = [...this.#openGroups.slice(start), entry].map((each) => `\`@${each.symbol.name}\``);
      sink.report(report["group-cycle"](name.span, { cycle: cycle.join(" → ") }));
      return BROKEN;
    }
    if (this.#openGroups.length >= MAX_CHAIN) {
      const limit = `more than ${String(MAX_CHAIN)} groups in a row`;
      sink.report(
        declarationDiagnostics["too-large"](entry.symbol.span, {
          what: "group",
          name: entry.symbol.name,
          limit,
        }),
      );
      return BROKEN;
    }
    this.#openGroups.push(entry);
    const selection = this.#select(found.entry.symbol.node.selector, entry.module, sink);
    this.#openGroups.pop();
    this.#groups.set(entry, selection);
    return selection;
  }

  #tool(
    name: QualifiedName,
    actions: readonly Name[] | null,
    module: ModuleTable,
    sink: DiagnosticSink,
  ): Selection {
    if (name.parts.some((part) => part.text === "")) return BROKEN;
    if (module.package.std) return this.#libraryTool(name, actions, module, sink);
    const tool = this.#findTool(name, actions, module, sink);
    return tool === null ? BROKEN : this.#actionsOf(tool, actions, sink);
  }

  /** What a library module names: the tool under each name that the project binds it to, and nothing where it has none. */
  #libraryTool(
    name: QualifiedName,
    actions: readonly Name[] | null,
    module: ModuleTable,
    sink: DiagnosticSink,
  ): Selection {
    const found = findQualified(name, "value", module);
    const isTool = found?.kind === "entry" && found.entry.symbol.node.kind === "tool";
    const tools = isTool ? this.#tools.instances(found.entry) : [];
    const selections = tools.map((tool) => this.#actionsOf(tool, actions, sink));
    return {
      actions: [...new Set(selections.flatMap((each) => each.actions))],
      broken: selections.some((each) => each.broken),
    };
  }

  #actionsOf(tool: ResolvedTool, actions: readonly Name[] | null, sink: DiagnosticSink): Selection {
    if (this.#tools.unknowable.has(tool)) return BROKEN;
    if (actions === null) return { actions: tool.actions.map((each) => each.index), broken: false };
    const selected: number[] = [];
    let broken = false;
    for (const action of actions) {
      const found =
        tool.actions.find((each) => each.name === action.text) ??
        tool.actions.find((each) => this.#tools.actions[each.index]?.action === action.text);
      if (found !== undefined) {
        if (!selected.includes(found.index)) selected.push(found.index);
      } else {
        broken = true;
        if (action.text !== "") sink.report(unknownAction(action.span, tool.name, action.text, tool.actions));
      }
    }
    return { actions: selected, broken };
  }

  #findTool(
    name: QualifiedName,
    actions: readonly Name[] | null,
    module: ModuleTable,
    sink: DiagnosticSink,
  ): ResolvedTool | null {
    const found = findQualified(name, "value", module);
    const declared = found === undefined ? undefined : this.#declarations.of(found);
    if (declared?.kind === "tool") return declared.tool;
    // `tools.git` without an action: the package and the tool were taken for tool and action.
    const [action] = actions ?? [];
    if (declared?.kind === "package" && actions?.length === 1 && action !== undefined) {
      const whole = { ...name, parts: [...name.parts, action] };
      const inside = findQualified(whole, "value", module);
      const tool = inside === undefined ? undefined : this.#declarations.of(inside);
      if (tool?.kind === "tool") {
        sink.report(report["action-missing"](action.span, { name: dotted(whole) }));
        return null;
      }
    }
    if (declared !== undefined && declared.kind !== "package") {
      sink.report(report["not-a-tool"](name.span, { name: dotted(name), kind: declared.kind }));
      return null;
    }
    if (declared === undefined && isFailed(name, module)) return null;
    const tools = namesIn("value", module, ["tool", "tools"]);
    const few = tools.length <= 8 && tools.length > 0 ? `the tools here are ${tools.join(", ")}; ` : "";
    const { hint, extra } = suggest(dotted(name), module, {
      space: "value",
      kinds: ["tool", "tools"],
      otherwise: `${few}import it from \`std.tools\`, read its manifest with \`tools\`, or declare it with \`tool\``,
    });
    sink.report(report["unknown-tool"](name.span, { name: dotted(name), hint }, extra));
    return null;
  }

  #whyEmpty(selector: Selector): string {
    if (selector.except.length > 0) return "`except` takes away everything that is selected";
    if (this.#tools.actions.length === 0) return "no tool is declared: import one or read a manifest";
    const grouped = selector.include.some((part) => part.kind === "group");
    if (grouped && this.#locked === null)
      return "a group of the library holds those of its tools that the project imports: `import std.tools.{…}`";
    return this.#locked === null
      ? "the tools named have no actions"
      : "wildcards and groups select what `aegis.lock` lists: run `aegisc lock` to take in new actions";
  }
}

/** Parts that grow when tools do. */
const wild = (part: SelectorPart): boolean => part.kind !== "tool" || part.actions === null;
