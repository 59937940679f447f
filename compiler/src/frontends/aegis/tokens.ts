// The token table of Aegis: one entry a token, with its pattern and its kind for highlighting.
import { createToken, Lexer, type TokenType } from "chevrotain";
import type { RESERVED_OPERATORS } from "../../syntax/reserved-words.ts";
import { RESERVED_CONSTANTS } from "../../syntax/reserved-words.ts";

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

/** Words that open a declaration, a rule or a line of a test. */
const DECLARATION_WORDS = [
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
const DECISION_WORDS = [
  "allow",
  "deny",
  "withhold",
  "sanitize",
  "require",
  "approval",
  "approval_needed",
] as const;
const CLAUSE_WORDS = [
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
const POSTFIX_WORDS = ["present", "absent", "has"] as const;
const INFIX_WORDS = ["within", "under", "matches"] as const;

export type Keyword =
  | (typeof DECLARATION_WORDS)[number]
  | (typeof DECISION_WORDS)[number]
  | (typeof CLAUSE_WORDS)[number]
  | (typeof POSTFIX_WORDS)[number]
  | (typeof INFIX_WORDS)[number]
  | (typeof RESERVED_OPERATORS)[number]
  | (typeof RESERVED_CONSTANTS)[number]
  | "null";

/** Any word at all: after a dot, before `:` in a field list, as a key of JSON. */
export const AnyWord = createToken({ name: "AnyWord", pattern: Lexer.NA, label: "a name" });
/** Words that can be names everywhere. */
export const Word = createToken({ name: "Word", pattern: Lexer.NA, label: "a name", categories: [AnyWord] });

/** Signs and words between two operands. */
export const Infix = createToken({ name: "Infix", pattern: Lexer.NA, label: "an operator" });

const KEYWORD_TABLE: readonly (readonly [TokenKind, readonly Keyword[], readonly TokenType[]])[] = [
  ["declaration", DECLARATION_WORDS, [Word]],
  ["decision", DECISION_WORDS, [Word]],
  ["keyword", CLAUSE_WORDS, [Word]],
  ["operator", ["is", "not", "if", "then", "any", "all", "count"], [AnyWord]],
  ["operator", ["and", "or", "in", "else"], [AnyWord, Infix]],
  ["operator", POSTFIX_WORDS, [Word]],
  ["operator", INFIX_WORDS, [Word, Infix]],
  ["constant", RESERVED_CONSTANTS, [AnyWord]],
  ["constant", ["null"], [Word]],
];

const entries: TokenEntry[] = [];
const keywordTypes = new Map<string, TokenType>();
for (const [kind, words, categories] of KEYWORD_TABLE)
  for (const word of words) {
    entries.push({ name: word, pattern: word, kind });
    keywordTypes.set(
      word,
      createToken({
        name: `'${word}'`,
        pattern: Lexer.NA,
        label: `\`${word}\``,
        categories: [...categories],
      }),
    );
  }

/** Token type of a word: a keyword's own, or undefined for a plain identifier. */
export const keywordType = (word: string): TokenType | undefined => keywordTypes.get(word);

/** Token types of keywords by word. */
export const K = Object.fromEntries(keywordTypes) as Readonly<Record<Keyword, TokenType>>;

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

interface SignOptions {
  readonly label?: string;
  readonly categories?: TokenType[];
  readonly lineBreaks?: boolean;
  readonly startChars?: string[];
}
function sign(name: string, pattern: string | RegExp, kind: TokenKind, options: SignOptions = {}): TokenType {
  entries.push({ name, pattern, kind });
  return createToken({
    name,
    pattern,
    label: options.label ?? (typeof pattern === "string" ? `\`${pattern}\`` : name),
    line_breaks: options.lineBreaks ?? false,
    ...(options.categories === undefined ? {} : { categories: options.categories }),
    ...(options.startChars === undefined ? {} : { start_chars_hint: options.startChars }),
  });
}

const DIGIT_CHARS = [..."0123456789"];
const LETTER_CHARS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"];

/** Signs, literals and names. */
export const T = {
  regex: sign("Regex", /re"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"/, "regexp", {
    label: "a pattern",
    startChars: ["r"],
  }),
  string: sign("String", /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"/, "string", {
    label: "a text in double quotes",
    startChars: ['"'],
  }),
  time: sign("Time", /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z)?(?![A-Za-z0-9_])/, "number", {
    label: "a date",
    startChars: DIGIT_CHARS,
  }),
  duration: sign("Duration", /\d+(?:ms|s|m|h|d)(?![A-Za-z0-9_])/, "number", {
    label: "a duration such as `30m`",
    startChars: DIGIT_CHARS,
  }),
  number: sign("Number", /\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?(?![A-Za-z0-9_])/, "number", {
    label: "a number",
    startChars: DIGIT_CHARS,
  }),
  quotedName: sign("QuotedName", /`[^`\n]*`/, "name", {
    label: "a name",
    categories: [Word],
    startChars: ["`"],
  }),
  identifier: sign("Identifier", /[A-Za-z_][A-Za-z0-9_]*/, "name", {
    label: "a name",
    categories: [Word],
    startChars: LETTER_CHARS,
  }),
  ellipsis: sign("Ellipsis", "...", "punctuation"),
  range: sign("Range", "..", "operator"),
  dot: sign("Dot", ".", "punctuation"),
  arrow: sign("Arrow", "->", "operator"),
  comma: sign("Comma", ",", "punctuation"),
  colon: sign("Colon", ":", "punctuation"),
  leftBrace: sign("LeftBrace", "{", "punctuation"),
  rightBrace: sign("RightBrace", "}", "punctuation"),
  leftParen: sign("LeftParen", "(", "punctuation"),
  rightParen: sign("RightParen", ")", "punctuation"),
  leftBracket: sign("LeftBracket", "[", "punctuation"),
  rightBracket: sign("RightBracket", "]", "punctuation"),
  at: sign("At", "@", "punctuation"),
  question: sign("Question", "?", "punctuation"),
  equal: sign("Equal", "==", "operator", { categories: [Infix] }),
  notEqual: sign("NotEqual", "!=", "operator", { categories: [Infix] }),
  lessEqual: sign("LessEqual", "<=", "operator", { categories: [Infix] }),
  less: sign("Less", "<", "operator", { categories: [Infix] }),
  greaterEqual: sign("GreaterEqual", ">=", "operator", { categories: [Infix] }),
  greater: sign("Greater", ">", "operator", { categories: [Infix] }),
  assign: sign("Assign", "=", "operator", { categories: [Infix] }),
  plus: sign("Plus", "+", "operator", { categories: [Infix] }),
  minus: sign("Minus", "-", "operator", { categories: [Infix] }),
  everything: sign("Everything", "**", "operator"),
  star: sign("Star", "*", "operator", { categories: [Infix] }),
  percent: sign("Percent", "%", "operator", { categories: [Infix] }),
  pipe: sign("Pipe", "|", "operator"),
} as const;

