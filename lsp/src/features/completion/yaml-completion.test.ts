// Completion in policies in YAML: a source with a cursor, and what is offered there. Most sources are broken at the cursor.
import { expect, test } from "vitest";
import { markedView } from "../../testing/marked-source.ts";
import { completion } from "./completion.ts";

const HEAD = `package: acme.policy
enums: { Env: [dev, prod] }
attributes:
  context: { environment: Env }
  agent: { team: string }
constants:
  protected: { type: set<git_ref>, value: [main] }
functions:
  ships: { params: { branch: git_ref }, result: bool, body: branch in protected }
groups: { egress: [web.*, mail.send] }
labels:
  - { label: tainted, set: { call: [web.fetch] }, per: session }
`;

const offered = (source: string, head = HEAD) => {
  const { view, offset } = markedView(head + source, "policy.yaml");
  const found = completion(view, offset);
  return { ...found, labels: found.proposals.map((each) => each.label) };
};

test.each<[what: string, source: string, offered: readonly string[], not?: readonly string[]]>([
  ["keys of the file", "ru‸", ["rules", "tests", "allowed_tools"], ["package", "call"]],
  ["keys of the file that is broken elsewhere", "ru‸\nrules: [\n", ["tests", "allowed_tools"]],
  ["keys of a rule", "rules:\n  - allow: x\n    ‸\n", ["call", "when", "unless"], ["deny", "allow", "limit"]],
  ["keys of a rule in braces", "rules:\n  - { deny: x, ca‸ }\n", ["call", "because"], ["allow"]],
  ["keys of a rule in open braces", "rules:\n  - { deny: x, ca‸\n", ["call", "because"], ["allow"]],
  ["the first key of a rule", "rules:\n  - ‸\n", ["allow", "deny", "require_approval", "limit", "deny …"]],
  ["keys before others", "rules:\n  - deny: x\n    wh‸\n    call: git.push\n", ["when"], ["call"]],
  ["keys of a limit", "rules:\n  - limit: x\n    ‸\n", ["to", "per", "over", "sum"], ["unless"]],
  ["keys of who approves", "rules:\n  - require_approval: x\n    by: { ‸ }\n", ["role", "user", "count"]],
  ["a key that is there", "rules:\n  - deny: x\n    ca‸: git.push\n", ["call"]],
  ["tools", "rules:\n  - allow: x\n    call: ‸\n", ["git", "web", "@egress", "*"]],
  ["tools in a list", "rules:\n  - allow: x\n    call: [git.push, ‸]\n", ["web", "mail"]],
  ["actions", "rules:\n  - allow: x\n    call: git.‸\n", ["push", "commit"], ["send"]],
  ["actions in an open list", "rules:\n  - allow: x\n    call: [git.pu‸\n", ["push", "commit"]],
  ["groups", 'rules:\n  - deny: x\n    call: "@‸"\n', ["egress"]],
  [
    "arguments of this action, constants, functions",
    "rules:\n  - deny: x\n    call: git.push\n    when: ‸\n",
    ["branch", "force", "protected", "ships", "args"],
    ["url"],
  ],
  [
    "arguments in the middle",
    "rules:\n  - deny: x\n    call: git.push\n    when: force and br‸\n    because: no\n",
    ["branch"],
  ],
  [
    "arguments by their root",
    "rules:\n  - deny: x\n    call: git.push\n    when: args.‸\n",
    ["branch", "repo"],
  ],
  ["parts", "rules:\n  - deny: x\n    call: web.fetch\n    when: url.‸\n", ["host", "scheme"]],
  [
    "members of the enum that is compared",
    "rules:\n  - deny: x\n    call: git.push\n    when: context.environment == ‸\n",
    ["dev", "prod"],
  ],
  ["attributes", "rules:\n  - deny: x\n    call: git.push\n    when: agent.‸\n", ["team", "id"]],
  ["labels", "rules:\n  - deny: x\n    call: git.push\n    when: session has ‸\n", ["tainted"]],
  ["placeholders", 'rules:\n  - deny: x\n    call: git.push\n    because: "to {br‸}"\n', ["branch"]],
  ["scopes", "labels:\n  - { label: y, set: { call: [git.push] }, per: ‸ }\n", ["session", "agent"]],
  ["types", "constants:\n  x: { type: ‸, value: 1 }\n", ["url", "git_ref", "list"]],
  ["types of fields", "tools:\n  t: { actions: { go: { params: { to: ‸ } } } }\n", ["url", "relpath"]],
  [
    "ways to redact",
    "rules:\n  - sanitize: x\n    call: git.push\n    redact: { path: args.repo, with: ‸ }\n",
    ["mask", "hash"],
  ],
  ["actions of a step", "tests:\n  - test: t\n    steps:\n      - { step: git.‸ }\n", ["push"]],
  [
    "arguments of a step",
    "tests:\n  - test: t\n    steps:\n      - { step: git.push, args: { repo: r, ‸ } }\n",
    ["branch", "force"],
    ["repo"],
  ],
  [
    "decisions",
    "tests:\n  - test: t\n    steps:\n      - step: git.push\n        expect: ‸\n",
    ["allow", "deny"],
  ],
  [
    "rules that decide",
    "rules:\n  - { allow: ok, call: git.push }\ntests:\n  - test: t\n    steps:\n      - { step: git.push, expect: allow by ‸ }\n",
    ["ok"],
  ],
  ["attributes of a test", "tests:\n  - test: t\n    context: { ‸ }\n    steps: []\n", ["environment"]],
  [
    "members in a test",
    "tests:\n  - test: t\n    context: { environment: ‸ }\n    steps: []\n",
    ["dev", "prod"],
  ],
])("%s", (_what, source, wanted, unwanted = []) => {
  const head = source.startsWith("constants") || source.startsWith("labels") ? "package: p\n" : HEAD;
  const { labels } = offered(source, head);
  expect(labels).toEqual(expect.arrayContaining([...wanted]));
  for (const each of unwanted) expect(labels).not.toContain(each);
});

test.each<[what: string, source: string, offered: readonly string[], not?: readonly string[]]>([
  ["tools by name", "allowed_tools:\n  - name: ‸\n", ["git", "ci-pipeline"]],
  [
    "actions of the tool",
    "allowed_tools:\n  - name: git\n    actions: [commit, ‸]\n",
    ["push"],
    ["run_tests"],
  ],
  ["actions on lines", "allowed_tools:\n  - name: ci-pipeline\n    actions:\n      - ‸\n", ["run_tests"]],
  [
    "arguments in a condition",
    "allowed_tools:\n  - name: git\n    actions: [push]\nconditions:\n  deny: true if ‸\n",
    ["branch", "force"],
  ],
  ["decisions", "conditions:\n  ‸\n", ["deny", "approval_needed", "sanitize"], ["allow"]],
  ["the first key of an empty file", "‸", ["agent", "allowed_tools", "rules"]],
])("the short form: %s", (_what, source, wanted, unwanted = []) => {
  const { labels } = offered(source, "");
  expect(labels).toEqual(expect.arrayContaining([...wanted]));
  for (const each of unwanted) expect(labels).not.toContain(each);
});

test("nothing is offered in comments; keys come with their colon and their words", () => {
  expect(offered("# ru‸").labels).toEqual([]);
  const { proposals, start, end } = offered("rules:\n  - deny: x\n    wh‸\n");
  expect(proposals.find((each) => each.label === "when")).toMatchObject({
    insert: "when: ",
    doc: expect.stringContaining("only when this holds") as string,
  });
  expect(end - start).toBe(2);
});
