// Where the cursor stands in a YAML file that is still being written: a mark is put there, with what may have to follow.
import { readTree, SourceFile, type Span, type YamlEntry, type YamlNode } from "@aegis/compiler";
import { MARK } from "./cursor.ts";

export interface YamlPlace {
  /** The whole text with the mark, as it could be read. */
  readonly text: string;
  /** Keys and positions in lists, from the document to the mapping or list that holds the mark. */
  readonly path: readonly (string | number)[];
  /** Mappings and lists on the way, from the document inwards. */
  readonly around: readonly YamlNode[];
}

export interface YamlCursor {
  /** Where the word before the cursor begins. */
  readonly start: number;
  /** The rest of the line behind it begins with a colon: the key is there already. */
  readonly isKey: boolean;
  /** First of its line, or of an item of a list. */
  readonly first: boolean;
  /** Null where no key can stand. */
  readonly key: YamlPlace | null;
  /** Null where no value can stand. */
  readonly value: YamlPlace | null;
}

const SILENT = { report: () => undefined };

/** Null in a comment. */
export function yamlCursorAt(file: SourceFile, offset: number): YamlCursor | null {
  const { text } = file;
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  if (/(?:^|\s)#/.test(line.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, ""))) return null;
  const start = offset - (/[\w]*$/.exec(line)?.[0].length ?? 0);
  const end = offset + (/^\w*/.exec(text.slice(offset, offset + 100))?.[0].length ?? 0);
  const lineEnd = text.indexOf("\n", end) < 0 ? text.length : text.indexOf("\n", end);
  const rest = text.slice(end, lineEnd);
  const isKey = /^\s*:(?:\s|$)/.test(rest);
  const first = /^\s*(?:- *)*$/.test(text.slice(lineStart, start));
  const inFlow = /[{,]\s*$/.test(text.slice(lineStart, start));
  const read = (mark: string): YamlPlace | null => {
    const closers = flowClosers(line, rest);
    for (const ending of closers === "" ? [""] : ["", closers])
      for (const after of [text.slice(end), `${rest}\n`]) {
        const tried = `${text.slice(0, start)}${mark}${ending}${after}`;
        const tree = readTree(new SourceFile(file.path, tried), SILENT);
        const found = tree === undefined ? null : placeOf(tree);
        if (found !== null) return { text: tried, ...found };
      }
    return null;
  };
  return {
    start,
    isKey,
    first,
    key: first || inFlow ? read(isKey ? MARK : `${MARK}: x`) : null,
    value: isKey ? null : read(MARK),
  };
}

/** What closes the brackets that are open on the line and not closed behind the cursor. */
function flowClosers(before: string, after: string): string {
  const open: string[] = [];
  for (const [char] of before.replace(/"(?:[^"\\]|\\.)*"?|'[^']*'?/g, "").matchAll(/[[\]{}]/g)) {
    if (char === "{") open.unshift("}");
    else if (char === "[") open.unshift("]");
    else open.shift();
  }
  const closed = [...after.matchAll(/[\]}]/g)].length;
  return open.slice(0, Math.max(0, open.length - closed)).join("");
}

function placeOf(root: YamlNode): Pick<YamlPlace, "path" | "around"> | null {
  const path: (string | number)[] = [];
  const around: YamlNode[] = [];
  const visit = (node: YamlNode): boolean => {
    if (node.kind === "scalar") return node.text.includes(MARK);
    around.push(node);
    const inside: readonly (readonly [string | number, YamlNode])[] =
      node.kind === "sequence"
        ? node.items.map((item, index) => [index, item] as const)
        : node.entries.map(({ key, value }) => [key.text, value] as const);
    for (const [step, value] of inside) {
      // The mark as a key: its mapping is the place.
      if (step === MARK) return true;
      path.push(step);
      if (visit(value)) return true;
      path.pop();
    }
    around.pop();
    return false;
  };
  return visit(root) ? { path, around } : null;
}

/** The key at an offset, and the mapping it stands in; null where there is none, or the file cannot be read. */
export function yamlKeyAt(
  file: SourceFile,
  offset: number,
): { readonly key: string; readonly span: Span; readonly place: YamlPlace } | null {
  const path: (string | number)[] = [];
  const around: YamlNode[] = [];
  let node = readTree(file, SILENT);
  while (node !== undefined && node.kind !== "scalar") {
    around.push(node);
    if (node.kind === "sequence") {
      const index: number = node.items.findIndex(({ span }) => span.start <= offset && offset <= span.end);
      path.push(index);
      node = node.items[index];
      continue;
    }
    for (const { key } of node.entries)
      if (key.span.start <= offset && offset <= key.span.end)
        return { key: key.text, span: key.span, place: { text: file.text, path, around } };
    const entry: YamlEntry | undefined = node.entries.find(
      ({ value }) => value.span.start <= offset && offset <= value.span.end,
    );
    path.push(entry?.key.text ?? "");
    node = entry?.value;
  }
  return null;
}

/** Keys of a mapping but the mark. */
export const keysOf = (node: YamlNode | undefined): readonly string[] =>
  node?.kind === "mapping" ? node.entries.map(({ key }) => key.text).filter((each) => each !== MARK) : [];

/** The text under a key; null when there is none. */
export function textUnder(node: YamlNode | undefined, key: string): string | null {
  const value =
    node?.kind === "mapping" ? node.entries.find((each) => each.key.text === key)?.value : undefined;
  return value?.kind === "scalar" ? value.text : null;
}
