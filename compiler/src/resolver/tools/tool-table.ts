// All tools of a program: collected under their wire names, checked against each other, their actions numbered.
import { compareUtf8, printType } from "@aegis/runtime/core";
import type { Field } from "@aegis/runtime/core";
import { toolDiagnostics as report } from "../../diagnostics/catalogue/tools.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import { foldName } from "../../manifests/index.ts";
import type { Span } from "../../source/span.ts";
import type { Entry } from "../names/tables.ts";
import type { ResolvedAction, ResolvedActionType, ResolvedTool } from "../resolved-program.ts";
import { narrows } from "../types/narrows.ts";
import type { ActionInstance, ToolInstance } from "./tool-instance.ts";

/** Makes the actions of a declaration; null when they cannot be known, which was reported. */
export type ActionsOf = (entry: Entry) => readonly ActionInstance[] | null;

export class ToolTable {
  readonly #instances: ToolInstance[] = [];
  readonly #byEntry = new Map<Entry, Map<string, ToolInstance>>();
  readonly #inferred = new Map<Entry, ToolInstance>();
  readonly #actionsOf: ActionsOf;
  readonly #sink: DiagnosticSink;
  readonly #resolved = new Map<ToolInstance, ResolvedTool>();
  readonly #unread = new Set<ToolInstance>();
  /** Tools whose manifest could not be read: nothing about their actions is reported. */
  readonly unknowable = new Set<ResolvedTool>();
  actions: readonly ResolvedActionType[] = [];

  constructor(actionsOf: ActionsOf, sink: DiagnosticSink) {
    this.#actionsOf = actionsOf;
    this.#sink = sink;
  }

  /** Enters a declared tool, under its own wire name or the one that an import at `span` binds it to. */
  declare(entry: Entry, imported: { readonly on: string | null; readonly span: Span } | null): void {
    const { node } = entry.symbol;
    if (node.kind !== "tool" && node.kind !== "tools") return;
    const own = node.kind === "tool" ? node.wire : null;
    const wire = imported?.on ?? own?.value ?? node.name.text;
    const of = this.#byEntry.get(entry) ?? new Map<string, ToolInstance>();
    this.#byEntry.set(entry, of);
    if (of.has(wire)) return;
    const namedAt = imported?.span ?? own?.span ?? node.name.span;
    if (wire === "") this.#sink.report(report["empty-wire-name"](namedAt));
    const actions = [...of.values()][0]?.actions ?? this.#actionsOf(entry);
    const instance: ToolInstance = {
      entry,
      name: entry.symbol.name,
      wire,
      actions: actions ?? [],
      inferred: false,
      namedAt,
    };
    of.set(wire, instance);
    this.#instances.push(instance);
    if (actions === null) this.#unread.add(instance);
  }

  /** Enters a tool that a front end made up: typed by the declared tool of that name, else open. Call after `declare`. */
  infer(entry: Entry): void {
    const { node } = entry.symbol;
    if (node.kind !== "tool") return;
    const wire = node.wire?.value ?? node.name.text;
    const declared = this.#declaredAs(wire);
    if (declared !== undefined) {
      this.#inferred.set(entry, declared);
      if (!this.#unread.has(declared)) this.#checkActions(entry, declared);
      return;
    }
    const actions = this.#actionsOf(entry) ?? [];
    const index = this.#instances.findIndex((each) => each.inferred && each.wire === wire);
    const earlier = this.#instances[index];
    this.#sink.report(report["open-tool"](node.name.span, { name: wire }));
    if (earlier === undefined) {
      const instance = {
        entry,
        name: node.name.text,
        wire,
        actions,
        inferred: true,
        namedAt: node.name.span,
      };
      this.#inferred.set(entry, instance);
      this.#instances.push(instance);
      return;
    }
    const merged = { ...earlier, actions: this.#mergeActions(earlier.actions, actions) };
    this.#instances[index] = merged;
    for (const [key, value] of this.#inferred) if (value === earlier) this.#inferred.set(key, merged);
    this.#inferred.set(entry, merged);
  }

  /** Whether a declared tool goes by this name. */
  declares(wire: string): boolean {
    return this.#declaredAs(wire) !== undefined;
  }

  #declaredAs(wire: string): ToolInstance | undefined {
    const declared = this.#instances.filter((each) => !each.inferred);
    return declared.find((each) => each.wire === wire) ?? declared.find((each) => each.name === wire);
  }

  #checkActions(entry: Entry, declared: ToolInstance): void {
    const { node } = entry.symbol;
    if (node.kind !== "tool") return;
    for (const action of node.actions) {
      const wire = action.wire?.value ?? action.name.text;
      if (declared.actions.some((each) => each.wire === wire || each.name === wire)) continue;
      this.#sink.report(unknownAction(action.name.span, declared.wire, wire, declared.actions));
    }
  }

  #mergeActions(earlier: readonly ActionInstance[], later: readonly ActionInstance[]): ActionInstance[] {
    const actions = new Map(earlier.map((action) => [action.wire, action]));
    for (const action of later) {
      const known = actions.get(action.wire);
      actions.set(action.wire, known === undefined ? action : this.#mergeParams(known, action));
    }
    return [...actions.values()];
  }

  #mergeParams(known: ActionInstance, action: ActionInstance): ActionInstance {
    const params = new Map<string, Field>(known.params.map((field) => [field.name, field]));
    for (const field of action.params) {
      const earlier = params.get(field.name);
      if (earlier === undefined) params.set(field.name, field);
      else if (narrows(earlier.type, field.type)) params.set(field.name, field);
      else if (!narrows(field.type, earlier.type)) {
        const [a, b] = [printType(earlier.type), printType(field.type)];
        const names = { name: field.name, action: action.wire, a, b };
        this.#sink.report(report["conflicting-inference"](action.declaredAt, names));
      }
    }
    return { ...known, params: [...params.values()] };
  }

