// Any text is survived: the pipeline never throws on a damaged policy, and places stay inside the files.
import fc from "fast-check";
import { expect, test } from "vitest";
import { SourceFile } from "../source/source-file.ts";
import { NO_INPUTS } from "../testing/resolve-text.ts";
import { analyse } from "./analyse.ts";

const POLICY = `package acme.codegen
import std.tools.{git, http, web, mail}
tools "test.tools.json" as gh {
  create_file { path: relpath, branch: git_ref }
  * { path: relpath }
}
enum Env { dev, prod }
type Small = int in 1..5
agent { team: string, clearance: Small }
context { environment: Env }
const protected: set<git_ref> = { "main", "master" }
data partners: set<host_pattern>
param most: int in 1..500 = 50
fn ships(branch: git_ref): bool = branch in protected or branch.starts_with("release/")
pattern key = re"AKIA[0-9A-Z]{16}" | token
pattern token = re"ghp_[a-z]{36}" ignore case
fact verified(path): bool
group egress = http.*, web.*, mail.send
label untrusted set on call web.fetch per session
label seen(path: relpath) set on result gh.create_file key args.path when result.status == ok per session max 9
limit mails: mail.send to 3 per session else require approval by role "owner"
policy codegen for agent.id == "a" {
  allow read: web.fetch, gh.create_file
  require approval push: git.push when ships(args.branch) by 2 of role "release" within 30m because "to {args.branch}"
  sanitize leaked: @egress when args matches key redact args.** matching key with mask
  shadow until 2099-12-31 deny tainted: @egress when session has untrusted
}
policy writer(repo: string) { allow commit: git.commit when args.repo == repo }
use writer("acme/app") as app
test "t" { agent { id: "a", team: "p", clearance: 1 } step git.push { repo: "r", branch: "main" } expect approval_needed by push }
property "p" { for all call git.push where ships(args.branch) expect deny or approval_needed }
`;

test("the whole policy is understood", () => {
  const found = analyse([new SourceFile("a.aegis", POLICY)], NO_INPUTS);
  expect(found.diagnostics.filter((each) => /^(?:syntax|name|tools|declaration)\//.test(each.code))).toEqual(
    [],
  );
});

/** The policy with some lines cut, doubled, moved or words exchanged. */
const damaged = fc
  .array(
    fc.tuple(
      fc.nat(POLICY.length),
      fc.nat(60),
      fc.constantFrom("", "{", "}", "@", "x", "codegen", ".", "= 1", "\n", '"'),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((edits) =>
    edits.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), POLICY),
  );

test("damaged ones are survived", () => {
  fc.assert(
    fc.property(damaged, (text) => {
      const { diagnostics, files } = analyse([new SourceFile("a.aegis", text)], NO_INPUTS, {
        keepGoing: true,
      });
      for (const { span } of diagnostics) {
        const length = files.get(span.file)?.text.length ?? -1;
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(length);
      }
    }),
    { numRuns: 60 },
  );
});
