// The part of a module's page that names what it exports, made from the module itself.
import { parseModule, SourceFile } from "@aegis/compiler";
import { exportsOf, type LibraryExport } from "./exports.ts";

export const BEGIN = "<!-- exports: written by `npm run generate` -->";
export const END = "<!-- end of exports -->";

const HEADINGS: readonly (readonly [heading: string, kinds: readonly LibraryExport["kind"][]])[] = [
  ["Tools", ["tool"]],
  ["Policies to use", ["policy"]],
  ["Rules", ["rule"]],
  ["Functions", ["fn"]],
  ["Facts", ["fact"]],
  ["Patterns", ["pattern"]],
  ["Labels and limits", ["label", "limit"]],
  ["Groups", ["group"]],
  ["Types", ["type", "enum"]],
  ["Constants", ["const", "data", "param"]],
];

const oneLine = (doc: string | null): string => (doc ?? "").replace(/\s+/g, " ").trim();

/** Markdown between the two marks, without them. */
export function exportsSection(name: string, text: string): string {
  const file = new SourceFile(`std:${name}`, text);
  const all = exportsOf(parseModule(file).module, file);
  const sections = HEADINGS.flatMap(([heading, kinds]) => {
    const items = all.filter((each) => kinds.includes(each.kind));
    if (items.length === 0) return [];
    const rows = items.flatMap((each) => [
      `- \`${each.signature}${each.kind === "policy" ? ")" : ""}\`: ${oneLine(each.doc)}`,
      ...each.actions.map(
        (action) => `  - \`${action.signature}\`${action.doc === null ? "" : `: ${oneLine(action.doc)}`}`,
      ),
    ]);
    return [`### ${heading}\n\n${rows.join("\n")}\n`];
  });
  return sections.join("\n");
}

/** The page with the part between two marks replaced; unchanged where it has no marks. */
export function withSection(page: string, section: string, begin = BEGIN, end = END): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) return page;
  return `${page.slice(0, from)}${begin}\n\n${section}\n${page.slice(to)}`;
}

/** The part between two marks, without white space around it. */
export const sectionOf = (page: string, begin = BEGIN, end = END): string =>
  page.slice(page.indexOf(begin) + begin.length, page.indexOf(end)).trim();
