// Parses a text that differs a little from one that was parsed before: only the declarations around the change are read
// again, the others are kept and moved. Gives what `parseModule` gives, or null where it cannot be sure of that.
//
// INVARIANT: the declarations that are kept are the same objects as before. Their spans are moved where they stand, so the
// tree of the earlier text is used up: whoever calls this must not look at it again.
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { shiftedDiagnostic } from "../../diagnostics/shifted-diagnostic.ts";
import type { SourceFile } from "../../source/source-file.ts";
import type { Span } from "../../source/span.ts";
import type { Comment, Item, Module } from "../../syntax/ast.ts";
import type { ParsedModule } from "./parse.ts";
import { parseFragment, withoutClosers } from "./parse.ts";

/** Declarations before the change that are read again: what stands there may go on into the change. */
const BEFORE = 1;
/** Declarations after it that must come out as they were: proof that the rest would, too. */
const AFTER = 2;
/** So many declarations after the change may come out otherwise: half a line may swallow the beginning of the next one. */
const SWALLOWED = [0, 1, 6];
/** Up to so many declarations are read to the end of the file where it is near. */
const FEW = 40;

export function reparse(before: SourceFile, parsed: ParsedModule, after: SourceFile): ParsedModule | null {
  const { module } = parsed;
  const { items } = module;
  const change = changeBetween(before.text, after.text);
  const touched = items.findIndex((item) => item.span.end >= change.start);
  const first = (touched < 0 ? items.length : touched) - BEFORE;
  const kept = items[first - 1];
  // The head of the file and what follows it are read with the whole.
  if (module.package === null || kept === undefined || parsed.level !== true) return null;
  const found = items.findIndex((item, index) => index >= first && item.span.start > change.end);
  const next = found < 0 ? items.length : found;
  const from = lineAfter(before.text, kept.span.end);
  const firstStart = items[first]?.span.start ?? before.text.length;
  if (from === null || from > Math.min(firstStart, change.start)) return null;
  for (const swallowed of SWALLOWED) {
    const read = readBetween(before, parsed, after, { first, from, next: next + swallowed });
    if (read !== "swallowed") return read;
  }
  return null;
}

/** Reads from `from` to the proof at `next`; "swallowed" when the proof did not come out as it was. */
function readBetween(
  before: SourceFile,
  parsed: ParsedModule,
  after: SourceFile,
  { first, from, next }: { readonly first: number; readonly from: number; readonly next: number },
): ParsedModule | "swallowed" | null {
  const { module } = parsed;
  const { items } = module;
  const delta = after.text.length - before.text.length;
  const toEnd = next + AFTER > items.length;
  if (toEnd && items.length - first > FEW) return null;
  const proof = toEnd ? [] : items.slice(next, next + AFTER);
  const to = proof.at(-1)?.span.end ?? before.text.length;

  const fragment = parseFragment(after.path, after.text.slice(from, to + delta), from);
  if (!fragment.level) return "swallowed";
  const read = fragment.items.slice(0, fragment.items.length - proof.length);
  const again = fragment.items.slice(fragment.items.length - proof.length);
  const proofStart = (proof[0]?.span.start ?? to) + (toEnd ? 0 : delta);
  if (proof.length !== again.length || !proof.every((item, index) => sameAt(item, again[index], delta)))
    return "swallowed";
  if (!toEnd && fragment.found.some((each) => each.span.end > proofStart)) return "swallowed";

  const rest = toEnd ? [] : items.slice(next);
  for (const item of rest) move(item, delta);
  const restStart = toEnd ? Number.POSITIVE_INFINITY : proofStart - delta;
  const earlier = parsed.found ?? parsed.diagnostics;
  const found = [
    ...earlier.filter((each) => each.span.start < from),
    ...fragment.found,
    ...earlier.filter((each) => each.span.start >= restStart).map((each) => shiftedDiagnostic(each, delta)),
  ];
  return {
    module: {
      ...module,
      span: { ...module.span, end: after.text.length },
      items: [...items.slice(0, first), ...read, ...rest],
      comments: comments(module, fragment.comments, { from, restStart, delta, proofStart }),
    },
    diagnostics: withoutClosers(after, found),
    found,
    level: true,
  };
}

