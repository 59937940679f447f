// Whole items of a YAML policy, where a new one begins.
import { keysOf, type YamlPlace } from "../../workspace/yaml-cursor.ts";
import type { Proposal } from "./proposal.ts";

const snippet = (label: string, ...lines: readonly string[]): Proposal => ({
  label,
  kind: "snippet",
  insert: lines.join("\n"),
  snippet: true,
  rank: 3,
});

const SNIPPETS: ReadonlyMap<string, readonly Proposal[]> = new Map([
  [
    "rules",
    [
      snippet("allow …", "allow: ${1:name}", "call: ${2:tool.action}"),
      snippet(
        "deny …",
        "deny: ${1:name}",
        "call: ${2:tool.action}",
        "when: ${3:condition}",
        'because: "${4:why}"',
      ),
      snippet(
        "require_approval …",
        "require_approval: ${1:name}",
        "call: ${2:tool.action}",
        "when: ${3:condition}",
        "by: { role: ${4:owner} }",
        "within: 30m",
      ),
      snippet(
        "sanitize …",
        "sanitize: ${1:name}",
        "call: ${2:tool.action}",
        "redact: { path: args.${3:argument}, with: mask }",
      ),
      snippet("limit …", "limit: ${1:name}", "call: ${2:tool.action}", "to: ${3:10}", "per: session"),
    ],
  ],
  ["allowed_tools", [snippet("name and actions", "name: ${1:tool}", "actions: [${2:action}]")]],
  ["labels", [snippet("label …", "label: ${1:name}", "set: { call: [${2:tool.action}] }", "per: session")]],
  [
    "tests",
    [
      snippet(
        "test …",
        "test: ${1:what it shows}",
        "agent: { id: ${2:agent} }",
        "steps:",
        "  - { step: ${3:tool.action}, args: { $4 }, expect: ${5:allow} }",
      ),
    ],
  ],
]);

/** At the beginning of an empty item of a list. */
export function itemSnippets({ path, around }: YamlPlace): readonly Proposal[] {
  const list = path.at(-2);
  if (typeof path.at(-1) !== "number" || typeof list !== "string" || keysOf(around.at(-1)).length > 0)
    return [];
  return SNIPPETS.get(list) ?? [];
}
