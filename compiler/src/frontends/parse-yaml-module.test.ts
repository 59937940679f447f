// The YAML front end: the tree that each form gives, names, places, open tools; and that any text is survived.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expression, TypeNode } from "../syntax/expression.ts";
import type { Item, RuleDeclaration, Selector } from "../syntax/ast.ts";
import { ARTICLE } from "../testing/article.ts";
import { parseYaml } from "../testing/parse-yaml.ts";

function items(text: string, path?: string): readonly Item[] {
  const { module, diagnostics } = parseYaml(text, path);
  expect(diagnostics.filter((each) => each.severity === "error")).toEqual([]);
  return module.items;
}
const rulesOf = (text: string): readonly RuleDeclaration[] =>
  items(text).flatMap((item) => (item.kind === "rule" ? [item] : item.kind === "policy" ? item.rules : []));
const only = <Kind extends Item["kind"]>(all: readonly Item[], kind: Kind): Extract<Item, { kind: Kind }> => {
  const found = all.filter((item): item is Extract<Item, { kind: Kind }> => item.kind === kind);
  expect(found).toHaveLength(1);
  return found[0]!;
};

/** Enough of a printer to compare conditions. */
function show(node: Expression | null): string {
  if (node === null) return "-";
  switch (node.kind) {
    case "name":
      return node.text;
    case "field":
      return `${show(node.of)}.${node.name.text}`;
    case "string":
      return JSON.stringify(node.value);
    case "number":
      return node.text;
    case "bool":
      return String(node.value);
    case "binary":
      return `(${show(node.left)} ${node.op} ${show(node.right)})`;
    case "unary":
      return `${node.op} ${show(node.of)}`;
    case "call":
      return `${show(node.callee)}(${node.args.map(show).join(", ")})`;
    case "collection":
      return `{${node.items.map(show).join(", ")}}`;
    case "has":
      return `has ${node.label.parts.map((part) => part.text).join(".")}(${node.key.map(show).join(", ")})`;
    case "quantifier":
      return `${node.op} ${node.variable.text} in ${show(node.over)}: ${show(node.body)}`;
    case "is":
      return `${show(node.of)} is ${node.what}`;
    default:
      return node.kind;
  }
}
const showType = (type: TypeNode): string =>
  type.kind === "type-optional"
    ? `${showType(type.of)}?`
    : type.kind === "type-name"
      ? type.name.parts.map((part) => part.text).join(".")
      : type.kind;
const showSelector = (selector: Selector): string =>
  selector.include
    .map((part) =>
      part.kind === "everything"
        ? "*"
        : part.kind === "group"
          ? `@${part.name.parts.map((each) => each.text).join(".")}`
          : `${part.tool.parts.map((each) => each.text).join(".")}.${part.actions === null ? "*" : `{${part.actions.map((each) => each.text).join(",")}}`}`,
    )
    .join(" ");

describe("the article's example", () => {
  it("is a policy of three grants and one restriction", () => {
    const all = items(ARTICLE, "policies/code-gen.aegis.yaml");
    expect(
      parseYaml(ARTICLE, "policies/code-gen.aegis.yaml").module.package?.parts.map((each) => each.text),
    ).toEqual(["code_gen"]);
    const imported = only(all, "import");
    expect(imported.names?.map((name) => name.text)).toEqual(["ci_pipeline", "git"]);
    const policy = only(all, "policy");
    expect(show(policy.scope)).toBe('(agent.id == "codegen-agent")');
    expect(policy.rules.map((rule) => [rule.name.text, rule.effect, showSelector(rule.selector)])).toEqual([
      ["allow_git_commit", "allow", "git.{commit}"],
      ["allow_git_push", "allow", "git.{push}"],
      ["allow_ci_pipeline_run_tests", "allow", "ci_pipeline.{run_tests}"],
      ["approval_needed_1", "approval", "git.{commit,push} ci_pipeline.{run_tests}"],
    ]);
    const restriction = policy.rules.at(-1)!;
    expect(show(restriction.when)).toBe('(args.branch == "main")');
    expect(restriction.having.map((each) => show(each.path))).toEqual(["args.branch"]);
    expect(restriction.absentDecides).toBe(true);
  });
  it("has the same tree as JSON", () => {
    const json = JSON.stringify({
      agent: "codegen-agent",
      allowed_tools: [
        { name: "git", actions: ["commit", "push"] },
        { name: "ci-pipeline", actions: ["run_tests"] },
      ],
      conditions: { approval_needed: 'true if branch == "main"' },
    });
    const shape = (text: string, path: string) =>
      JSON.stringify(parseYaml(text, path).module.items, (key, value: unknown) =>
        /span/i.test(key) ? undefined : value,
      );
    expect(parseYaml(json, "policy.json").diagnostics).toEqual([]);
    expect(shape(json, "policy.json")).toBe(shape(ARTICLE, "policy.yaml"));
  });
  it("places names and mistakes inside strings", () => {
    const { module } = parseYaml(ARTICLE);
    const policy = only(module.items, "policy");
    const when = policy.rules.at(-1)!.when!;
    expect(ARTICLE.slice(when.span.start, when.span.end)).toBe('branch == "main"');
    const broken = ARTICLE.replace('branch == "main"', "'x' == brnch");
    const quoted = `conditions:\n  deny: "true if brnch == \\"main\\""\nallowed_tools: [{ name: git, actions: [push] }]`;
    const [diagnostic] = parseYaml(quoted).diagnostics;
    expect(quoted.slice(diagnostic!.span.start, diagnostic!.span.end)).toBe("brnch");
    expect(parseYaml(broken).diagnostics.length).toBeGreaterThan(0);
  });
});

