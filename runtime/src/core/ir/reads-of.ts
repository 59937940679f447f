// What expressions name that may be unreadable: by name, whatever the evaluation would look at.
import type { IrExpression, IrReads } from "./ir.ts";
import { eachChild, someNode } from "./traverse.ts";

/** Attributes of the context that the enforcement point may not know. */
const CONTEXT_SOURCES: ReadonlySet<string> = new Set(["time", "session"]);

/** Nodes that may name something. */
const NAMING: ReadonlySet<IrExpression["kind"]> = new Set(["label", "counter", "fact", "read"]);

export const NO_READS: IrReads = { labels: [], counters: [], facts: [], context: [] };

function namesSomething(node: IrExpression): boolean {
  switch (node.kind) {
    case "read":
      return node.root === "context";
    case "label":
    case "counter":
    case "fact":
      return true;
    default:
      return false;
  }
}

/** Sorted, each once; `NO_READS` itself where there are none. */
export function readsOf(...expressions: readonly IrExpression[]): IrReads {
  // Nearly always: then nothing is collected.
  if (!expressions.some((each) => someNode(each, namesSomething))) return NO_READS;
  const names = new NamesRead();
  const visit = (node: IrExpression): void => {
    names.addNode(node);
    eachChild(node, visit);
  };
  expressions.forEach(visit);
  return names.sorted();
}

/** What a node names by itself, without its children; `NO_READS` itself where that is nothing. */
export function ownReads(node: IrExpression): IrReads {
  if (!NAMING.has(node.kind)) return NO_READS;
  const names = new NamesRead();
  names.addNode(node);
  return names.sorted();
}

/** All of them together; `NO_READS` itself where there are none. */
export function unionReads(parts: readonly IrReads[]): IrReads {
  const names = new NamesRead();
  for (const part of parts) names.add(part);
  return names.sorted();
}

class NamesRead {
  readonly #labels = new Set<number>();
  readonly #counters = new Set<number>();
  readonly #facts = new Map<string, IrReads["facts"][number]>();
  readonly #context = new Set<string>();

  /** What the node itself names. */
  addNode(node: IrExpression): void {
    if (node.kind === "label") this.#labels.add(node.cell);
    if (node.kind === "counter") this.#counters.add(node.cell);
    if (node.kind === "fact") this.#addFact({ path: node.path, fact: node.name });
    if (node.kind === "read" && node.root === "context") this.#addContext(node.path[0]);
  }

  add({ labels, counters, facts, context }: IrReads): void {
    for (const cell of labels) this.#labels.add(cell);
    for (const cell of counters) this.#counters.add(cell);
    for (const fact of facts) this.#addFact(fact);
    for (const name of context) this.#context.add(name);
  }

  /** `NO_READS` itself where there are none. */
  sorted(): IrReads {
    const names = [this.#labels, this.#counters, this.#facts, this.#context];
    if (names.every(({ size }) => size === 0)) return NO_READS;
    return {
      labels: [...this.#labels].sort((a, b) => a - b),
      counters: [...this.#counters].sort((a, b) => a - b),
      facts: [...this.#facts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact),
      context: [...this.#context].sort(),
    };
  }

  #addFact(fact: IrReads["facts"][number]): void {
    this.#facts.set(JSON.stringify([fact.path, fact.fact]), { path: fact.path, fact: fact.fact });
  }

  /** The whole context names every source. */
  #addContext(name: string | undefined): void {
    for (const source of CONTEXT_SOURCES)
      if (name === undefined || name === source) this.#context.add(source);
  }
}
