// YAML to be written: plain values, and how they are laid out as text that every reader reads alike.

export type YamlValue =
  /** As it stands: a number, a bool, a duration. */
  | { readonly kind: "raw"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly YamlValue[] }
  | { readonly kind: "map"; readonly entries: readonly YamlEntry[] };
export interface YamlEntry {
  readonly key: string;
  readonly value: YamlValue;
  /** A comment above the entry. */
  readonly comment?: string | null;
}

export const raw = (text: string): YamlValue => ({ kind: "raw", text });
export const text = (value: string): YamlValue => ({ kind: "text", text: value });
export const list = (items: readonly YamlValue[]): YamlValue => ({ kind: "list", items });
/** A list of one is written as the one. */
export const oneOrList = (items: readonly YamlValue[]): YamlValue => {
  const [only] = items;
  return items.length === 1 && only !== undefined && only.kind !== "list" ? only : list(items);
};
/** Entries without a value are left out. */
export const map = (
  entries: Readonly<Record<string, YamlValue | null | undefined>> | readonly YamlEntry[],
): YamlValue => ({
  kind: "map",
  entries: isEntries(entries)
    ? entries
    : Object.entries(entries).flatMap(([key, value]) =>
        value === null || value === undefined ? [] : [{ key, value }],
      ),
});
const isEntries = (value: unknown): value is readonly YamlEntry[] => Array.isArray(value);

const WIDTH = 100;

/** The text of a document whose root is a mapping. */
export function printYaml(root: YamlValue): string {
  return root.kind === "map" && root.entries.length > 0 ? `${block(root, 0).join("\n")}\n` : "{}\n";
}

function block(value: YamlValue, indent: number): string[] {
  if (value.kind === "map") return value.entries.flatMap((entry) => printEntry(entry, indent));
  if (value.kind === "list") return value.items.flatMap((item) => printItem(item, indent));
  return [scalar(value, false)];
}

function printEntry({ key, value, comment }: YamlEntry, indent: number): string[] {
  const comments =
    (comment ?? "") === "" ? [] : (comment ?? "").split("\n").map((line) => `# ${line}`.trimEnd());
  const head = `${scalar({ kind: "text", text: key }, false)}:`;
  const flat = fits(value, indent + head.length + 1);
  if (flat !== undefined) return [...comments, `${head} ${flat}`];
  return [...comments, head, ...block(value, indent + 2).map((line) => (line === "" ? line : `  ${line}`))];
}

function printItem(item: YamlValue, indent: number): string[] {
  const flat = fits(item, indent + 2);
  if (flat !== undefined) return [`- ${flat}`];
  return block(item, indent + 2).map((line, index) => `${index === 0 ? "- " : "  "}${line}`);
}

/** On one line, when it is short and holds no comment. */
function fits(value: YamlValue, used: number): string | undefined {
  if (value.kind === "raw" || value.kind === "text") return scalar(value, false);
  const flat = flow(value);
  return flat !== undefined && (used + flat.length <= WIDTH || isEmpty(value)) ? flat : undefined;
}
const isEmpty = (value: YamlValue): boolean =>
  (value.kind === "list" && value.items.length === 0) || (value.kind === "map" && value.entries.length === 0);

function flow(value: YamlValue): string | undefined {
  if (value.kind === "raw" || value.kind === "text") return scalar(value, true);
  if (value.kind === "list") {
    const items = value.items.map(flow);
    return items.every((each) => each !== undefined) ? `[${items.join(", ")}]` : undefined;
  }
  if (value.entries.length === 0) return "{}";
  const entries = value.entries.map(({ key, value: inner, comment }) => {
    const flat = flow(inner);
    return flat === undefined || (comment ?? "") !== ""
      ? undefined
      : `${scalar({ kind: "text", text: key }, true)}: ${flat}`;
  });
  return entries.every((each) => each !== undefined) ? `{ ${entries.join(", ")} }` : undefined;
}

function scalar(value: Extract<YamlValue, { kind: "raw" | "text" }>, inFlow: boolean): string {
  if (value.kind === "raw" || isPlain(value.text, inFlow)) return value.text;
  if (!/['\\\p{Cc}]/u.test(value.text) && value.text !== "" && !HIDDEN.test(value.text))
    return `'${value.text}'`;
  return JSON.stringify(value.text).replace(HIDDEN_ALL, (found) =>
    [...found].map((each) => `\\U${(each.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`).join(""),
  );
}

const HIDDEN =
  /[\p{Default_Ignorable_Code_Point}\p{Cs}\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
const HIDDEN_ALL = new RegExp(HIDDEN.source, "gu");
/** Words that some reader takes for something else than a text, and what looks like a duration or a moment. */
const SPECIAL = /^(?:true|false|null|y|yes|n|no|on|off|~)$/i;

/** Whether the text stands for itself without quotes, to every reader. */
function isPlain(value: string, inFlow: boolean): boolean {
  return (
    /^[A-Za-z_/(][\x20-\x7e]*$/.test(value) &&
    !/: |:$| #| $/.test(value) &&
    !SPECIAL.test(value) &&
    !(inFlow && /[,[\]{}]|:["']/.test(value))
  );
}
