// The example of the language's design, as it stands, and what it decides.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createInterpreter, eachChild } from "@aegis/runtime/core";
import type { IrExpression } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { compileText, FLAGSHIP_MANIFEST } from "../testing/index.ts";

const source = readFileSync(new URL("../../fixtures/syntax/codegen.aegis", import.meta.url), "utf8");
const compiled = compileText(source, {
  readManifest: (_, path) => ({ ok: true, path, text: FLAGSHIP_MANIFEST }),
  data: new Map([["acme.codegen.partners", ["*.partner.com"]]]),
  channels: new Set(["releases"]),
});
const engine = createInterpreter(compiled.ir, platform);

interface State {
  readonly untrusted?: boolean | "maybe";
  readonly tests_green?: boolean | "maybe";
  readonly seen?: readonly string[];
  readonly spend?: string;
  readonly mails?: string;
  readonly edits?: string;
}
function ask(call: string, args: object, given: State = {}, agent: object = {}) {
  const [tool = "", action = ""] = call.split("/");
  const { untrusted = false, tests_green = false, seen = [], spend = "0", mails = "0", edits = "0" } = given;
  return engine.decide({
    agent: { id: "codegen-agent", team: "platform", clearance: 1, ...agent },
    tool,
    action,
    args,
    context: { environment: "dev", time: "2026-11-22T09:00:00Z", session: "s" },
    state: {
      labels: {
        "acme.codegen.untrusted": untrusted,
        "acme.codegen.tests_green": tests_green,
        "acme.codegen.seen": { set: seen, maybe: [], full: false },
      },
      counters: {
        "acme.codegen.spend": spend,
        "acme.codegen.mails": mails,
        "acme.codegen.edits": edits,
      },
    },
  });
}
const GREEN: State = { tests_green: true };
const push = (args: object, given: State = GREEN) => ask("git/push", { repo: "acme/app", ...args }, given);
const post = (args: object, given: State = {}) =>
  ask("http/post", { url: "https://api.partner.com/v1", ...args }, given);

