// Conversion keeps meaning: what is converted compiles to the same program, both ways, and ids stay.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as aegis from "../frontends/aegis/parse.ts";
import type { YamlEnvironment } from "../frontends/yaml/parse-yaml-module.ts";
import { analyse } from "../pipeline/analyse.ts";
import type { Analysis } from "../pipeline/analyse.ts";
import { compile } from "../pipeline/compile.ts";
import { standardLibrary } from "../pipeline/library.ts";
import { SourceFile } from "../source/source-file.ts";
import { absentReads, convertToAegis, convertToYaml } from "./index.ts";
import { printYaml, map, text } from "./yaml-value.ts";
import { parse } from "yaml";
import fc from "fast-check";

const environment: YamlEnvironment = { libraryTools: standardLibrary.tools, parser: aegis };
const inputs = {
  readManifest: () => ({ ok: false as const, reason: "none here" }),
  data: new Map<string, unknown>([["acme.flagship.partners", ["*.partner.com"]]]),
  params: new Map<string, unknown>(),
  lockedActions: null,
  channels: null,
  now: null,
};

function analysed(path: string, source: string): Analysis {
  const data = source.includes("partners") ? inputs.data : new Map<string, unknown>();
  const analysis = analyse([new SourceFile(path, source)], { ...inputs, data });
  expect(analysis.diagnostics.filter((each) => each.severity === "error")).toEqual([]);
  return analysis;
}
function program(analysis: Analysis) {
  const compilation = compile(analysis);
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.diagnostics));
  return compilation.ir;
}
const toAegis = (analysis: Analysis): string =>
  convertToAegis(analysis.modules[0]!, absentReads(analysis.checked));

const blocks = (path: string, language: string): string[] =>
  [
    ...readFileSync(path, "utf8").matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`$`, "gm")),
  ].map((match) => match[1]!);

const OPTIONAL = `allowed_tools:
  - { name: git, actions: [pull] }
  - { name: deployer, actions: [run] }
conditions:
  deny:
    - true if remote == "upstream"
    - { name: big, when: size > 3 and not dry, unless: target == "lab" }
rules:
  - { allow: fetched, call: git.fetch, when: remote == "origin" }
`;

describe("from YAML to Aegis", () => {
  it.each([...blocks("docs/yaml.md", "yaml"), OPTIONAL])("policy %#", (yaml) => {
    const before = analysed("policy.yaml", yaml);
    const converted = toAegis(before);
    const after = analysed("policy.aegis", converted);
    expect(after.modules[0]!.dialect).toBe("aegis");
    expect(program(after)).toEqual(program(before));
  });
  it("writes out what absence means", () => {
    const converted = toAegis(analysed("policy.yaml", OPTIONAL));
    expect(converted).toContain('args.remote is absent or args.remote == "upstream"');
    expect(converted).toContain('args.remote is present and args.remote == "origin"');
    expect(converted).toMatch(/args\.target is absent/);
  });
});

