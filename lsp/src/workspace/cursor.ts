// Where the cursor stands in a text that is still being written: the declaration around it is closed and read as if it were whole.
import {
  nodesAt,
  parseModule,
  SourceFile,
  tokensOf,
  walkNodes,
  type Item,
  type JsonNode,
  type PlacedNode,
  type TextToken,
} from "@aegis/compiler";

/** Stands in the text where the cursor is, so that the tree tells what belongs there. */
export const MARK = "aegis_cursor_";

export interface Cursor {
  /** Where the word before the cursor begins. */
  readonly start: number;
  /** Tokens of the declaration before that word. */
  readonly tokens: readonly TextToken[];
  /** First of its line. */
  readonly first: boolean;
  /** Nodes around the mark, from the declaration inwards; null when nothing fits there that could be a name. */
  readonly path: readonly PlacedNode[] | null;
  readonly item: Item | null;
  /** In a comment or a text (but not in a placeholder). */
  readonly quoted: "comment" | "text" | null;
}

const STARTS =
  /^(?:\s*(?:shadow\b.*|allow|deny|withhold|sanitize|require\s+approval)\s+[\w`][^:]*:|(?:package|guard|import|tools?|enum|type|agent|context|const|data|param|fn|pattern|fact|group|label|limit|policy|use|exception|test|property|allow|deny|withhold|sanitize|require|shadow)\b)/;

/** What may have to follow the mark for the declaration to be whole. */
const ENDINGS = [
  "",
  ".x",
  " {}",
  ".x {}",
  ": true",
  " then true else true",
  " else true",
  " with mask",
  " = 1",
  " == 1",
  " per session",
  ".x per session",
  " to 1 per session",
  ".x to 1 per session",
  ": bool = true",
  "): bool = true",
  ": string",
  " { true -> deny }",
  "()",
  " expect deny",
  ".x expect deny",
] as const;

/** How far back the beginning of a declaration is looked for, in lines. */
const MOST_LINES = 400;

export function cursorAt(file: SourceFile, offset: number): Cursor {
  const { text } = file;
  const word = /[A-Za-z_]\w*$/.exec(text.slice(Math.max(0, offset - 100), offset))?.[0] ?? "";
  const start = offset - word.length;
  const from = declarationStart(file, start);
  const before = text.slice(from, start);
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const first = text.slice(lineStart, start).trim() === "";
  const tokens = tokensOf(before);
  const quoted = quotedAt(before);
  const place = quoted?.placeholder === undefined ? { before, closing: "" } : inPlaceholder(before, quoted);
  if (quoted !== null && quoted.placeholder === undefined)
    return { start, tokens, first, path: null, item: null, quoted: quoted.kind };
  const found = reading(file.path, place.before, place.closing, tokens);
  return { start, tokens, first, path: found?.path ?? null, item: found?.item ?? null, quoted: null };
}

function declarationStart(file: SourceFile, offset: number): number {
  const { line: last } = file.positionAt(offset);
  for (let line = last; line >= Math.max(0, last - MOST_LINES); line -= 1) {
    const content = file.lineText(line);
    const start = file.lineStarts[line] ?? 0;
    // The word at the cursor itself begins nothing yet.
    if (STARTS.test(content.slice(0, Math.max(0, offset - start))) && start < offset) return start;
  }
  return file.lineStarts[Math.max(0, last - MOST_LINES)] ?? 0;
}

interface Quoted {
  readonly kind: "comment" | "text";
  /** Where the open placeholder begins. */
  readonly placeholder?: number;
}

/** Whether the end of the text lies in a comment or in double quotes; both end with their line. */
function quotedAt(before: string): Quoted | null {
  const lineStart = before.lastIndexOf("\n") + 1;
  let open = -1;
  for (let at = lineStart; at < before.length; at += 1) {
    const char = before[at];
    if (open >= 0 && char === "\\") at += 1;
    else if (char === '"') open = open >= 0 ? -1 : at;
    else if (open < 0 && before.startsWith("//", at)) return { kind: "comment" };
  }
  if (open < 0) return null;
  const inside = before.slice(open + 1);
  const brace = inside.search(/(?<!\\)\{[^}]*$/);
  const template = /\b(?:because|hint)\s*$/.test(before.slice(0, open));
  return brace >= 0 && template ? { kind: "text", placeholder: open + 1 + brace } : { kind: "text" };
}

/** The expression of an open placeholder as the condition of the rule, which reads the same places. */
function inPlaceholder(before: string, quoted: Quoted): { before: string; closing: string } {
  const at = quoted.placeholder ?? 0;
  return { before: before.slice(0, at + 1), closing: `${before.slice(at + 1)}${MARK}}"` };
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ["{", "}"],
  ["(", ")"],
  ["[", "]"],
]);

function reading(
  path: string,
  before: string,
  closing: string,
  tokens: readonly TextToken[],
): { readonly path: readonly PlacedNode[]; readonly item: Item } | null {
  const open: string[] = [];
  for (const { text } of tokens) {
    const close = CLOSING.get(text);
    if (close !== undefined) open.unshift(close);
    else if (open[0] === text) open.shift();
  }
  for (const ending of closing === "" ? ENDINGS : [""]) {
    const text = closing === "" ? `${before}${MARK}${ending}${open.join("")}` : `${before}${closing}`;
    const { module } = parseModule(new SourceFile(path, text));
    const found = markIn(module.items);
    if (found === null) continue;
    const around = nodesAt(module, found);
    const item = around[1];
    if (item !== undefined) return { path: around, item: item as Item };
  }
  return null;
}

/** The offset of the mark in a tree that holds it. */
function markIn(items: readonly Item[]): number | null {
  for (const item of items)
    for (const node of walkNodes({ item })) {
      const at = markOf(node as PlacedNode & Partial<JsonObject>);
      if (at !== null) return at;
    }
  return null;
}

type JsonObject = Extract<JsonNode, { kind: "json-object" }>;

function markOf(node: PlacedNode & Partial<JsonObject>): number | null {
  if (("text" in node && node.text === MARK) || ("value" in node && node.value === MARK))
    return node.span.start;
  return node.kind === "json-object"
    ? (node.members?.find((each) => each.key === MARK)?.keySpan.start ?? null)
    : null;
}
