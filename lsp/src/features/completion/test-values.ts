// Keys and values in the raw JSON of tests: arguments of the action, attributes of agent and context.
import type { JsonNode, PlacedNode, QualifiedName, Name } from "@aegis/compiler";
import { required, type Field } from "@aegis/runtime/core";
import type { View } from "../../workspace/view.ts";
import { fieldProposal } from "./members.ts";
import type { Proposal } from "./proposal.ts";

interface TestLine {
  readonly of?: "agent" | "context";
  readonly tool?: QualifiedName;
  readonly action?: Name;
}

/** The fields that the JSON of a line may have; null below the first level. */
function fieldsOf(view: View, path: readonly PlacedNode[], json: PlacedNode): readonly Field[] | null {
  const at = path.indexOf(json);
  const objects = path.slice(0, at).filter((each) => each.kind === "json-object").length;
  const line = path.findLast((each) => ["setup", "step", "cases"].includes(each.kind ?? "")) as
    TestLine | undefined;
  if (line === undefined || objects > (json.kind === "json-object" ? 0 : 1)) return null;
  const { checked } = view.analysis;
  if (line.of !== undefined) return line.of === "agent" ? checked.agent : checked.context;
  const declared = line.tool === undefined ? undefined : view.module?.resolve(line.tool, "value");
  if (declared?.kind !== "tool") return null;
  const action = declared.tool.actions.find((each) => each.name === line.action?.text);
  return action === undefined ? null : (checked.actions[action.index]?.params ?? null);
}

export function jsonKeyProposals(
  view: View,
  path: readonly PlacedNode[],
  json: PlacedNode,
): readonly Proposal[] {
  const written = new Set(
    (json as Extract<JsonNode, { kind: "json-object" }>).members.map((each) => each.key),
  );
  return (fieldsOf(view, path, json) ?? [])
    .filter((field) => !written.has(field.name))
    .map((field) => ({
      ...fieldProposal(field, "argument"),
      insert: /^[A-Za-z_]\w*$/.test(field.name) ? `${field.name}: ` : `${JSON.stringify(field.name)}: `,
    }));
}

export function jsonValueProposals(
  view: View,
  path: readonly PlacedNode[],
  json: PlacedNode,
): readonly Proposal[] {
  const object = path[path.indexOf(json) - 1] as Extract<JsonNode, { kind: "json-object" }> | undefined;
  const key =
    object?.kind === "json-object" ? object.members.find((each) => each.value === json)?.key : undefined;
  const field = fieldsOf(view, path, json)?.find((each) => each.name === key);
  const type = field === undefined ? undefined : required(field.type);
  if (type?.kind === "enum") return type.members.map((label) => ({ label, kind: "member" as const }));
  if (type?.kind === "bool") return ["true", "false"].map((label) => ({ label, kind: "keyword" as const }));
  return [];
}
