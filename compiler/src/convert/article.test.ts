// The example of the article, as it stands: what it decides, and that its conversion and a version by hand decide alike.
import { createInterpreter } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../pipeline/analyse.ts";
import { compile } from "../pipeline/compile.ts";
import { SourceFile } from "../source/source-file.ts";
import { ARTICLE } from "../testing/article.ts";
import { absentReads, convertToAegis } from "./index.ts";

const BY_HAND = `package policy
import std.tools.{git, ci_pipeline}
policy codegen for agent.id == "codegen-agent" {
  allow allow_git_commit: git.commit
  allow allow_git_push: git.push
  allow allow_ci_pipeline_run_tests: ci_pipeline.run_tests
  require approval approval_needed_1: git.push when args.branch == "main"
}
`;
import { NO_INPUTS } from "../resolver/no-inputs.ts";

function analysed(path: string, text: string) {
  const analysis = analyse([new SourceFile(path, text)], NO_INPUTS);
  expect(analysis.diagnostics.filter((each) => each.severity === "error")).toEqual([]);
  return analysis;
}
function engineOf(path: string, text: string) {
  const compiled = compile(analysed(path, text));
  if (!compiled.ok) throw new Error("does not compile");
  return createInterpreter(compiled.ir, platform);
}
const yaml = analysed("policy.yaml", ARTICLE);
const engines = [
  engineOf("policy.yaml", ARTICLE),
  engineOf("policy.aegis", convertToAegis(yaml.modules[0]!, absentReads(yaml.checked))),
  engineOf("policy.aegis", BY_HAND),
];
const ask = (tool: string, action: string, args: unknown, agent = "codegen-agent", engine = engines[0]!) =>
  engine.decide({ agent: { id: agent }, tool, action, args });

describe("the article's policy", () => {
  const push = (branch: unknown) => ({ repo: "r", ...(branch === undefined ? {} : { branch }) });
  it.each<[string, string, unknown, string, string]>([
    ["git", "push", push("main"), "approval_needed", "policy.approval_needed_1"],
    ["git", "push", push("refs/heads/main"), "approval_needed", "policy.approval_needed_1"],
    ["git", "push", push("dev"), "allow", "policy.allow_git_push"],
    ["git", "push", push(undefined), "deny", "invalid_input"],
    ["git", "push", push(null), "deny", "invalid_input"],
    ["git", "push", push(["main"]), "deny", "invalid_input"],
    ["git", "push", push("+main"), "deny", "invalid_input"],
    ["git", "push", push("HEAD:main"), "deny", "invalid_input"],
    ["git", "commit", { repo: "r", message: "m" }, "allow", "policy.allow_git_commit"],
    ["ci-pipeline", "run_tests", {}, "allow", "policy.allow_ci_pipeline_run_tests"],
    ["git", "pull", push("main"), "deny", "default_deny"],
    ["ci_pipeline", "run_tests", {}, "deny", "unknown_action"],
  ])("%s.%s %j", (tool, action, args, decision, why) => {
    const found = ask(tool, action, args);
    expect(found.decision).toBe(decision);
    expect(decision === "deny" ? found.code : found.rules[0]).toBe(why);
  });
  it("asks one person where it names none", () => {
    expect(ask("git", "push", push("main")).obligations).toMatchObject([
      { type: "approval", by: [{ count: 1 }] },
    ]);
  });
  it("is for its agent alone", () => {
    expect(ask("git", "push", push("dev"), "another").code).toBe("default_deny");
  });

  const branch = fc.oneof(
    fc.constantFrom("main", "refs/heads/main", "dev", "+main", "Main", "main ", "refs/heads/dev", "HEAD", ""),
    fc.string(),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const request = fc.record({
    tool: fc.constantFrom("git", "ci-pipeline", "ci_pipeline", "__proto__"),
    action: fc.constantFrom("commit", "push", "pull", "run_tests", "constructor"),
    args: fc.oneof(
      fc.record({ repo: fc.constant("r"), branch }, { requiredKeys: ["repo"] }),
      fc.record({ repo: fc.constant("r"), message: fc.string() }),
      fc.constant({}),
      fc.jsonValue({ maxDepth: 1 }),
    ),
    agent: fc.constantFrom("codegen-agent", "another"),
  });
  it("decides as its conversion and as the version by hand", () => {
    fc.assert(
      fc.property(request, ({ tool, action, args, agent }) => {
        const [first, ...others] = engines.map((engine) => ask(tool, action, args, agent, engine));
        for (const other of others) expect(other).toEqual(first);
      }),
      { numRuns: 300 },
    );
  });
  it("never lets a push to main pass without a person", () => {
    fc.assert(
      fc.property(branch, (value) => {
        const found = ask("git", "push", push(value));
        if (typeof value === "string" && /^(?:refs\/heads\/)?main$/.test(value))
          expect(found.decision).toBe("approval_needed");
        else if (typeof value !== "string") expect(found.decision).toBe("deny");
      }),
      { numRuns: 300 },
    );
  });
});

describe("a tool that nothing declares", () => {
  const open = engineOf(
    "open.yaml",
    `allowed_tools: [{ name: deployer, actions: [run] }]\nconditions: { approval_needed: true if target == "prod" }\n`,
  );
  it.each<[unknown, string]>([
    [{ target: "prod" }, "approval_needed"],
    [{ target: "lab", more: { any: 1 } }, "allow"],
    [{}, "approval_needed"],
    [{ target: null }, "approval_needed"],
    [{ target: ["prod"] }, "deny"],
  ])("%j", (args, decision) => {
    expect(ask("deployer", "run", args, "anyone", open).decision).toBe(decision);
  });
});
