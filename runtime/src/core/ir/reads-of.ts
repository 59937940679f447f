// What expressions name that may be unreadable: by name, whatever the evaluation would look at.
import type { IrExpression, IrReads } from "./ir.ts";
import { eachChild } from "./traverse.ts";

/** Attributes of the context that the enforcement point may not know. */
const CONTEXT_SOURCES: ReadonlySet<string> = new Set(["time", "session"]);

export const NO_READS: IrReads = { labels: [], counters: [], facts: [], context: [] };

/** Sorted, each once. */
export function readsOf(...expressions: readonly IrExpression[]): IrReads {
  const labels = new Set<number>();
  const counters = new Set<number>();
  const facts = new Map<string, { readonly path: string; readonly fact: string }>();
  const context = new Set<string>();
  const visit = (node: IrExpression): void => {
    if (node.kind === "label") labels.add(node.cell);
    if (node.kind === "counter") counters.add(node.cell);
    if (node.kind === "fact")
      facts.set(JSON.stringify([node.path, node.name]), { path: node.path, fact: node.name });
    if (node.kind === "read" && node.root === "context") addContext(node.path[0]);
    eachChild(node, visit);
  };
  const addContext = (name: string | undefined): void => {
    // The whole context names every source.
    if (name === undefined) CONTEXT_SOURCES.forEach((source) => context.add(source));
    else if (CONTEXT_SOURCES.has(name)) context.add(name);
  };
  expressions.forEach(visit);
  return {
    labels: [...labels].sort((a, b) => a - b),
    counters: [...counters].sort((a, b) => a - b),
    facts: [...facts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact),
    context: [...context].sort(),
  };
}
