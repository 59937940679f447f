// The kinds of tokens of Aegis: the words and signs of its grammar by their own text, the rest by what they are.
import { RESERVED_CONSTANTS, RESERVED_OPERATORS } from "../../syntax/reserved-words.ts";

/** Words that open a declaration, a rule or a line of a test. */
export const DECLARATION_WORDS = [
  "package",
  "guard",
  "import",
  "tools",
  "tool",
  "enum",
  "type",
  "agent",
  "context",
  "const",
  "data",
  "param",
  "fn",
  "pattern",
  "fact",
  "group",
  "label",
  "limit",
  "policy",
  "use",
  "exception",
  "test",
  "property",
  "shadow",
  "step",
  "cases",
  "given",
] as const;
export const DECISION_WORDS = [
  "allow",
  "deny",
  "withhold",
  "sanitize",
  "require",
  "approval",
  "approval_needed",
] as const;
export const CLAUSE_WORDS = [
  "as",
  "on",
  "max",
  "list",
  "set",
  "map",
  "string",
  "clear",
  "call",
  "result",
  "denied",
  "key",
  "for",
  "each",
  "per",
  "session",
  "tenant",
  "to",
  "sum",
  "settle",
  "over",
  "until",
  "having",
  "when",
  "unless",
  "because",
  "hint",
  "by",
  "of",
  "role",
  "user",
  "via",
  "redact",
  "matching",
  "with",
  "remove",
  "mask",
  "hash",
  "replace",
  "truncate",
  "waive",
  "granted",
  "counter",
  "after",
  "at",
  "facts",
  "approved",
  "ok",
  "error",
  "unknown",
  "expect",
  "hidden",
  "visible",
  "code",
  "reason",
  "where",
  "except",
  "ignore",
  "case",
  "args",
  "non",
  "empty",
] as const;
export const POSTFIX_WORDS = ["present", "absent", "has"] as const;
export const INFIX_WORDS = ["within", "under", "matches"] as const;

type Keyword =
  | (typeof DECLARATION_WORDS)[number]
  | (typeof DECISION_WORDS)[number]
  | (typeof CLAUSE_WORDS)[number]
  | (typeof POSTFIX_WORDS)[number]
  | (typeof INFIX_WORDS)[number]
  | (typeof RESERVED_OPERATORS)[number]
  | (typeof RESERVED_CONSTANTS)[number]
  | "null";

/** Of signs that begin alike the longer one comes first. */
const SIGN_KINDS = [
  "...",
  "..",
  ".",
  "->",
  ",",
  ":",
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  "@",
  "?",
  "==",
  "!=",
  "<=",
  "<",
  ">=",
  ">",
  "=",
  "+",
  "-",
  "**",
  "*",
  "%",
  "|",
  ";",
] as const;
type SignKind = (typeof SIGN_KINDS)[number];

/** What a token is to the grammar. `Name` and `QuotedName` are no keywords; `End` follows the last token. */
export type Kind =
  Keyword | SignKind | "Name" | "QuotedName" | "Text" | "Regex" | "Number" | "Duration" | "Time" | "End";

/** Bits of a token's notes. */
export const NOTE = {
  /** First on its line. */
  first: 1,
  /** Can be a name everywhere. */
  word: 2,
  /** Any word at all: after a dot, before `:` in a list of fields, as a key of JSON. */
  anyWord: 4,
  /** A sign or a word between two operands. */
  infix: 8,
  /** An expression can begin with it. */
  starts: 16,
  /** The lexer has reported that it is not whole: no closing quote, letters stuck to a number. */
  broken: 32,
  /** From this bit on: the open braces before it. */
  depth: 64,
} as const;

const NAME = NOTE.word | NOTE.anyWord | NOTE.starts;
const notes = new Map<string, number>();
const mark = (kinds: readonly Kind[], bits: number): void => {
  for (const kind of kinds) notes.set(kind, (notes.get(kind) ?? 0) | bits);
};
mark([...DECLARATION_WORDS, ...DECISION_WORDS, ...CLAUSE_WORDS, ...POSTFIX_WORDS, ...INFIX_WORDS], NAME);
mark(["null", "Name", "QuotedName"], NAME);
mark([...RESERVED_OPERATORS, ...RESERVED_CONSTANTS], NOTE.anyWord);
mark(["and", "or", "in", "else", ...INFIX_WORDS], NOTE.infix);
mark(["==", "!=", "<=", "<", ">=", ">", "=", "+", "-", "*", "%"], NOTE.infix);
mark(["not", "if", "any", "all", "count", "true", "false", "-", "(", "{", "["], NOTE.starts);
mark(["Text", "Regex", "Number", "Duration", "Time"], NOTE.starts);

