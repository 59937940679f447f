// The test runner: what passes, what fails and how it is told, properties with seeds, coverage.
import { analyse, compile, SourceFile, NO_INPUTS } from "@aegis/compiler";
import { describe, expect, test } from "vitest";
import { runPolicyTests, type TestOptions } from "./run-policy-tests.ts";
import { coveragePercent, type TestReport } from "./test-report.ts";

const POLICY = `package t
import std.tools.{git, web}

label tainted set on call web.fetch per session
label tested(branch: git_ref) set on approval main_push key args.branch per session
limit pushes: git.push to 2 per session over 1h

policy p for agent.id == "bot" {
  allow push: git.push
  allow fetch: web.fetch
  require approval main_push: git.push when args.branch == "main" by 2 of role "rm"
  deny tainted_push: git.push when session has tainted because "the session has read the web"
}
`;
const AGENT = `agent { id: "bot" }`;

function run(tests: string, options: TestOptions = {}): TestReport {
  const analysis = analyse([new SourceFile("t.aegis", POLICY + tests)], NO_INPUTS);
  const compilation = compile(analysis);
  if (!compilation.ok)
    throw new Error(compilation.diagnostics.map((each) => `${each.code}: ${each.message}`).join("\n"));
  return runPolicyTests(analysis, compilation, { seed: 7, runs: 200, clock: () => 0, ...options });
}
const messages = (report: TestReport): string[] =>
  report.suites.flatMap((suite) => suite.cases.flatMap((each) => each.failures.map((one) => one.message)));

describe("steps", () => {
  test("labels follow the steps, and a step without `expect` must be let through", () => {
    const report = run(`test "x" { ${AGENT}
      step git.push { repo: "r", branch: "dev" }
      step web.fetch { url: "https://a.example/" }
      step git.push { repo: "r", branch: "dev" } expect deny by tainted_push reason "the session has read the web"
      step git.push { repo: "r", branch: "dev" } }`);
    expect(messages(report)).toEqual(["expected the step to be let through, got deny by t.tainted_push"]);
  });
  test("a call that is not valid leaves the state as it was", () => {
    expect(
      messages(
        run(`test "x" { ${AGENT}
          step git.push { repo: "r", branch: "+dev" } expect deny code invalid_input
          step git.push { repo: "r", branch: 7 } expect deny code invalid_input
          step "git"."gone" {} expect deny code unknown_action
          step git.push { repo: "r", branch: "dev" } expect allow }`),
      ),
    ).toEqual([]);
  });
  test("limits count, and time frees them", () => {
    expect(
      messages(
        run(`test "x" { ${AGENT}
          step git.push { repo: "r", branch: "dev" }
          step git.push { repo: "r", branch: "dev" }
          step git.push { repo: "r", branch: "dev" } expect deny by pushes
          after 2h
          step git.push { repo: "r", branch: "dev" } expect allow }`),
      ),
    ).toEqual([]);
  });
  test("approvals by distinct people let a step through", () => {
    expect(
      messages(
        run(`test "x" { ${AGENT}
          step git.push { repo: "r", branch: "main" } approved by "a" role "rm" approved by "b" role "rm" expect approval_needed by main_push
          step git.push { repo: "r", branch: "main" } approved by "a" role "rm" }`),
      ),
    ).toEqual(["expected the step to be let through, got approval_needed by t.main_push"]);
  });
  test("given state, tables and visibility", () => {
    expect(
      messages(
        run(`test "x" { ${AGENT}
          given label tainted
          step git.push { repo: "r", branch: "dev" } expect deny by tainted_push }
        test "y" { ${AGENT}
          cases git.push { repo: "r" } with branch { "main" -> approval_needed  "dev" -> allow  "refs/heads/main" -> allow }
          expect visible git.push
          expect hidden git.commit
          expect hidden web.fetch }`),
      ),
    ).toEqual([
      "expected allow, got approval_needed by t.main_push",
      "expected web.fetch to be hidden, and it is not",
    ]);
  });
});

describe("properties", () => {
  test("what holds passes; what does not is shown as a request with its seed", () => {
    const report =
      run(`property "main waits" { for all call git.push where args.branch == "main" expect approval_needed or deny }
      property "dev is free" { for all call git.push where args.branch == "dev" expect allow }`);
    const [holds, breaks] = report.suites[0]?.cases ?? [];
    expect([holds?.status, breaks?.status]).toEqual(["passed", "failed"]);
    expect(breaks?.failures[0]?.message).toMatch(/^expected allow, got deny/);
    expect(breaks?.failures[0]?.details.join("\n")).toContain("--seed 7");
    expect(breaks?.failures[0]?.details.join("\n")).toContain('"branch":"dev"');
  });
  test("one that meets no call fails", () => {
    expect(
      messages(
        run(
          `property "never" { for all call git.push where args.branch == "main" and args.branch == "dev2" expect deny }`,
          { runs: 20 },
        ),
      )[0],
    ).toMatch(/proves nothing|no call/);
  });
});

test("coverage sees conditions that the optimiser has turned around or merged", () => {
  const text = `package t
tool a { x(n: int, m: int?) }
fn odd(n: int): bool = n != 2 and n > 0
allow x: a.x
deny d: a.x when args.m is present and odd(args.n) unless args.n == 3
test "x" { step a.x { n: 1, m: 1 } expect deny  step a.x { n: 2, m: 1 } expect allow  step a.x { n: 3, m: 1 } expect allow }
`;
  const analysis = analyse([new SourceFile("t.aegis", text)], NO_INPUTS);
  const compilation = compile(analysis);
  if (!compilation.ok) throw new Error(compilation.diagnostics.map((each) => each.message).join());
  const report = runPolicyTests(analysis, compilation, { coverage: true });
  const rule = report.coverage?.files[0]?.rules.find((each) => each.id === "t.d");
  const seen = rule?.conditions.map(({ span, held, failed }) => [
    text.slice(span.start, span.end),
    held,
    failed,
  ]);
  expect(seen).toEqual(
    expect.arrayContaining([
      ["odd(args.n)", 2, 1],
      ["args.n == 3", 1, 1],
    ]),
  );
});

test("coverage tells which rules never matched", () => {
  const report = run(`test "x" { ${AGENT} step git.push { repo: "r", branch: "dev" } }`, { coverage: true });
  const rules = report.coverage?.files[0]?.rules ?? [];
  expect(rules.filter((each) => each.matched > 0).map((each) => each.id)).toEqual(["t.push"]);
  expect(report.coverage === null ? 0 : coveragePercent(report.coverage)).toBeGreaterThan(20);
});
