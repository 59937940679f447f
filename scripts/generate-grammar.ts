// Writes the editors' TextMate grammar from the lexer's own token table, so that colours and language cannot part.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { TOKEN_TABLE, type TokenEntry, type TokenKind } from "@aegis/compiler";

const root = join(import.meta.dirname, "..");
export const GRAMMAR = join(root, "vscode-extension/syntaxes/aegis.tmLanguage.json");

/** Scope of each kind of token, by the names that colour themes know. */
const SCOPES: { readonly [Kind in TokenKind]: string } = {
  keyword: "keyword.control.aegis",
  declaration: "keyword.declaration.aegis",
  decision: "keyword.control.decision.aegis",
  operator: "keyword.operator.aegis",
  constant: "constant.language.aegis",
  string: "string.quoted.double.aegis",
  regexp: "string.regexp.aegis",
  number: "constant.numeric.aegis",
  name: "variable.other.aegis",
  punctuation: "punctuation.aegis",
  comment: "comment.line.double-slash.aegis",
  mistake: "invalid.illegal.aegis",
};

interface Rule {
  readonly name?: string;
  readonly match: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
const source = (entry: TokenEntry): string =>
  typeof entry.pattern === "string" ? escaped(entry.pattern) : entry.pattern.source;

const isWord = (entry: TokenEntry): boolean =>
  typeof entry.pattern === "string" && /^[a-z_]+$/.test(entry.pattern);

/** Longer signs first, as the lexer tries them; what is no token but a habit is last, so that it never wins. */
function orderedSigns(): readonly TokenEntry[] {
  const signs = TOKEN_TABLE.filter((entry) => !isWord(entry) && entry.name !== "Name");
  const rank = (entry: TokenEntry): number =>
    entry.kind === "comment" ? 0 : entry.kind === "mistake" ? 2 : 1;
  const length = (entry: TokenEntry): number =>
    typeof entry.pattern === "string" ? entry.pattern.length : 1000;
  return signs
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => rank(a.entry) - rank(b.entry) || length(b.entry) - length(a.entry) || a.index - b.index)
    .map(({ entry }) => entry);
}

/** The text that the grammar should have. */
export function generateGrammar(): string {
  const words = new Map<TokenKind, string[]>();
  for (const entry of TOKEN_TABLE.filter(isWord))
    words.set(entry.kind, [...(words.get(entry.kind) ?? []), String(entry.pattern)]);
  const rules: Rule[] = [
    { name: "comment.block.documentation.aegis", match: "^\\s*///(?!/).*$" },
    { name: "storage.type.annotation.aegis", match: "@[A-Za-z_][A-Za-z0-9_]*" },
    // A name after a dot or before a parenthesis is never a keyword.
    {
      match: "(\\.)([A-Za-z_][A-Za-z0-9_]*)",
      captures: { "1": { name: SCOPES.punctuation }, "2": { name: "variable.other.property.aegis" } },
    },
    // `allow name:` and the other rules: the name is what logs show.
    {
      match:
        "\\b(allow|deny|withhold|sanitize|require\\s+approval)\\s+([A-Za-z_][A-Za-z0-9_]*|`[^`\\n]*`)(?=\\s*:)",
      captures: { "1": { name: SCOPES.decision }, "2": { name: "entity.name.function.rule.aegis" } },
    },
    ...orderedSigns().map((entry) => ({ name: SCOPES[entry.kind], match: source(entry) })),
    { name: "entity.name.function.aegis", match: "\\b[A-Za-z_][A-Za-z0-9_]*(?=\\()" },
    ...[...words].map(([kind, each]) => ({
      name: SCOPES[kind],
      match: `\\b(?:${[...each].sort((a, b) => b.length - a.length).join("|")})\\b`,
    })),
  ];
  const grammar = {
    information_for_contributors: "Generated from the token table by `npm run generate`: do not edit.",
    scopeName: "source.aegis",
    name: "Aegis",
    patterns: rules,
  };
  return `${JSON.stringify(grammar, null, 2)}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(GRAMMAR, generateGrammar());