  /** Checks wire names against each other and numbers the actions. */
  finish(): void {
    const wires = new Map<string, ToolInstance>();
    for (const instance of this.#instances) {
      const folded = foldName(instance.wire);
      const earlier = wires.get(folded);
      if (earlier === undefined) wires.set(folded, instance);
      else this.#reportAlike(instance, earlier);
    }
    const rows = this.#instances
      .flatMap((tool) => tool.actions.map((action) => ({ tool, action })))
      .sort((a, b) => compareUtf8(a.tool.wire, b.tool.wire) || compareUtf8(a.action.wire, b.action.wire));
    this.actions = rows.map(({ tool, action }) => ({
      tool: tool.wire,
      action: action.wire,
      params: action.params,
      open: action.open,
      result: action.result,
      doc: action.doc,
      declaredAt: action.declaredAt,
      annotations: action.annotations,
    }));
    const own = new Map<ToolInstance, ResolvedAction[]>(this.#instances.map((each) => [each, []]));
    rows.forEach(({ tool, action }, index) => {
      own.get(tool)?.push({ name: action.name, index, node: action.node });
    });
    for (const [instance, actions] of own) {
      const tool: ResolvedTool = {
        name: instance.name,
        wire: instance.wire,
        actions,
        inferred: instance.inferred,
        declaredAt: instance.entry.symbol.span,
      };
      this.#resolved.set(instance, tool);
      if (this.#unread.has(instance)) this.unknowable.add(tool);
    }
  }

  #reportAlike(instance: ToolInstance, earlier: ToolInstance): void {
    const extra = { related: [{ span: earlier.namedAt, message: "first here" }] };
    this.#sink.report(
      instance.wire === earlier.wire
        ? report["duplicate-tool"](instance.namedAt, { name: instance.wire }, extra)
        : report["confusable-name"](instance.namedAt, { name: instance.wire, other: earlier.wire }, extra),
    );
  }

  /** The tool that a declaration stands for, once numbered; undefined when the program does not hold it. */
  tool(entry: Entry, on: string | null): ResolvedTool | undefined {
    const of = this.#byEntry.get(entry);
    const { node } = entry.symbol;
    const own = node.kind === "tool" ? (node.wire?.value ?? node.name.text) : entry.symbol.name;
    const instance = this.#inferred.get(entry) ?? of?.get(on ?? own) ?? [...(of?.values() ?? [])][0];
    return instance === undefined ? undefined : this.#resolved.get(instance);
  }

  /** A declaration under every name that the program binds it to; none when the program does not hold it. */
  instances(entry: Entry): readonly ResolvedTool[] {
    return [...(this.#byEntry.get(entry)?.values() ?? [])].flatMap(
      (instance) => this.#resolved.get(instance) ?? [],
    );
  }
}

export const unknownAction = (
  span: Span,
  tool: string,
  name: string,
  actions: readonly { readonly name: string }[],
) => {
  const known = actions.map((action) => action.name);
  const few =
    known.length <= 8 && known.length > 0 ? `its actions are ${known.join(", ")}` : "see its declaration";
  return report["unknown-action"](span, { tool, name, hint: didYouMean(name, known, few) });
};
