// The documentation of a program as Markdown: prose is escaped, code stands in fences that nothing inside can end.
import { markdown } from "../output/escape.ts";
import type { DocumentedItem, DocumentedPackage, DocumentedTool, ProjectDocument } from "./document.ts";

const SECTIONS: readonly (readonly [title: string, kinds: readonly DocumentedItem["kind"][]])[] = [
  ["Policies", ["policy", "use"]],
  ["Rules", ["rule"]],
  ["Exceptions", ["exception"]],
  ["Labels and limits", ["label", "limit"]],
  ["Groups", ["group"]],
  ["Functions and facts", ["fn", "fact"]],
  ["Patterns", ["pattern"]],
  ["Values", ["const", "data", "param"]],
  ["Types and attributes", ["type", "enum", "attributes"]],
  ["Tool declarations", ["tool", "tools"]],
];
const TESTS: readonly DocumentedItem["kind"][] = ["test", "property"];

export const writeMarkdown = ({ packages, tools }: ProjectDocument): string =>
  [
    ...packages.map(packageText),
    ...(tools.length === 0 ? [] : [`# Tools\n\n${tools.map(toolText).join("\n")}`]),
  ].join("\n");

function packageText({ name, guard, doc, items }: DocumentedPackage): string {
  const sections = SECTIONS.flatMap(([title, kinds]) => {
    const own = items.filter((each) => kinds.includes(each.kind));
    return own.length === 0 ? [] : [`## ${title}\n\n${own.map((each) => itemText(each, 3)).join("\n")}`];
  });
  const tests = items.filter((each) => TESTS.includes(each.kind));
  if (tests.length > 0)
    sections.push(`## Tests and properties\n\n${tests.map((each) => `- ${markdown(each.name)}\n`).join("")}`);
  return `# ${markdown(name)}${guard ? " (guard)" : ""}\n\n${paragraph(doc)}${sections.join("\n")}`;
}

function itemText(item: DocumentedItem, depth: number): string {
  const { id, doc, annotations, source, rules = [] } = item;
  const notes =
    annotations.length === 0 ? "" : `${annotations.map((each) => code(`@${each}`)).join(" ")}\n\n`;
  const own = `${"#".repeat(depth)} ${code(id)}\n\n${paragraph(doc)}${notes}${fence(source)}`;
  return [own, ...rules.map((each) => itemText(each, depth + 1))].join("\n");
}

const toolText = ({ tool, actions }: DocumentedTool): string =>
  `## ${code(tool)}\n\n${actions
    .map(({ action, doc, params, open, result, rules }) => {
      const fields = [...params.map((each) => `${each.name}: ${each.type}`), ...(open ? ["..."] : [])];
      const about = params.flatMap((each) =>
        each.doc === null ? [] : [`- ${code(each.name)}: ${markdown(each.doc)}\n`],
      );
      const list = about.length === 0 ? "" : `${about.join("")}\n`;
      const by = rules.length === 0 ? "No rule selects it." : `Rules: ${rules.map(code).join(", ")}.`;
      return `### ${code(`${tool}.${action}`)}\n\n${paragraph(doc)}${fence(`${action}(${fields.join(", ")}): ${result}`)}\n${list}${by}\n`;
    })
    .join("\n")}`;

const paragraph = (doc: string | null): string =>
  doc === null
    ? ""
    : `${doc
        .trim()
        .split("\n")
        .map((line) => markdown(line.trim()))
        .join("\n")}\n\n`;

/** A span whose ticks are more than any run of ticks inside. */
const code = (text: string): string => {
  const ticks = "`".repeat(longestRun(text) + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${ticks}${pad}${text.replace(/[\r\n]+/g, " ")}${pad}${ticks}`;
};

function fence(source: string): string {
  const ticks = "`".repeat(Math.max(3, longestRun(source) + 1));
  return `${ticks}aegis\n${source}\n${ticks}\n`;
}

const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map((each) => each[0].length));
