// What can be written where the mark stands, by the node of the tree around it.
import type { Expression, FieldAccess, PlacedNode } from "@aegis/compiler";
import { platform } from "@aegis/runtime/facts";
import { MARK, type Cursor } from "../../workspace/cursor.ts";
import { knownAt } from "../../workspace/detached.ts";
import type { View } from "../../workspace/view.ts";
import { expressionProposals, membersOf } from "./expressions.ts";
import { memberNames, nameProposals, packageProposals } from "./names.ts";
import type { Proposal } from "./proposal.ts";
import { actionProposals, toolProposals } from "./selectors.ts";
import { jsonKeyProposals, jsonValueProposals } from "./test-values.ts";

/** By the node in which the mark stands. */
export function markProposals(view: View, cursor: Cursor, path: readonly PlacedNode[]): readonly Proposal[] {
  const nodes = [...path].reverse();
  const [mark, parent, above] = nodes as [PlacedNode, PlacedNode | undefined, PlacedNode | undefined];
  const { item } = cursor;
  if (item === null || view.module === null) return [];
  if (item.kind === "import")
    return importProposals(
      view,
      item.path.parts.map((each) => each.text),
      item.names !== null,
    );
  if (mark.kind === "json-object") return jsonKeyProposals(view, path, mark);
  if (mark.kind === "json-string") return jsonValueProposals(view, path, mark);
  if (mark.kind === "name" && parent?.kind === "field" && isMarked((parent as FieldAccess).name)) {
    const known = knownAt(view, cursor);
    return membersOf(view, (parent as FieldAccess).of, known);
  }
  if (mark.kind === "qualified-name" || (mark.kind === "name" && parent?.kind === "qualified-name")) {
    const owner = mark.kind === "qualified-name" ? parent : above;
    return qualifiedProposals(view, owner, path);
  }
  if (mark.kind === "name" && parent !== undefined && "actions" in parent)
    return actionProposals(view, parent);
  if (mark.kind === "name" && parent !== undefined && "action" in parent)
    return actionProposals(view, parent);
  if (mark.kind === "name" && parent !== undefined && "root" in parent)
    return redactProposals(view, cursor, parent);
  // The name of something that is being declared.
  if (mark.kind === "name" && (parent === undefined || !isBareExpression(mark, parent))) return [];
  return expressionProposals(view, path, mark as Expression, knownAt(view, cursor));
}

const isMarked = (name: { readonly text: string }): boolean => name.text === MARK;

/** Names that declare and names that are values have the same shape; the property that holds them tells. */
const isBareExpression = (mark: PlacedNode, parent: PlacedNode): boolean =>
  !["name", "variable", "alias", "members", "columns", "via", "code"].some((key) => {
    const value = (parent as unknown as Readonly<Record<string, unknown>>)[key];
    return value === mark || (Array.isArray(value) && value.includes(mark));
  });

function importProposals(view: View, parts: readonly string[], inBraces: boolean): readonly Proposal[] {
  if (inBraces) return memberNames(view, parts.join("."));
  const before = parts.slice(0, -1).join(".");
  const packages = packageProposals(view);
  if (before === "") return packages;
  const deeper = packages.flatMap(({ label }) =>
    label.startsWith(`${before}.`)
      ? [{ label: label.slice(before.length + 1), kind: "package" as const }]
      : [],
  );
  return [...deeper, ...memberNames(view, before)];
}

function qualifiedProposals(
  view: View,
  owner: PlacedNode | undefined,
  path: readonly PlacedNode[],
): readonly Proposal[] {
  const names = path.findLast((each) => each.kind === "qualified-name") as
    { readonly parts?: readonly { readonly text: string }[] } | undefined;
  const before = (names?.parts ?? []).slice(0, -1).map((each) => each.text);
  if (before.length > 0 && owner?.kind !== "tool") {
    const declared = view.module?.lookup(before.join("."), "value");
    return declared?.kind === "package" ? memberNames(view, declared.package) : [];
  }
  switch (owner?.kind) {
    case "type-name":
      return typeProposals(view);
    case "has":
      return nameProposals(view, { space: "value", kinds: ["label", "package"] });
    case "group":
      return nameProposals(view, { space: "group", kinds: ["group"] });
    case "use":
      return nameProposals(view, { space: "policy", kinds: ["policy"] });
    case "exception":
      return nameProposals(view, { space: "id", kinds: ["rule"] });
    case "given":
      return nameProposals(view, { space: "value", kinds: ["label", "limit"] });
    case "tool":
    case "step":
    case "cases":
      return before.length > 0 ? actionProposals(view, owner) : toolProposals(view, owner.kind === "tool");
    default:
      return nameProposals(view, { space: "id", kinds: ["rule", "limit"] });
  }
}

function typeProposals(view: View): readonly Proposal[] {
  const plain = ["bool", "int", "decimal", "string", "time", "duration", "json", "headers"];
  return [
    ...plain.map((label) => ({ label, kind: "type" as const })),
    ...[...platform.parsedTypes.values()].map(({ name, doc }) => ({
      label: name,
      kind: "type" as const,
      doc,
    })),
    ...["list", "set"].map((label) => ({
      label,
      kind: "type" as const,
      insert: `${label}<\${1:string}>`,
      snippet: true as const,
    })),
    { label: "map", kind: "type", insert: "map<string, ${1:string}>", snippet: true },
    ...nameProposals(view, { space: "value", kinds: ["enum", "type"] }),
  ];
}

/** The path of a redaction reads like an expression. */
function redactProposals(view: View, cursor: Cursor, node: PlacedNode): readonly Proposal[] {
  const { root, steps } = node as PlacedNode & {
    readonly root: "args" | "result";
    readonly steps: readonly { readonly kind: string; readonly name?: { readonly text: string } }[];
  };
  if (steps.length > 1 || root !== "args") return [];
  const actions = knownAt(view, cursor).flatMap((each) => each.actions);
  const fields = new Map<string, Proposal>();
  for (const index of actions)
    for (const { name } of view.analysis.checked.actions[index]?.params ?? [])
      fields.set(name, { label: name, kind: "argument" });
  return [
    ...fields.values(),
    { label: "**", kind: "keyword", doc: "Every plain string, key and JSON leaf." },
  ];
}