/** What people write out of habit; each is read as what it stands for, and reported. */
export const MISTAKES = {
  andSign: sign("AndSign", "&&", "mistake", { categories: [K.and] }),
  orSign: sign("OrSign", "||", "mistake", { categories: [K.or] }),
  equal3: sign("Equal3", "===", "mistake", { categories: [T.equal] }),
  notEqual3: sign("NotEqual3", "!==", "mistake", { categories: [T.notEqual] }),
  notEqualSql: sign("NotEqualSql", "<>", "mistake", { categories: [T.notEqual] }),
  notSign: sign("NotSign", "!", "mistake", { categories: [K.not] }),
  singleQuoted: sign("SingleQuoted", /'[^'\n]*'/, "mistake", {
    categories: [T.string],
    startChars: ["'"],
  }),
  openRegex: sign("OpenRegex", /re"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*\\?/, "mistake", {
    categories: [T.regex],
    startChars: ["r"],
  }),
  openString: sign("OpenString", /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*\\?/, "mistake", {
    categories: [T.string],
    startChars: ['"'],
  }),
  semicolon: sign("Semicolon", ";", "mistake"),
  /** A number with letters stuck to it: `10MB`. */
  badNumber: sign("BadNumber", /\d[A-Za-z0-9_]*(?:\.\d[A-Za-z0-9_]*)?/, "mistake", {
    categories: [T.number],
    startChars: DIGIT_CHARS,
  }),
} as const;

export const Comment = createToken({
  name: "Comment",
  pattern: /\/\/[^\n]*/,
  group: "comments",
  line_breaks: false,
  start_chars_hint: ["/"],
});
entries.push({ name: "Comment", pattern: /\/\/[^\n]*/, kind: "comment" });
const WhiteSpace = createToken({
  name: "WhiteSpace",
  pattern: /[ \t\r\n]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
  start_chars_hint: [" ", "\t", "\r", "\n"],
});

/** Every token that an author can write, for the generators of grammars for editors. */
export const TOKEN_TABLE: readonly TokenEntry[] = entries;

/** In the order in which the lexer tries them. */
export const LEXED_TOKENS: TokenType[] = [
  WhiteSpace,
  Comment,
  T.regex,
  MISTAKES.openRegex,
  T.string,
  MISTAKES.openString,
  MISTAKES.singleQuoted,
  T.time,
  T.duration,
  T.number,
  MISTAKES.badNumber,
  T.identifier,
  T.quotedName,
  T.ellipsis,
  T.range,
  T.dot,
  T.arrow,
  T.comma,
  T.colon,
  T.leftBrace,
  T.rightBrace,
  T.leftParen,
  T.rightParen,
  T.leftBracket,
  T.rightBracket,
  T.at,
  T.question,
  MISTAKES.equal3,
  MISTAKES.notEqual3,
  T.equal,
  T.notEqual,
  MISTAKES.notEqualSql,
  T.lessEqual,
  T.less,
  T.greaterEqual,
  T.greater,
  T.assign,
  MISTAKES.notSign,
  T.plus,
  T.minus,
  T.everything,
  T.star,
  T.percent,
  MISTAKES.andSign,
  MISTAKES.orSign,
  T.pipe,
  MISTAKES.semicolon,
];
/** Everything that a parser can meet: the lexed tokens, the keywords and the two categories. */
export const PARSED_TOKENS: TokenType[] = [...LEXED_TOKENS, ...keywordTypes.values(), Word, AnyWord, Infix];
