// What a printer may ask of the text that a tree came from: its comments, its empty lines, how a literal was written.
import type { Comment } from "../syntax/ast.ts";
import type { Span } from "../source/span.ts";
import { breakParent, type Doc, hardline, suffix } from "./doc.ts";

/** Farthest that a comment stands from what it belongs to. */
const MAX_GAP = 200;
/** What may stand between an element of a list and its comment. */
const OPEN = /^[ \t,{(]*$/;
/** What may stand between a whole node and its comment. */
const CLOSED = /^[ \t,{()\]}]*$/;
/** What may stand between documentation and what it documents. */
const HEAD = /^\s*(?:guard\s+)?(?:package\s*)?$/;

/** Comments are handed out once each, in the order of the text. */
export class SourceText {
  readonly #text: string | null;
  readonly #comments: readonly Comment[];
  #next = 0;

  /** Without a text, for trees that no text belongs to: no comments, no empty lines. */
  constructor(text: string | null, comments: readonly Comment[]) {
    this.#text = text;
    this.#comments = text === null ? [] : comments;
  }

  /** Whether documentation must be written from the tree, because no comments come along. */
  get synthetic(): boolean {
    return this.#text === null;
  }

  /** The text of a node, or null when the tree has none. */
  slice(span: Span): string | null {
    return this.#text === null ? null : this.#text.slice(span.start, span.end);
  }

  /** Comments that begin before `node`, each on a line of its own. */
  leading(node: Span): Doc {
    const taken = this.#take(node.start);
    const docs: Doc[] = [];
    let documents = true;
    for (let index = taken.length - 1; index >= 0; index -= 1) {
      const comment = taken[index];
      if (comment === undefined) continue;
      const after = taken[index + 1]?.span.start ?? node.start;
      documents &&= HEAD.test(this.#text?.slice(comment.span.end, after) ?? "");
      const empty = this.emptyLineBetween(comment.span.end, after);
      docs.push([written(comment, comment.doc && documents), hardline, empty ? hardline : []]);
    }
    return docs.reverse();
  }

  /** Comments that begin before `end` and found no better place, below what has been printed. */
  dangling(end: number): Doc[] {
    return this.#take(end).map((comment) => written(comment, false));
  }

  /** A comment on the line where something ends. `last`: nothing follows it on that line in any layout. */
  trailing(end: number, last: boolean): Doc {
    const next = this.#comments[this.#next];
    if (next === undefined || this.#text === null || next.span.start < end) return [];
    const between = this.#text.slice(end, Math.min(next.span.start, end + MAX_GAP));
    if (end + MAX_GAP < next.span.start || !(last ? CLOSED : OPEN).test(between)) return [];
    this.#next += 1;
    const doc = suffix(` ${written(next, false)}`);
    return last ? doc : [doc, breakParent];
  }

  #take(until: number): Comment[] {
    const taken: Comment[] = [];
    for (let next = this.#comments[this.#next]; next !== undefined && next.span.start < until;) {
      taken.push(next);
      next = this.#comments[++this.#next];
    }
    return taken;
  }

  /** Where the next comment begins, if it does before `offset`; else `offset`. */
  firstFrom(offset: number): number {
    const next = this.#comments[this.#next];
    return next !== undefined && next.span.start < offset ? next.span.start : offset;
  }

  /** Where the bracket ends that closes a list whose last element, or whose head, ends at `from`. */
  endOfList(from: number): number {
    if (this.#text === null) return from;
    const pattern = /(?:[\s,.({]|\/\/[^\n]*)*[)}]/y;
    pattern.lastIndex = from;
    return pattern.test(this.#text) ? pattern.lastIndex : from;
  }

  emptyLineBetween(from: number, to: number): boolean {
    return this.#text !== null && /\n[ \t\r]*\n/.test(this.#text.slice(from, to));
  }
}

const written = (comment: Comment, doc: boolean): string =>
  `${doc ? "///" : "//"}${comment.doc && !doc ? comment.text.replace(/^\/+/, "") : comment.text}`.trimEnd();