describe("bare names", () => {
  const when = (condition: string, more = ""): string =>
    show(
      rulesOf(`${more}\nrules:\n  - deny: r\n    call: git.push\n    when: ${JSON.stringify(condition)}`)[0]!
        .when,
    );
  it.each([
    ["force", "args.force"],
    ["not force", "not args.force"],
    ['args.branch == "main"', '(args.branch == "main")'],
    ['branch.starts_with("release/")', 'args.branch.starts_with("release/")'],
    ['agent.id == "a" and force', '((agent.id == "a") and args.force)'],
    ['any b in { "x", "y" }: b == branch', 'any b in {"x", "y"}: (b == args.branch)'],
    ["session has seen(branch)", "has seen(args.branch)"],
  ])("%s", (condition, expected) => {
    expect(when(condition)).toBe(expected);
  });
  it("are constants and enum members when no argument has the name", () => {
    expect(
      when("branch in protected", "constants: { protected: { type: set<git_ref>, value: [main] } }"),
    ).toBe("(args.branch in protected)");
    expect(when("context.env == prod", "enums: { Env: [dev, prod] }")).toBe("(context.env == prod)");
    expect(
      when(
        "ships(branch)",
        "functions: { ships: { params: { b: git_ref }, result: bool, body: 'b == \"main\"' } }",
      ),
    ).toBe("ships(args.branch)");
  });
});

describe("open tools", () => {
  const text = (conditions: string): string =>
    `allowed_tools: [{ name: deployer, actions: [run, stop] }]\nconditions: { deny: [${conditions}] }`;
  it("are typed by their conditions and optional", () => {
    const source = text('\'true if target == "prod" and size > 3 and not dry and mode in { "a" }\'');
    const tool = only(items(source), "tool");
    expect(tool.inferred).toBe(true);
    expect(tool.actions.map((action) => [action.name.text, action.open])).toEqual([
      ["run", true],
      ["stop", true],
    ]);
    expect(tool.actions[0]!.params.map((param) => [param.name.text, showType(param.type)])).toEqual([
      ["target", "string?"],
      ["size", "decimal?"],
      ["dry", "bool?"],
      ["mode", "string?"],
    ]);
  });
});