/** What a token is, and the notes that all of its like have. */
export interface TokenClass {
  readonly kind: Kind;
  readonly notes: number;
}
const CLASSES = new Map<Kind, TokenClass>();
export function tokenOf(kind: Kind): TokenClass {
  const known = CLASSES.get(kind) ?? { kind, notes: notes.get(kind) ?? 0 };
  CLASSES.set(kind, known);
  return known;
}
/** As it is reported: not whole. */
export const brokenToken = (kind: Kind): TokenClass => ({ kind, notes: tokenOf(kind).notes | NOTE.broken });

interface FixedToken extends TokenClass {
  readonly text: string;
}
const fixed = (text: string, kind: Kind): FixedToken => ({ text, kind, notes: tokenOf(kind).notes });

const KEYWORDS: ReadonlyMap<string, FixedToken> = new Map(
  [
    ...DECLARATION_WORDS,
    ...DECISION_WORDS,
    ...CLAUSE_WORDS,
    ...POSTFIX_WORDS,
    ...INFIX_WORDS,
    ...RESERVED_OPERATORS,
    ...RESERVED_CONSTANTS,
    "null" as const,
  ].map((word) => [word, fixed(word, word)]),
);
/** What a word is; undefined for a plain name. */
export const keyword = (word: string): FixedToken | undefined => KEYWORDS.get(word);

/** Signs of other languages, which people write out of habit: each is read as what it stands for, and reported. */
export const WRONG_SIGNS = [
  ["===", "=="],
  ["!==", "!="],
  ["<>", "!="],
  ["!", "not"],
  ["&&", "and"],
  ["||", "or"],
] as const satisfies readonly (readonly [string, Kind])[];

const SIGNS: readonly FixedToken[] = [
  ...SIGN_KINDS.map((sign) => fixed(sign, sign)),
  ...WRONG_SIGNS.map(([sign, kind]) => fixed(sign, kind)),
].sort((a, b) => b.text.length - a.text.length);
/** By the code of their first character, longer ones first. */
const SIGNS_BY_CODE = new Map<number, FixedToken[]>();
/** Those of one character by its code, and whether a longer one goes on with a character: mostly none does. */
const SHORT_SIGNS = Array<TokenClass | undefined>(128).fill(undefined);
const GOES_ON = Array<boolean>(128).fill(false);
for (const sign of SIGNS) {
  const { text, kind } = sign;
  const code = text.charCodeAt(0);
  SIGNS_BY_CODE.set(code, [...(SIGNS_BY_CODE.get(code) ?? []), sign]);
  if (text.length > 1) GOES_ON[text.charCodeAt(1)] = true;
  else if (text === kind) SHORT_SIGNS[code] = sign;
}

/** The sign that one character is, whatever stands behind the next one; undefined where there may be another. */
export const shortSign = (code: number, next: number): TokenClass | undefined =>
  GOES_ON[next] === true ? undefined : SHORT_SIGNS[code];

/** The sign that stands at `at`. */
export const signAt = (text: string, at: number): FixedToken | undefined =>
  SIGNS_BY_CODE.get(text.charCodeAt(at))?.find((sign) => text.startsWith(sign.text, at));

/** What begins with a digit; the first that fits is it. */
export const NUMERIC = {
  Time: /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z)?(?![A-Za-z0-9_])/y,
  Duration: /\d+(?:ms|s|m|h|d)(?![A-Za-z0-9_])/y,
  Number: /\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?(?![A-Za-z0-9_])/y,
  /** A number with letters stuck to it: `10MB`. */
  BadNumber: /\d[A-Za-z0-9_]*(?:\.\d[A-Za-z0-9_]*)?/y,
} as const;

const LABELS: ReadonlyMap<Kind, string> = new Map<Kind, string>([
  ["Name", "a name"],
  ["QuotedName", "a name"],
  ["Text", "a text in double quotes"],
  ["Regex", "a pattern"],
  ["Number", "a number"],
  ["Duration", "a duration such as `30m`"],
  ["Time", "a date"],
  ["End", "the end"],
]);
/** A kind in the words of a message. */
export const labelOf = (kind: Kind): string => LABELS.get(kind) ?? `\`${kind}\``;

/** Words that an author may have meant at the start of a declaration. */
export const DECLARATION_STARTS: readonly string[] = [
  ...DECLARATION_WORDS.filter((word) => !["package", "guard", "step", "cases", "given"].includes(word)),
  "allow",
  "deny",
  "withhold",
  "sanitize",
  "require",
];
/** Words that start a rule. */
export const RULE_STARTS: readonly string[] = ["allow", "deny", "withhold", "sanitize", "require", "shadow"];
/** Words that start a line of a test. */
export const TEST_STARTS: readonly string[] = [
  "agent",
  "context",
  "given",
  "after",
  "at",
  "step",
  "cases",
  "expect",
];
