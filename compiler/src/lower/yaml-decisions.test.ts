// What YAML policies decide: the example that must compile as it stands, absent arguments, open tools.
import { describe, expect, it } from "vitest";
import { ARTICLE, engineOf } from "../testing/index.ts";

type Engine = ReturnType<typeof engineOf>;
const ask = (engine: Engine, tool: string, action: string, args: object, id = "codegen-agent"): string => {
  const { decision, code, rules } = engine.decide({ agent: { id }, tool, action, args });
  return [decision, ...(code === "matched" ? rules : [code])].join(" ");
};

describe("the article's policy", () => {
  const engine = engineOf({ "codegen.yaml": ARTICLE });
  const push = (args: object): string => ask(engine, "git", "push", { repo: "acme/app", ...args });

  it("asks before a push to main, however it is written", () => {
    expect(push({ branch: "main" })).toBe("approval_needed codegen.approval_needed_1");
    expect(push({ branch: "refs/heads/main" })).toBe("approval_needed codegen.approval_needed_1");
    expect(push({ branch: "dev" })).toBe("allow codegen.allow_git_push");
    for (const branch of [undefined, null, ["main"], "+main", "HEAD:main", ":main", "HEAD", { main: true }])
      expect(push(branch === undefined ? {} : { branch })).toBe("deny invalid_input");
  });

  it("allows what is listed to its agent, and nothing else", () => {
    expect(ask(engine, "git", "commit", { repo: "r", message: "m" })).toBe("allow codegen.allow_git_commit");
    expect(ask(engine, "ci-pipeline", "run_tests", {})).toBe("allow codegen.allow_ci_pipeline_run_tests");
    expect(ask(engine, "git", "commit", { repo: "r", message: "m" }, "other")).toBe("deny default_deny");
    expect(ask(engine, "git", "clone", { url: "https://x.io/a" })).toMatch(
      /^deny (default_deny|unknown_action)$/,
    );
    expect(ask(engine, "shell", "run", { command: "ls" })).toBe("deny unknown_action");
  });

  it("asks one person", () => {
    const document = engine.decide({
      agent: { id: "codegen-agent" },
      tool: "git",
      action: "push",
      args: { repo: "r", branch: "main" },
    });
    expect(document.obligations).toEqual([
      { type: "approval", rule: "codegen.approval_needed_1", by: [{ count: 1 }] },
    ]);
  });
});

describe("tools that nothing declares", () => {
  const engine = engineOf({
    "open.yaml": `agent: a
allowed_tools:
  - name: deployer
    actions: [ship]
conditions:
  deny: true if target == "prod" and size > 3
`,
  });
  const ship = (args: object): string => ask(engine, "deployer", "ship", args, "a");

  it("type what a condition reads, and let it hold where an argument is absent", () => {
    expect(ship({ target: "dev", size: 9, more: { x: 1 } })).toBe("allow open.allow_deployer_ship");
    expect(ship({ target: "prod", size: 9 })).toBe("deny open.deny_1");
    expect(ship({ target: "prod" })).toBe("deny open.deny_1");
    expect(ship({ target: "dev" })).toBe("deny open.deny_1");
    expect(ship({ size: null, target: "dev" })).toBe("deny open.deny_1");
    expect(ship({ target: 1, size: 2 })).toBe("deny invalid_input");
  });
});