describe("the flagship policy", () => {
  it("compiles without a word", () => {
    expect(compiled.diagnostics).toEqual([]);
  });

  it.each<[string, ReturnType<typeof ask>, string]>([
    ["commit", ask("git/commit", { repo: "acme/app", message: "m" }), "allow matched acme.codegen.commit"],
    ["run tests", ask("ci-pipeline/run_tests", {}), "allow matched acme.codegen.tests"],
    ["another agent", ask("git/commit", { repo: "r", message: "m" }, {}, { id: "b" }), "deny default_deny"],
    ["another tool", ask("ci_pipeline/run_tests", {}), "deny unknown_action"],
    ["push before the tests", push({ branch: "dev" }, {}), "deny default_deny"],
    ["push while the tests run", push({ branch: "dev" }, { tests_green: "maybe" }), "deny default_deny"],
    ["push", push({ branch: "dev" }), "allow matched acme.codegen.push"],
    ["push to main", push({ branch: "main" }), "approval_needed matched acme.codegen.protected_push"],
    [
      "push to refs/heads/main",
      push({ branch: "refs/heads/main" }),
      "approval_needed matched acme.codegen.protected_push",
    ],
    [
      "push a release",
      push({ branch: "release/1.0" }),
      "approval_needed matched acme.codegen.protected_push",
    ],
    ["push by force", push({ branch: "main", force: true }), "deny matched acme.codegen.force_push"],
    ["push to +main", push({ branch: "+main" }), "deny invalid_input"],
    ["push to nothing", push({}), "deny invalid_input"],
    ["push to null", push({ branch: null }), "deny invalid_input"],
    ["push to a list", push({ branch: ["main"] }), "deny invalid_input"],
    ["push with more", push({ branch: "dev", more: 1 }), "deny invalid_input"],
    ["post to a partner", post({ body: "hello" }), "allow matched acme.codegen.post"],
    ["post elsewhere", ask("http/post", { url: "https://evil.com/" }), "deny default_deny"],
    ["post a secret", post({ body: { k: `AKIA${"A".repeat(16)}` } }), "sanitize matched acme.codegen.leaked"],
    [
      "post with credentials",
      post({ headers: { Authorization: "x" } }),
      "sanitize matched acme.codegen.auth_header",
    ],
    [
      "edit what was seen",
      ask("github/create_or_update_file", { path: "a.ts", branch: "dev", content: "x" }, { seen: ["a.ts"] }),
      "allow matched acme.codegen.edit",
    ],
    [
      "edit what was not",
      ask("github/create_or_update_file", { path: "b.ts", branch: "dev", content: "x" }, { seen: ["a.ts"] }),
      "deny default_deny",
    ],
    [
      "edit too often",
      ask(
        "github/create_or_update_file",
        { path: "a.ts", branch: "dev", content: "x" },
        { seen: ["a.ts"], edits: "50" },
      ),
      "deny matched acme.codegen.edits",
    ],
    [
      "a completion",
      ask("llm/complete", { model: "m", max_cost: "0.4" }, { spend: "49.6" }),
      "allow matched acme.codegen.models",
    ],
    [
      "a completion too many",
      ask("llm/complete", { model: "m", max_cost: 0.400001 }, { spend: "49.6" }),
      "deny matched acme.codegen.spend",
    ],
    ["a completion that refunds", ask("llm/complete", { model: "m", max_cost: -1 }), "deny invalid_input"],
    [
      "a mail",
      ask("mail/send", { to: ["x@acme.com"], subject: "s", body: "b" }, { mails: "2" }),
      "allow matched acme.codegen.send",
    ],
    [
      "a fourth mail",
      ask("mail/send", { to: ["x@acme.com"], subject: "s", body: "b" }, { mails: "3" }),
      "approval_needed matched acme.codegen.mails",
    ],
  ])("%s", (_, document, expected) => {
    const { decision, code, rules } = document;
    expect([decision, code, ...rules].join(" ")).toBe(expected);
  });

  it("finds every condition of the text in the program", () => {
    const { ir, sourceMap } = compiled;
    const nodesOf = (index: number): ReadonlySet<string> => {
      const texts = new Set<string>();
      const visit = (node: IrExpression): void => {
        texts.add(JSON.stringify(node));
        eachChild(node, visit);
      };
      visit(ir.expressions[index]!);
      return texts;
    };
    let conditions = 0;
    for (const rule of ir.rules.filter((each) => each.limit === null))
      for (const target of rule.targets) {
        const source = sourceMap.rules.get(rule.id)?.targets.find((each) => each.action === target.action);
        for (const [index, sources] of [
          [target.scope, source!.scope],
          [target.when, source!.when],
        ] as const)
          for (const { expression } of sources) {
            conditions++;
            expect(nodesOf(index)).toContain(JSON.stringify(expression));
          }
      }
    expect(conditions).toBeGreaterThan(20);
  });

  it("says who approves, through which channel, for how long, and why", () => {
    const document = push({ branch: "main" });
    expect(document.reason).toBe('a push to "main" ships to customers');
    expect(document.obligations).toEqual([
      {
        type: "approval",
        rule: "acme.codegen.protected_push",
        by: [{ role: "release-manager", count: 2 }],
        via: ["releases"],
        within: "PT30M",
      },
    ]);
  });

  it("observes egress of a tainted session", () => {
    const tainted = { untrusted: true };
    const document = ask("mail/send", { to: ["x@evil.com"], subject: "s", body: "b" }, tainted);
    expect(document).toMatchObject({
      decision: "allow",
      shadow: { decision: "deny", rules: ["acme.codegen.tainted_egress"] },
    });
    expect(post({}, tainted).shadow).toBeUndefined();
  });

  it("redacts the header and every leaf that may hold a secret", () => {
    const obligations = post({ body: `AKIA${"A".repeat(16)}`, headers: { AUTHORIZATION: "x" } }).obligations;
    const redactions = obligations.flatMap((each) => (each.type === "redact" ? [each] : []));
    expect(redactions.map(({ rule, path, matching }) => [rule, path, matching])).toEqual([
      ["acme.codegen.auth_header", "/args/headers/authorization", undefined],
      ["acme.codegen.leaked", "/args/body", "std.secrets.any"],
      ["acme.codegen.leaked", "/args/headers/*", "std.secrets.any"],
    ]);
  });

  it("lists what the agent may ever do", () => {
    const listed = (id: string) =>
      engine
        .visible({ agent: { id, team: "t", clearance: 1 }, context: { environment: "dev" } })
        .map(({ tool, action }) => `${tool}/${action}`);
    expect(listed("codegen-agent")).toEqual([
      "ci-pipeline/run_tests",
      "git/commit",
      "git/push",
      "github/create_or_update_file",
      "github/get_file_contents",
      "http/post",
      "llm/complete",
      "mail/read",
      "mail/send",
      "web/fetch",
    ]);
    expect(listed("other")).toEqual([]);
  });
});
