// The one place that turns strings and values of the IR into Rego text. No name of a source becomes an identifier.

/** A string literal: ASCII only, so that no line separator, bidi control or back-tick of the source reaches the file. */
export const regoString = (text: string): string => (PLAIN.test(text) ? `"${text}"` : escaped(text));

/** Nothing that is escaped, as nearly all texts of a program. */
const PLAIN = /^[ !#-[\]-~]*$/;
const escaped = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** A pattern: raw where it is plain text, as that is easier to read. */
export const regoPattern = (pattern: string): string =>
  /^[\x20-\x5f\x61-\x7e]*$/.test(pattern) ? `\`${pattern}\`` : regoString(pattern);

/** Plain JSON as a Rego term; an empty list stays a list. */
export function regoValue(value: unknown): string {
  if (typeof value === "string") return regoString(value);
  if (value === null || typeof value === "boolean" || typeof value === "number") return JSON.stringify(value);
  if (Array.isArray(value)) return listed("[]", value.map(regoValue));
  if (typeof value !== "object") throw new TypeError("not a JSON value");
  const members: string[] = [];
  for (const [key, member] of Object.entries(value))
    if (member !== undefined) members.push(`${regoString(key)}: ${regoValue(member)}`);
  return listed("{}", members);
}

/** Longest line that lists items; more than that has a line for each, for people and for engines that bound lines. */
const LINE = 400;

/** A set of strings or numbers. */
export const regoSet = (items: readonly (string | number | boolean)[]): string =>
  items.length === 0 ? "set()" : listed("{}", items.map(regoValue));

function listed(brackets: "[]" | "{}", items: readonly string[]): string {
  const line = `${brackets.slice(0, 1)}${items.join(", ")}${brackets.slice(1)}`;
  return line.length <= LINE ? line : block(brackets, items);
}

const KEYWORDS = new Set(
  "as contains data default else every false if import in input not null package some true with".split(" "),
);

/** `base.name` or `base["name"]`, as `opa fmt` writes it. */
export const member = (base: string, name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !KEYWORDS.has(name)
    ? `${base}.${name}`
    : `${base}[${regoString(name)}]`;

/** Comment lines; whatever could end a line or mislead a reader is shown as an escape. */
export const regoComment = (text: string): string => {
  const shown = PLAIN.test(text)
    ? text
    : escaped(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("\\\\", "\\");
  return `# ${shown}`.trimEnd();
};

/** A rule: `head if { lines }`; without lines just the head. */
export const rule = (head: string, lines: readonly string[]): string =>
  lines.length === 0 ? head : `${head} if {\n${indent(lines)}\n}`;

/** A rule or function without a value of its own: it holds iff the lines do. */
export const predicate = (head: string, lines: readonly string[]): string =>
  lines.length === 0 ? `${head} := true` : rule(head, lines);

/** Lines, which may hold line breaks, one tab further in. */
export const indent = (lines: readonly string[]): string => `\t${lines.join("\n").replace(/\n/g, "\n\t")}`;

/** Items between brackets: one stays on its line, more get a line each. */
export function block(brackets: "[]" | "{}", items: readonly string[]): string {
  const open = brackets.slice(0, 1);
  const close = brackets.slice(1);
  if (items.length <= 1) return `${open}${items.join("")}${close}`;
  return `${open}\n${indent(items.map((item) => `${item},`))}\n${close}`;
}

/** A comprehension `[term | lines]` or `{term | lines}`, on one line where it is short. */
export function comprehension(brackets: "[]" | "{}", term: string, lines: readonly string[]): string {
  const open = brackets.slice(0, 1);
  const close = brackets.slice(1);
  const inline = `${open}${term} | ${lines.join("; ")}${close}`;
  if (inline.length <= 90 && lines.every((line) => !line.includes("\n"))) return inline;
  return `${open}${term} |\n${indent(lines)}\n${close}`;
}
