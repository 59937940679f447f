// What can be written at the cursor: names by what they are and by the types around, clauses, snippets for whole rules.
import { ANNOTATIONS, frontEndOf } from "@aegis/compiler";
import { policyAround } from "../../workspace/detached.ts";
import type { View } from "../../workspace/view.ts";
import { cursorAt, type Cursor } from "../../workspace/cursor.ts";
import { markProposals } from "./at-mark.ts";
import { clauseProposals, startProposals } from "./keywords.ts";
import type { Completion, Proposal } from "./proposal.ts";
import { yamlCompletion } from "./yaml-completion.ts";

export function completion(view: View, offset: number): Completion {
  if (frontEndOf(view.file.path).name === "yaml") return yamlCompletion(view, offset);
  const cursor = cursorAt(view.file, offset);
  return { start: cursor.start, end: offset, proposals: proposalsAt(view, cursor) };
}

function proposalsAt(view: View, cursor: Cursor): readonly Proposal[] {
  if (cursor.quoted !== null || view.module === null) return [];
  const last = cursor.tokens.at(-1);
  if (last?.text === "@" && !/[:,]/.test(cursor.tokens.at(-2)?.text ?? ""))
    return ANNOTATIONS.map(({ name, doc }) => ({ label: name, kind: "keyword", doc }));
  const inside = surroundings(view, cursor);
  const starts =
    cursor.first && inside !== null ? startProposals(inside, view.module.module.package === null) : [];
  if (cursor.path === null || cursor.item === null) return [...clauseProposals(cursor.tokens), ...starts];
  return [...markProposals(view, cursor, cursor.path), ...starts];
}

/** What the line of the cursor may begin with: what is open around it. */
function surroundings(view: View, cursor: Cursor): "module" | "policy" | "test" | null {
  let depth = 0;
  for (const { text } of cursor.tokens) depth += text === "{" ? 1 : text === "}" ? -1 : 0;
  const first = cursor.tokens.find((each) => each.kind !== "comment")?.text;
  if (depth === 1 && first === "policy") return "policy";
  if (depth === 1 && first === "test") return "test";
  if (depth !== 0) return null;
  // The declaration may be a rule that stands in a policy.
  return policyAround(view, cursor.start) === null ? "module" : "policy";
}
