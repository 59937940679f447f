// Completion: a source with a cursor, and what is offered there first. Every source is broken at the cursor.
import { expect, test } from "vitest";
import { markedView } from "../../testing/marked-source.ts";
import { completion } from "./completion.ts";

const HEAD = `package acme.policy
import std.tools.{git, web, mail}
enum Env { dev, prod }
context { environment: Env }
agent { team: string }
const protected: set<git_ref> = { "main" }
fn ships(branch: git_ref): bool = branch in protected
label tainted set on call web.fetch per session
group egress = web.*, mail.send
tools "files.tools.json" as files { write_file { path: relpath } }
`;

const offered = (source: string) => {
  const { view, offset } = markedView(HEAD + source);
  const found = completion(view, offset);
  return { ...found, labels: found.proposals.map((each) => each.label) };
};

test.each<[what: string, source: string, offered: readonly string[], not?: readonly string[]]>([
  ["tools", "deny x: ‸\n", ["git", "web", "@egress", "*"]],
  ["tools that are being written", "deny x: gi‸", ["git"]],
  ["a second part of a selector", "deny x: git.push, ‸ when true", ["web", "mail"]],
  ["after except", "deny x: * except ‸", ["git"]],
  ["actions of the tool", "deny x: git.‸", ["push", "commit"], ["send"]],
  ["actions of a manifest's tool", "deny x: files.‸ when true", ["write_file"]],
  ["arguments of this action", "deny x: git.push when args.‸", ["branch", "force", "repo"], ["url"]],
  ["arguments in the middle of a condition", "deny x: git.push when args.force and args.br‸ == ", ["branch"]],
  [
    "arguments in the middle of a file",
    "deny x: git.push when args.‸\nallow y: web.fetch\n",
    ["branch"],
    ["url"],
  ],
  [
    "arguments in a policy",
    'policy p for agent.id == "a" {\n  deny x: git.push when args.‸\n  allow y: git.push\n}\n',
    ["branch"],
  ],
  ["arguments in a reason", 'deny x: git.push because "to {args.‸', ["branch"]],
  ["parts of a parsed type", "deny x: web.fetch when args.url.‸", ["host", "scheme"]],
  ["parts of parts", "deny x: web.fetch when args.url.host.‸", ["ip", "qualified"]],
  ["methods of a text", "deny x: git.push when args.repo.‸", ["starts_with", "lower"]],
  ["members of the enum that is compared", "deny x: git.push when context.environment == ‸", ["dev", "prod"]],
  [
    "members of a named enum",
    "deny x: git.push when context.environment == Env.‸",
    ["dev", "prod"],
    ["args"],
  ],
  ["attributes", "deny x: git.push when agent.‸", ["id", "team", "roles"]],
  [
    "roots, constants and functions",
    "deny x: git.push when ‸",
    ["args", "protected", "ships", "session has"],
  ],
  ["labels", "deny x: git.push when session has ‸", ["tainted"]],
  ["labels, half written", "deny x: git.push when session has ta‸", ["tainted"]],
  ["variables", "deny x: git.push when any segment in args.branch.segments: ‸", ["segment", "args"]],
  ["in a collection", "deny x: git.push when context.environment in { ‸", ["dev", "prod"]],
  ["groups", "deny x: @‸", ["egress"]],
  ["types", "const x: ‸", ["url", "Env", "list", "git_ref"]],
  ["types of parameters", "fn f(a: ‸", ["url", "Env"]],
  ["parameters", "fn f(branch: git_ref): bool = br‸", ["branch"]],
  ["packages", "import ‸", ["std.tools", "std.secrets", "std.net"]],
  ["modules of the library", "import std.‸", ["tools", "secrets"]],
  ["names of a package", "import std.secrets.{‸", ["any"]],
  ["clauses", "deny x: git.push ‸", ["when", "unless", "because"]],
  ["clauses on the next line", "deny x: git.push when args.force\n  ‸", ["because", "and"]],
  ["ways to redact", "sanitize x: git.push redact args.repo with ‸", ["mask", "remove"]],
  ["places to redact", "sanitize x: git.push redact args.‸", ["repo", "branch", "**"]],
  ["scopes", "label x set on call git.push per ‸", ["session", "agent", "tenant"]],
  ["snippets for rules", "‸", ["allow", "deny", "policy", "test"]],
  ["rules in a policy", "policy p {\n  ‸\n}\n", ["allow", "deny"], ["policy"]],
  ["lines of a test", 'test "t" {\n  ‸\n}\n', ["step", "cases"], ["policy"]],
  ["actions of a step", 'test "t" {\n  step git.‸\n}\n', ["push"]],
  ["arguments of a step", 'test "t" {\n  step git.push { repo: "r", ‸ }\n}\n', ["branch"], ["repo"]],
  ["attributes in a `for`", "policy p for agent.‸", ["id", "team"]],
  ["attributes in a test", 'test "t" {\n  context { ‸ }\n}\n', ["environment"]],
  ["members in a test", 'test "t" {\n  context { environment: ‸ }\n}\n', ["dev", "prod"]],
  ["decisions", 'test "t" {\n  step git.push {} expect ‸\n}\n', ["allow", "deny", "approval_needed"]],
  ["rules in a test", 'allow ok: git.push\ntest "t" {\n  step git.push {} expect allow by ‸\n}\n', ["ok"]],
  ["annotations", "@‸\ndeny x: git.push", ["owner", "waivable"]],
])("%s", (_what, source, wanted, unwanted = []) => {
  const { labels } = offered(source);
  expect(labels).toEqual(expect.arrayContaining([...wanted]));
  for (const each of unwanted) expect(labels).not.toContain(each);
});

test("nothing is offered in comments and texts", () => {
  expect(offered("// ‸").labels).toEqual([]);
  expect(offered('deny x: git.push because "‸').labels).toEqual([]);
});

test("a name of the library comes with its import", () => {
  const { proposals } = offered("deny x: ht‸");
  const http = proposals.find((each) => each.label === "http");
  expect(http?.also?.newText).toBe(", http");
  const found = offered("deny x: web.fetch when is_int‸").proposals.find(
    (each) => each.label === "is_internal",
  );
  expect(found?.also?.newText).toBe("\nimport std.net.{is_internal}");
});

test("the word before the cursor is replaced", () => {
  const { start, end } = offered("deny x: git.pu‸sh");
  expect(end - start).toBe(2);
});

test("a manifest's words stay words", () => {
  const { proposals } = offered("deny x: files.write_file when args.‸");
  expect(proposals.find((each) => each.label === "path")).toMatchObject({
    detail: ": relpath",
    doc: "Where to write. [link](https://evil.example)",
  });
});
