// Layout: a document of texts and possible line breaks becomes lines no wider than asked, where that can be.

export type Doc =
  | string
  | readonly Doc[]
  | { readonly kind: "indent"; readonly of: Doc }
  /** On one line if it fits and holds no hard break, else all its own breaks are taken. */
  | { readonly kind: "group"; readonly of: Doc; readonly broken: boolean }
  | { readonly kind: "line"; readonly how: "soft" | "space" | "hard" | "empty" }
  /** Only where the group is broken. */
  | { readonly kind: "if-broken"; readonly of: string }
  /** At the end of the line, whatever comes between: comments. */
  | { readonly kind: "suffix"; readonly of: string }
  /** Breaks the groups around it. */
  | { readonly kind: "break-parent" };

/** A space, or a line break where the group is broken. */
export const line: Doc = { kind: "line", how: "space" };
/** Nothing, or a line break where the group is broken. */
export const softline: Doc = { kind: "line", how: "soft" };
export const hardline: Doc = { kind: "line", how: "hard" };
/** A line break with an empty line before it. */
export const emptyLine: Doc = { kind: "line", how: "empty" };
export const breakParent: Doc = { kind: "break-parent" };
export const indent = (of: Doc): Doc => ({ kind: "indent", of });
export const group = (of: Doc): Doc => ({ kind: "group", of, broken: breaks(of) });
export const suffix = (of: string): Doc => ({ kind: "suffix", of });
export const ifBroken = (of: string): Doc => ({ kind: "if-broken", of });

export function join(separator: Doc, docs: readonly Doc[]): Doc {
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc]));
}

/** Whether a document holds a hard break; inner groups know already. */
function breaks(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (isList(doc)) return doc.some(breaks);
  switch (doc.kind) {
    case "indent":
      return breaks(doc.of);
    case "group":
      return doc.broken;
    case "line":
      return doc.how === "hard" || doc.how === "empty";
    case "break-parent":
      return true;
    case "if-broken":
    case "suffix":
      return false;
  }
}

const isList = (doc: Doc): doc is readonly Doc[] => Array.isArray(doc);

interface Task {
  readonly doc: Doc;
  readonly indent: number;
  readonly broken: boolean;
}

const INDENT = 2;

/** Lays out a document; ends without a line break, no line has spaces at its end. */
export function layOut(root: Doc, width: number): string {
  const output: string[] = [];
  const suffixes: string[] = [];
  const tasks: Task[] = [{ doc: root, indent: 0, broken: true }];
  let column = 0;
  const newline = (spaces: number, empty: boolean) => {
    output.push(...suffixes.splice(0));
    trimEnd(output);
    output.push(empty ? "\n\n" : "\n", " ".repeat(spaces));
    column = spaces;
  };
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { doc, broken } = task;
    if (typeof doc === "string") {
      output.push(doc);
      column += doc.length;
    } else if (isList(doc)) {
      for (let index = doc.length - 1; index >= 0; index -= 1)
        tasks.push({ doc: doc[index] ?? "", indent: task.indent, broken });
    } else
      switch (doc.kind) {
        case "indent":
          tasks.push({ doc: doc.of, indent: task.indent + INDENT, broken });
          break;
        case "group": {
          const flat = { doc: doc.of, indent: task.indent, broken: false };
          const fits = !doc.broken && fitsIn(width - column, flat, tasks);
          tasks.push(fits ? flat : { ...flat, broken: true });
          break;
        }
        case "line":
          if (broken || doc.how === "hard" || doc.how === "empty") newline(task.indent, doc.how === "empty");
          else if (doc.how === "space") {
            output.push(" ");
            column += 1;
          }
          break;
        case "if-broken":
          if (broken) {
            output.push(doc.of);
            column += doc.of.length;
          }
          break;
        case "suffix":
          suffixes.push(doc.of);
          break;
        case "break-parent":
          break;
      }
  }
  output.push(...suffixes);
  trimEnd(output);
  return output.join("");
}

function trimEnd(output: string[]): void {
  for (let last = output.pop(); last !== undefined; last = output.pop()) {
    const kept = last.replace(/^ +$/, "");
    if (kept === "") continue;
    output.push(kept.endsWith(" ") ? kept.trimEnd() : kept);
    return;
  }
}

/** Whether `first`, and what follows it up to the next possible break, fits. */
function fitsIn(room: number, first: Task, rest: readonly Task[]): boolean {
  const tasks: Task[] = [first];
  let next = rest.length;
  let left = room;
  while (left >= 0) {
    let task = tasks.pop();
    if (task === undefined) {
      next -= 1;
      task = rest[next];
      if (task === undefined) return true;
    }
    const { doc, broken } = task;
    if (typeof doc === "string") left -= doc.length;
    else if (isList(doc))
      for (let index = doc.length - 1; index >= 0; index -= 1)
        tasks.push({ doc: doc[index] ?? "", indent: 0, broken });
    else if (doc.kind === "indent") tasks.push({ doc: doc.of, indent: 0, broken });
    else if (doc.kind === "group") tasks.push({ doc: doc.of, indent: 0, broken: doc.broken || broken });
    else if (doc.kind === "line") {
      if (broken || doc.how === "hard" || doc.how === "empty") return true;
      if (doc.how === "space") left -= 1;
    } else if (doc.kind === "if-broken" && broken) left -= doc.of.length;
  }
  return false;
}
