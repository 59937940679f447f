// Names that can be written in a file: those at hand, and those that an import would bring.
import { standardLibrary, type Declared } from "@aegis/compiler";
import { stdlibModules } from "@aegis/stdlib";
import { printType } from "@aegis/runtime/core";
import type { View } from "../../workspace/view.ts";
import { importable, importEdit } from "../../workspace/import-edit.ts";
import type { Proposal, ProposalKind } from "./proposal.ts";

type Kind = Declared["kind"];

const PROPOSED_AS: { readonly [Each in Kind]: ProposalKind } = {
  enum: "type",
  type: "type",
  const: "constant",
  data: "constant",
  param: "constant",
  fn: "function",
  pattern: "pattern",
  fact: "function",
  group: "group",
  label: "label",
  limit: "label",
  policy: "policy",
  rule: "rule",
  exception: "rule",
  tool: "tool",
  package: "package",
};

export interface WantedNames {
  readonly space: "value" | "id" | "group" | "policy";
  readonly kinds: readonly Kind[];
}

/** Names at hand first; names of other packages come with their import. */
export function nameProposals(view: View, { space, kinds }: WantedNames): readonly Proposal[] {
  const { module } = view;
  if (module === null) return [];
  const proposals: Proposal[] = [];
  const known = new Set<string>();
  for (const name of module.names(space)) {
    const declared = name.includes(".") ? undefined : module.lookup(name, space);
    if (declared === undefined || !kinds.includes(declared.kind)) continue;
    known.add(name);
    proposals.push(proposalOf(view, name, declared));
  }
  if (kinds.includes("package"))
    for (const item of module.module.items) {
      const name =
        item.kind === "import" && item.names === null ? (item.alias ?? item.path.parts.at(-1)) : null;
      const declared = name === null || name === undefined ? undefined : module.lookup(name.text, "value");
      if (declared?.kind === "package" && name !== null && name !== undefined)
        proposals.push({ label: name.text, kind: "package", detail: declared.package });
    }
  for (const { from, item } of importable(view)) {
    const kind = item.kind === "tools" ? "tool" : item.kind;
    if (!("name" in item) || !kinds.includes(kind as Kind) || known.has(item.name.text)) continue;
    // In YAML a tool of the library is imported by being named.
    const named = module.module.dialect === "yaml" && item.kind === "tool" && from.startsWith("std.");
    const also = named ? undefined : importEdit(module.module, view.file, from, item.name.text);
    if (also === null || item.name.text.startsWith("_")) continue;
    known.add(item.name.text);
    proposals.push({
      label: item.name.text,
      kind: PROPOSED_AS[kind as Kind],
      detail: named ? from : `import ${from}`,
      ...(item.doc === null ? {} : { doc: item.doc }),
      ...(item.kind === "fn" || item.kind === "fact" ? callInsert(item.name.text) : {}),
      ...(also === undefined ? {} : { also }),
      rank: 8,
    });
  }
  return proposals;
}

export function proposalOf(view: View, name: string, declared: Declared): Proposal {
  const kind = PROPOSED_AS[declared.kind];
  const label = name;
  switch (declared.kind) {
    case "fn": {
      const text = view.analysis.files.get(declared.node.span.file)?.text ?? "";
      const { params, result } = declared.node;
      const list = params.map((each) => text.slice(each.span.start, each.span.end)).join(", ");
      const detail = `(${list}): ${text.slice(result.span.start, result.span.end)}`;
      return { label, kind, detail, ...docOf(declared.node.doc), ...callInsert(name) };
    }
    case "fact":
      return {
        label,
        kind,
        detail: `: ${printType(declared.type)}`,
        ...docOf(declared.node.doc),
        ...callInsert(name),
      };
    case "const":
    case "data":
    case "param": {
      const type = view.analysis.checked.constants.get(declared.node)?.type;
      return {
        label,
        kind,
        ...(type === undefined ? {} : { detail: `: ${printType(type)}` }),
        ...docOf(declared.node.doc),
      };
    }
    case "tool":
      return {
        label,
        kind,
        detail: `${String(declared.tool.actions.length)} actions of ${declared.tool.wire}`,
      };
    case "package":
      return { label, kind, detail: declared.package };
    default:
      return { label, kind, detail: declared.kind, ...docOf(declared.node.doc) };
  }
}

const docOf = (doc: string | null): Pick<Proposal, "doc"> => (doc === null ? {} : { doc });
const callInsert = (name: string): Pick<Proposal, "insert" | "snippet"> => ({
  insert: `${name}(\${1})`,
  snippet: true,
});

/** Packages that can be imported. */
export function packageProposals(view: View): readonly Proposal[] {
  const names = new Set([...stdlibModules.keys()].map((name) => `std.${name}`));
  for (const { package: name } of view.analysis.resolved.modules) if (name !== "") names.add(name);
  names.delete(view.module?.package ?? "");
  return [...names].sort().map((label) => ({ label, kind: "package" as const }));
}

/** What a package declares and others may name. */
export function memberNames(view: View, from: string): readonly Proposal[] {
  const modules = view.analysis.resolved.modules
    .filter((each) => each.package === from)
    .map((each) => each.module);
  const library = from.startsWith("std.")
    ? standardLibrary.module(from.slice("std.".length))?.module
    : undefined;
  if (modules.length === 0 && library !== undefined) modules.push(library);
  const proposals = new Map<string, Proposal>();
  for (const item of modules.flatMap((each) => each.items)) {
    const kind = item.kind === "tools" ? "tool" : item.kind;
    if (!("name" in item) || !(kind in PROPOSED_AS) || item.name.text.startsWith("_")) continue;
    proposals.set(item.name.text, {
      label: item.name.text,
      kind: PROPOSED_AS[kind as Kind],
      detail: item.kind,
      ...docOf(item.doc),
    });
  }
  return [...proposals.values()];
}