/**
 * Takes over the declarations of an earlier tree into one that was read from nothing, where their text is the same and
 * nothing is wrong with them: what is known of them stays known.
 */
export function takeOver(
  before: SourceFile,
  earlier: ParsedModule,
  after: SourceFile,
  fresh: ParsedModule,
): ParsedModule {
  const known = new Map<string, Item[]>();
  for (const item of soundItems(earlier)) {
    const text = before.text.slice(item.span.start, item.span.end);
    known.set(text, [...(known.get(text) ?? []), item]);
  }
  const sound = new Set(soundItems(fresh));
  const items = fresh.module.items.map((item) => {
    const same = sound.has(item)
      ? known.get(after.text.slice(item.span.start, item.span.end))?.shift()
      : undefined;
    if (same === undefined || same.kind !== item.kind || same.doc !== item.doc) return item;
    move(same, item.span.start - same.span.start);
    return same;
  });
  return { ...fresh, module: { ...fresh.module, items } };
}

/** Those in which no mistake stands. */
function soundItems({ module, diagnostics, found = diagnostics }: ParsedModule): readonly Item[] {
  const places = found.map((each) => each.span.start).sort((a, b) => a - b);
  let next = 0;
  return module.items.filter(({ span }) => {
    while ((places[next] ?? Number.POSITIVE_INFINITY) < span.start) next += 1;
    return (places[next] ?? Number.POSITIVE_INFINITY) > span.end;
  });
}

function comments(
  module: Module,
  read: readonly Comment[],
  at: {
    readonly from: number;
    readonly restStart: number;
    readonly delta: number;
    readonly proofStart: number;
  },
): readonly Comment[] {
  const rest = module.comments.filter((each) => each.span.start >= at.restStart);
  return [
    ...module.comments.filter((each) => each.span.start < at.from),
    ...read.filter((each) => each.span.start < at.proofStart || at.restStart === Number.POSITIVE_INFINITY),
    ...rest.map((each) => ({ ...each, span: shifted(each.span, at.delta) })),
  ];
}

const shifted = (span: Span, delta: number): Span => ({
  file: span.file,
  start: span.start + delta,
  end: span.end + delta,
});

const sameAt = (item: Item, again: Item | undefined, delta: number): boolean =>
  again !== undefined &&
  item.kind === again.kind &&
  item.span.start + delta === again.span.start &&
  item.span.end + delta === again.span.end;

/** The part of the earlier text that is another in the later one. */
function changeBetween(a: string, b: string): { readonly start: number; readonly end: number } {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  let tail = 0;
  while (tail < most - start && a.charCodeAt(a.length - 1 - tail) === b.charCodeAt(b.length - 1 - tail))
    tail += 1;
  return { start, end: a.length - tail };
}

/** The start of the next line, when nothing but a comment stands before it. */
function lineAfter(text: string, from: number): number | null {
  const end = text.indexOf("\n", from);
  return end < 0 || !/^[ \t\r]*(?:\/\/.*)?$/.test(text.slice(from, end)) ? null : end + 1;
}

// ------------------------------------------------------------------------------------------------------- moving a tree

type Movable = { -readonly [Key in keyof Span]: Span[Key] };

/** The spans of a declaration, each once: collected when it is moved first. */
const spansOf = new WeakMap<Item, readonly Movable[]>();

function move(item: Item, delta: number): void {
  if (delta === 0) return;
  const spans = spansOf.get(item) ?? collectSpans(item);
  spansOf.set(item, spans);
  for (const span of spans) {
    span.start += delta;
    span.end += delta;
  }
}

function collectSpans(item: Item): readonly Movable[] {
  const found = new Set<Movable>();
  const pending: object[] = [item];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if ("file" in node && "start" in node && "end" in node) {
      found.add(node as Movable);
      continue;
    }
    for (const key in node) {
      const value = (node as Record<string, unknown>)[key];
      if (typeof value === "object" && value !== null) pending.push(value);
    }
  }
  return [...found];
}

/** With diagnostics that share no span with the tree, so that moving the one leaves the other. */
export function detached({ diagnostics, found, ...parsed }: ParsedModule): ParsedModule {
  const apart = (all: readonly Diagnostic[]) => all.map((each) => shiftedDiagnostic(each, 0));
  return { ...parsed, diagnostics: apart(diagnostics), found: apart(found ?? diagnostics) };
}
