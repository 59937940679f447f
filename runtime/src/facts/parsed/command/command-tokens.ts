// Tokens of a plain shell line, as regular expressions that JavaScript and RE2 read alike.
//
// Only what dash, bash and zsh (started as `sh -c`) read alike has a token. A line whose tokens do not cover all of it is
// opaque: whatever is not listed here, such as `$x`, `(`, `&` or `<<`, is refused by being left over.

/** No control characters but tab and line feed. */
const CONTROL = "\\x00-\\x08\\x0b-\\x1f\\x7f";

/** A backslash before a line feed joins lines; behind a blank it cannot join words. */
const BLANK = "[ \\t]+(?:\\\\\\n[ \\t]*)*";
const ESCAPED = "\\\\[!-~ ]";
const SINGLE = `'[^'${CONTROL}]*'`;
/** A `$` stands for itself before a blank, a bar, a closing parenthesis, a slash or the closing quote. */
const DOUBLE = `"(?:[^"\\\\$\\x60${CONTROL}]|\\\\[^\\n${CONTROL}]|\\$[ |)/])*\\$?"`;
/** Braces around a single word expand in no shell: `{}`, `stash@{0}`. */
const BRACES = "\\{[0-9A-Za-z_]*\\}";

const PLAIN = "A-Za-z0-9_./:,@%+!^\\]";
/** `*`, `?` and `[` select files, `~` a home: the program stays what it is, the argument becomes something else. */
const SELECTS = "~*?\\[";
/** In front, `#` starts a comment and zsh looks up `=program`. */
const WORD =
  `(?:[${PLAIN}${SELECTS}\\-]|${ESCAPED}|${BRACES}|${SINGLE}|${DOUBLE})` +
  `(?:[${PLAIN}${SELECTS}=#\\-]|${ESCAPED}|${BRACES}|${SINGLE}|${DOUBLE})*|=`;

const TARGET = `(?:[A-Za-z0-9_./]|${SINGLE}|${DOUBLE})(?:[A-Za-z0-9_./:,@%+=\\-]|${SINGLE}|${DOUBLE})*`;
const REDIRECTION = `[0-2]?(?:>>|>|<)[ \\t]*(?:${TARGET})`;
const DUPLICATION = "[12]?>&[12]";

const PROGRAM = "[A-Za-z0-9_./][A-Za-z0-9_./+\\-]*|\\[";
const COMMAND = `(?:${PROGRAM})(?:${BLANK}(?:${REDIRECTION}|${DUPLICATION}|${WORD}))*`;
const COMMENT = `#[^\\n${CONTROL}]*`;

/** Groups: command, operator, blank, comment. */
export const LINE_TOKEN = `(${COMMAND})|(&&|\\|\\||[|;\\n])|(${BLANK})|(${COMMENT})`;

/** Inside a command. Groups: operator and target of a redirection, duplication, word, blank. */
export const COMMAND_TOKEN = `[0-2]?(>>|>|<)[ \\t]*(${TARGET})|(${DUPLICATION})|(${WORD})|(${BLANK})`;

/** Inside a word. Groups: unquoted text, escaped character, single-quoted text, double-quoted text. */
export const WORD_PIECE = `([${PLAIN}${SELECTS}=#{}\\-]+)|\\\\([!-~ ])|'([^']*)'|"((?:[^"\\\\]|\\\\[^\\n])*)"`;

/** Inside double quotes. Groups: a character that a backslash makes plain, anything else. */
export const QUOTED_PIECE = `\\\\(["\\\\$\\x60])|(\\\\[^"\\\\$\\x60]|[^\\\\]+)`;

/** Unquoted text that selects files, or a home behind `=` or `:`. */
export const SELECTING = "[*?\\[]|[=:]~";
/** A word that stands for something else in front, so that it may turn into an option. */
export const SELECTING_FIRST = "^[*?\\[]";

/** Files that bash alone takes for network connections. */
export const NETWORK_FILE = "^/dev/(?:tcp|udp)(?:/|$)";

/**
 * The order of tokens: M command, A `&&` or `||`, P `|`, S `;`, N line feed, B blank, C comment. A comment starts behind a
 * blank or an operator; a line feed may follow every operator.
 */
export const LINE_SHAPE =
  "^(?:B?C?N)*B?M(?:(?:B?[AP]|B?S|B?N|BCN)(?:B?C?N)*B?M)*(?:B?S(?:B?C?N)*B?C?|(?:B?N|BCN)(?:B?C?N)*B?C?|B?|BC)$";
export const SHAPE_OF_OPERATOR: ReadonlyMap<string, string> = new Map([
  ["&&", "A"],
  ["||", "A"],
  ["|", "P"],
  [";", "S"],
  ["\n", "N"],
]);