const FLAGSHIP = `/// What the agent may do.
package acme.flagship

import std.tools.{git, ci_pipeline, http, web, mail, llm}
import std.secrets

/// Where it runs.
enum Env { dev, staging, prod }
agent { team: string, clearance: int }
context { environment: Env }
const protected: set<git_ref> = { "main", "master" }
const most: int = 3 * 2
data partners: set<host_pattern>
param max_files: int in 1..500 = 50
type Note = { title: string, body: string max 20?, ... }
tool bank as "bank-api" {
  /// Sends money.
  @owner("treasury")
  send(amount: decimal in 0.01..1000.00, note: Note?, dry: bool = false, ...): { cost: decimal }
  \`list-all\`()
}
pattern ticket = re"[A-Z]{2,5}-[0-9]+" | secrets.any
fn ships(branch: git_ref): bool = branch in protected or branch.starts_with("release/")
group egress = http.*, web.*, mail.send except http.head
label untrusted set on call web.fetch, mail.read per session
label tests_green set on result ci_pipeline.run_tests when result.status == ok clear on call git.commit per session
label seen(host: host) set on call http.get key args.url.host per session max 1000
limit spend: llm.complete to 50.00 sum args.max_cost per agent over 24h
limit mails: mail.send to 3 per session else require approval by role "owner"

policy codegen for agent.id == "codegen-agent" {
  allow commit: git.commit
  allow tests: ci_pipeline.run_tests
  allow read: web.fetch, mail.read
  allow push: git.push when session has tests_green
  allow post: http.post when partners.covers(args.url.host)
  allow get: http.get unless session has untrusted and not session has seen(args.url.host)
  allow pay: bank.send when args.amount < 20.5
  @owner("secops") @review(every: 180d) @waivable
  require approval protected_push: git.push when ships(args.branch)
    by 2 of role "release-manager" and user "alice" within 30m
    because "a \\"push\\" to {args.branch} ships \\{now\\}" hint "ask: first"
  deny force_push: git.push when args.force because "a force push rewrites history"
  sanitize leaked: @egress when args matches secrets.any redact args.** matching secrets.any with mask
  sanitize auth_header: @egress having args.headers when args.headers["authorization"] is present
    redact args.headers["authorization"] with replace "none"
  shadow until 2099-12-31 deny tainted_egress: @egress when session has untrusted
}

test "a push to main waits" {
  agent { id: "codegen-agent", team: "no", clearance: 1 }
  context { environment: dev }
  given label tests_green = true
  step ci_pipeline.run_tests {} result ok expect allow
  step git.push { repo: "acme/app", branch: "main" } expect approval_needed by protected_push
  after 31m
  step git.push { repo: "30m", branch: null } expect deny code invalid_input
  cases git.push { repo: "r" } with branch, force { "main", false -> approval_needed "dev", true -> deny }
}
property "nothing ships alone" {
  for all call git.push where ships(args.branch)
  expect deny or approval_needed
}
`;

describe("from Aegis to YAML", () => {
  it("keeps a policy with everything in it", () => {
    const before = analysed("policy.aegis", FLAGSHIP);
    const converted = convertToYaml(before.modules[0]!, environment);
    expect(converted.unsupported).toEqual([]);
    const after = analysed("policy.yaml", converted.text);
    expect(program(after)).toEqual(program(before));
    expect(converted.text).toContain("# Where it runs.");
    expect(converted.text).toContain("to: 50.00");
    expect(converted.text).toContain("branch: null");
    expect(converted.text).toContain("repo: '30m'");
  });
  it("and back again is the same text", () => {
    const before = analysed("policy.aegis", FLAGSHIP.replace("/// Where it runs.\n", ""));
    const yaml = convertToYaml(before.modules[0]!, environment).text;
    const back = toAegis(analysed("policy.yaml", yaml));
    const again = convertToYaml(analysed("policy.aegis", back).modules[0]!, environment);
    expect(again.text).toBe(yaml);
  });
  it("keeps the example of the design", () => {
    const source = readFileSync("compiler/fixtures/syntax/codegen.aegis", "utf8");
    const { module } = aegis.parseModule(new SourceFile("codegen.aegis", source));
    expect(convertToYaml(module, environment).unsupported).toEqual([]);
  });
  it("tells what has no form", () => {
    const { module } = aegis.parseModule(
      new SourceFile("p.aegis", 'package p\n@owner("x")\nenum Env { dev }\n'),
    );
    expect(convertToYaml(module, environment).unsupported.map((each) => each.code)).toEqual([
      "convert/no-yaml-form",
    ]);
  });
});

describe("YAML that is written", () => {
  it("is read as the same texts by another reader", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.array(fc.string({ unit: "grapheme" })), (one, many) => {
        if (/[\ud800-\udfff]/.test(one.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""))) return;
        const written = printYaml(
          map({
            one: text(one),
            many: { kind: "list", items: many.map(text) },
            deep: map({ [one]: map({ x: text(many.join("")) }) }),
          }),
        );
        expect(parse(written)).toEqual({ one, many, deep: { [one]: { x: many.join("") } } });
      }),
      { numRuns: 60 },
    );
  });
  it.each([
    "no",
    "1.10",
    "0o7",
    "~",
    "",
    " a",
    "a ",
    "a: b",
    "a #b",
    "- a",
    "{a}",
    "@g",
    "*",
    "'",
    "\u200b",
    "30m",
    "2099-12-31",
    "true",
  ])("quotes %j where it must", (value) => {
    expect(parse(printYaml(map({ a: text(value) })))).toEqual({ a: value });
  });
});
