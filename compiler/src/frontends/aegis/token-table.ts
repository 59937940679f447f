// Every token that an author can write, with its pattern and its colour: for editors' grammars, and for their colours.
import { RESERVED_CONSTANTS } from "../../syntax/reserved-words.ts";
import {
  CLAUSE_WORDS,
  DECISION_WORDS,
  DECLARATION_WORDS,
  INFIX_WORDS,
  type Kind,
  NUMERIC,
  POSTFIX_WORDS,
} from "./tokens.ts";

/** How editors colour a token; the TextMate grammar is generated from these. */
export type TokenKind =
  | "keyword"
  | "declaration"
  | "decision"
  | "operator"
  | "constant"
  | "string"
  | "regexp"
  | "number"
  | "name"
  | "punctuation"
  | "comment"
  | "mistake";

export interface TokenEntry {
  readonly name: string;
  /** A word or sign as text, anything else as a pattern. */
  readonly pattern: string | RegExp;
  readonly kind: TokenKind;
}

/** Words and signs, in the order in which editors try them. */
const FIXED: readonly (readonly [TokenKind, readonly string[]])[] = [
  ["declaration", DECLARATION_WORDS],
  ["decision", DECISION_WORDS],
  ["keyword", CLAUSE_WORDS],
  ["operator", ["is", "not", "if", "then", "any", "all", "count"]],
  ["operator", ["and", "or", "in", "else"]],
  ["operator", POSTFIX_WORDS],
  ["operator", INFIX_WORDS],
  ["constant", RESERVED_CONSTANTS],
  ["constant", ["null"]],
  ["punctuation", ["..."]],
  ["operator", [".."]],
  ["punctuation", ["."]],
  ["operator", ["->"]],
  ["punctuation", [",", ":", "{", "}", "(", ")", "[", "]", "@", "?"]],
  ["operator", ["==", "!=", "<=", "<", ">=", ">", "=", "+", "-", "**", "*", "%", "|"]],
  ["mistake", ["&&", "||", "===", "!==", "<>", "!", ";"]],
];

const QUOTED = '"[^"\\\\\\n]*(?:\\\\[^\\n][^"\\\\\\n]*)*';
const FREE: readonly TokenEntry[] = [
  { name: "Regex", pattern: new RegExp(`re${QUOTED}"`), kind: "regexp" },
  { name: "Text", pattern: new RegExp(`${QUOTED}"`), kind: "string" },
  { name: "Time", pattern: NUMERIC.Time, kind: "number" },
  { name: "Duration", pattern: NUMERIC.Duration, kind: "number" },
  { name: "Number", pattern: NUMERIC.Number, kind: "number" },
  { name: "QuotedName", pattern: /`[^`\n]*`/, kind: "name" },
  { name: "Name", pattern: /[A-Za-z_][A-Za-z0-9_]*/, kind: "name" },
  { name: "SingleQuoted", pattern: /'[^'\n]*'/, kind: "mistake" },
  { name: "OpenRegex", pattern: new RegExp(`re${QUOTED}\\\\?`), kind: "mistake" },
  { name: "OpenText", pattern: new RegExp(`${QUOTED}\\\\?`), kind: "mistake" },
  { name: "BadNumber", pattern: NUMERIC.BadNumber, kind: "mistake" },
  { name: "Comment", pattern: /\/\/[^\n]*/, kind: "comment" },
];

export const TOKEN_TABLE: readonly TokenEntry[] = [
  ...FREE,
  ...FIXED.flatMap(([kind, texts]) => texts.map((text) => ({ name: text, pattern: text, kind }))),
];

const COLOURS: ReadonlyMap<string, TokenKind> = new Map(TOKEN_TABLE.map(({ name, kind }) => [name, kind]));

/** The colour of a token of `kind` that is written `text`; `broken` is one that the lexer has reported. */
export function colourOf(kind: Kind, text: string, broken: boolean): TokenKind {
  if (broken || (kind === "Text" && text.startsWith("'"))) return "mistake";
  return COLOURS.get(FREE_KINDS.has(kind) ? kind : text) ?? "name";
}
const FREE_KINDS: ReadonlySet<string> = new Set(FREE.map(({ name }) => name));
