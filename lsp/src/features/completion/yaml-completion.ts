// What can be written at the cursor of a policy in YAML: keys by the published schema, values by what the tree makes of them.
import { POLICY_SCHEMA, standardLibrary, type FieldAccess, type PlacedNode } from "@aegis/compiler";
import { MARK, type Cursor } from "../../workspace/cursor.ts";
import { knownAt } from "../../workspace/detached.ts";
import type { View } from "../../workspace/view.ts";
import { textUnder, yamlCursorAt, type YamlCursor, type YamlPlace } from "../../workspace/yaml-cursor.ts";
import { yamlReadings } from "../../workspace/yaml-readings.ts";
import { allowedAt, describedKey, keysAllowed } from "../../workspace/yaml-schema.ts";
import { markProposals } from "./at-mark.ts";
import { expressionProposals, membersOf } from "./expressions.ts";
import { fieldProposal } from "./members.ts";
import type { Completion, Proposal } from "./proposal.ts";
import { itemSnippets } from "./yaml-snippets.ts";

export function yamlCompletion(view: View, offset: number): Completion {
  const cursor = yamlCursorAt(view.file, offset);
  if (cursor === null) return { start: offset, end: offset, proposals: [] };
  const proposals = [...keyProposals(cursor), ...valueProposals(view, cursor)];
  return { start: cursor.start, end: offset, proposals };
}

function keyProposals({ key, isKey, first }: YamlCursor): readonly Proposal[] {
  if (key === null) return [];
  const keys = [...keysAllowed(key)].map(([label, schema]): Proposal => {
    const doc = describedKey(schema);
    return {
      label,
      kind: "attribute",
      ...(doc === undefined ? {} : { doc }),
      ...(isKey ? {} : { insert: `${label}: ` }),
      rank: 2,
    };
  });
  return first && !isKey ? [...keys, ...itemSnippets(key)] : keys;
}

function valueProposals(view: View, { value, key, start }: YamlCursor): readonly Proposal[] {
  const proposals: Proposal[] = [];
  if (value !== null)
    for (const { schema, names } of allowedAt(value)) {
      const decisions = names.includes("expectation") ? POLICY_SCHEMA.$defs?.["decision"]?.enum : undefined;
      const fixed = schema.enum ?? decisions ?? (schema.type === "boolean" ? [true, false] : []);
      for (const each of fixed) proposals.push({ label: String(each), kind: "member", rank: 1 });
    }
  if (value !== null) proposals.push(...listedToolProposals(view, value));
  for (const place of [value, key]) if (place !== null) proposals.push(...treeProposals(view, place, start));
  return proposals;
}

/** By the node of the tree in which the mark stands: expressions, selectors, types, names, data of tests. */
function treeProposals(view: View, place: YamlPlace, start: number): readonly Proposal[] {
  for (const { view: own, cursor, path, bare } of yamlReadings(view, place, start)) {
    const found = bare ? bareProposals(own, cursor, path) : markProposals(own, cursor, path);
    if (found.length > 0) return found;
  }
  return [];
}

/** An argument, or anything else that has a value. */
function bareProposals(view: View, cursor: Cursor, path: readonly PlacedNode[]): readonly Proposal[] {
  const field = path.findLast((each) => each.kind === "field") as FieldAccess | undefined;
  if (field?.name.text !== MARK) return [];
  const known = knownAt(view, cursor);
  const upToField = path.slice(0, path.indexOf(field) + 1);
  const found = membersOf(view, field.of, known).filter((each) => each.label !== "all");
  const args = found.length > 0 ? found : grantedArguments(view);
  return [...args, ...expressionProposals(view, upToField, field, known)];
}

/** Arguments of all actions that the file allows: a condition of the short form is about those that have what it names. */
function grantedArguments(view: View): readonly Proposal[] {
  const { rules, actions } = view.analysis.checked;
  const granted = rules.filter(
    ({ declaration }) => declaration.effect === "allow" && declaration.span.file === view.file.path,
  );
  const indices = new Set(granted.flatMap((rule) => rule.groups.flatMap((group) => group.actions)));
  const fields = [...indices].flatMap((index) => actions[index]?.params ?? []);
  const byName = new Map(fields.map((field) => [field.name, field]));
  return [...byName.values()].map((field) => fieldProposal(field, "argument"));
}

/** `allowed_tools`: tools by their names on the wire, and the actions of the one that is named. */
function listedToolProposals(view: View, { path, around }: YamlPlace): readonly Proposal[] {
  if (path[0] !== "allowed_tools") return [];
  const tool = textUnder(around[2], "name");
  const own = view.analysis.checked.actions;
  const library = [...standardLibrary.tools].flatMap(([wire, declared]) =>
    declared.actions.map((each) => ({
      tool: wire,
      action: each.wire?.value ?? each.name.text,
      doc: each.doc,
    })),
  );
  const all = [...own, ...library];
  if (path[2] === "name")
    return [...new Set(all.map((each) => each.tool))].map((label) => ({
      label,
      kind: "tool" as const,
      rank: 1,
    }));
  if (path[2] !== "actions") return [];
  const actions = new Map(
    all.filter((each) => each.tool === tool).map(({ action, doc }) => [action, doc] as const),
  );
  return [...actions].map(([label, doc]) => ({
    label,
    kind: "action" as const,
    ...(doc === null ? {} : { doc }),
    rank: 1,
  }));
}