describe("the long form", () => {
  it("reads every section", () => {
    const all = items(`
package: acme.codegen
guard: false
doc: What the agent may do.
imports: [std.secrets, "std.tools.{git, http, llm}", { import: acme.base, as: base }]
tools:
  github: { manifest: github.tools.json, refine: { create_or_update_file: { fields: { path: relpath } }, "*": { open: true } } }
  bank:
    wire: bank-api
    actions:
      send: { params: { amount: decimal, note: { type: string, default: "" }, "...": true }, result: { cost: decimal } }
enums: { Env: [dev, prod] }
types: { Order: { id: string, "...": true } }
attributes: { agent: { team: string }, context: { environment: Env } }
constants: { protected: { type: set<git_ref>, value: [main, master] }, most: { expr: 3 * 2 } }
data: { partners: set<host_pattern> }
params: { max_files: { type: int in 1..500, value: 50 } }
patterns: { key: 'AKIA[0-9A-Z]{16}', any: [{ pattern: key }, { regex: ghp_, ignore_case: true }] }
facts: { risk: { of: url, result: int } }
functions: { ships: { params: { branch: git_ref }, result: bool, body: branch in protected } }
groups: { egress: [http.*, github.create_or_update_file] }
labels:
  - label: seen
    key: { path: relpath }
    set: [{ result: github.get_file_contents, key: args.path, when: result.status == ok }]
    clear: { call: git.commit }
    per: session
    max: 10
policy: codegen
agent: [a, b]
rules:
  - allow: push
    call: git.push
    when: session has seen(branch)
  - require_approval: ships_it
    call: git.push
    when: ships(branch)
    by: [{ role: release-manager, count: 2 }, { user: alice }]
    via: releases
    within: 30m
    because: a push to {branch} ships
    annotations: { owner: secops, waivable: true, review: { every: 180d } }
  - sanitize: leaked
    call: "@egress"
    having: [body, { arg: args.url, type: url }]
    redact: [{ path: 'args.headers["authorization"]', matching: secrets.any, with: mask }, { path: args.body, with: { truncate: 3 } }]
    shadow: { until: 2099-12-31 }
  - limit: spend
    call: llm.complete
    to: 50.00
    sum: max_cost
    per: [agent, args.model]
    over: 24h
    else: { by: { role: owner } }
policies:
  - policy: writer
    params: { own: string }
    for: context.environment == prod
    rules: [{ deny: other, call: git.push, when: repo != own }]
uses: [{ use: writer, args: ['"acme/app"'], as: app }]
exceptions:
  - { exception: SEC-1, waive: acme.base.freeze, until: 2099-12-31, granted_by: role:security, because: history rewrite }
tests:
  - test: a push waits
    agent: { id: a, team: t }
    context: { environment: dev }
    steps:
      - given: { label: seen, key: [x] }
      - step: ci-pipeline.run_tests
        result: { ok: null }
      - after: 31m
      - step: git.push
        args: { repo: r, branch: main }
        expect: approval_needed by ships_it
      - cases: git.push
        args: { repo: r }
        with: [branch]
        rows: [{ values: ["+main"], expect: deny code invalid_input }, { values: [null], expect: { decision: deny, redact: [/args/x] } }]
      - visible: git.push
properties:
  - { property: nothing ships, call: git.push, where: ships(branch), expect: deny or approval_needed }
`);
    expect(all.map((item) => item.kind)).toEqual([
      "import",
      "import",
      "import",
      "import",
      "tools",
      "tool",
      "enum",
      "type",
      "attributes",
      "attributes",
      "const",
      "const",
      "data",
      "param",
      "pattern",
      "pattern",
      "fact",
      "fn",
      "group",
      "label",
      "limit",
      "policy",
      "policy",
      "use",
      "exception",
      "test",
      "property",
    ]);
    const policy = all.filter((item) => item.kind === "policy")[0]!;
    expect(show(policy.scope)).toBe('(agent.id in {"a", "b"})');
    expect(policy.rules.map((rule) => rule.name.text)).toEqual(["push", "ships_it", "leaked"]);
    const [push, ships, leaked] = policy.rules;
    expect(show(push!.when)).toBe("has seen(args.branch)");
    expect(ships!.approval).toMatchObject({
      by: [{ count: 2 }, { user: { value: "alice" } }],
      within: { milliseconds: 1_800_000 },
    });
    expect(
      ships!.because!.parts.map((part) => (part.kind === "text" ? part.text : show(part.expression))),
    ).toEqual(["a push to ", "args.branch", " ships"]);
    expect(leaked!.redactions.map((each) => [each.path.steps.length, each.with.kind])).toEqual([
      [2, "mask"],
      [1, "truncate"],
    ]);
    expect(leaked!.having.map((each) => show(each.path))).toEqual(["args.body", "args.url"]);
    const limit = only(all, "limit");
    expect([show(limit.to), show(limit.sum), limit.keys.map(show), limit.over?.milliseconds]).toEqual([
      "50.00",
      "args.max_cost",
      ["args.model"],
      86_400_000,
    ]);
    expect(show(only(all, "property").where)).toBe("ships(args.branch)");
    const test = only(all, "test");
    expect(test.items.map((item) => item.kind)).toEqual([
      "setup",
      "setup",
      "given",
      "step",
      "after",
      "step",
      "cases",
      "visibility",
    ]);
    const writer = all.filter((item) => item.kind === "policy")[1]!;
    expect(show(writer.rules[0]!.when)).toBe("(args.repo != own)");
  });
});

describe("any text is survived", () => {
  it("edits of the example", () => {
    fc.assert(
      fc.property(
        fc.nat(ARTICLE.length),
        fc.nat(8),
        fc.string({ maxLength: 6, unit: "binary" }),
        (at, cut, insert) => {
          const text = ARTICLE.slice(0, at) + insert + ARTICLE.slice(at + cut);
          const { module, diagnostics } = parseYaml(text);
          expect(module.kind).toBe("module");
          for (const { span } of diagnostics) {
            expect(span.start).toBeGreaterThanOrEqual(0);
            expect(span.end).toBeLessThanOrEqual(text.length);
            expect(span.start).toBeLessThanOrEqual(span.end);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
  it("any JSON", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom("agent", "allowed_tools", "conditions", "rules", "tools", "tests", "labels", "x"),
          fc.jsonValue(),
        ),
        (value) => {
          expect(parseYaml(JSON.stringify(value)).module.kind).toBe("module");
        },
      ),
      { numRuns: 40 },
    );
  });
  it("deep and long ones in time", () => {
    const started = Date.now();
    for (const text of [
      "[".repeat(50_000),
      "a: ".repeat(5_000),
      `a: ${"x".repeat(1_000_000)}`,
      "- ".repeat(3_000),
    ])
      expect(parseYaml(text).diagnostics.length).toBeGreaterThan(0);
    expect(Date.now() - started).toBeLessThan(4000);
  });
});
