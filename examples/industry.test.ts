// The example projects of the industries: sound, formatted, tested, built, and decided alike by the interpreter and stock OPA.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  analyse,
  backends,
  buildBundle,
  compile,
  emitArtifacts,
  formatText,
  type Analysis,
  type Compilation,
} from "@aegis/compiler";
import { runPolicyTests } from "@aegis/conformance";
import { canonicalJson, createInterpreter, stateMachineOf, type JsonObject } from "@aegis/runtime/core";
import {
  loadedPolicy,
  PolicyRuntime,
  type DecisionRecord,
  type LoadedPolicy,
  type PolicyCall,
} from "@aegis/runtime/enforce";
import { factComputer, platform } from "@aegis/runtime/facts";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { buildMetadata } from "../cli/src/build-metadata.ts";
import { loadProject } from "../cli/src/files/load-project.ts";
import { evaluateText } from "../conformance/src/engines/opa-node.ts";
import { checkRego, findOpa, skipsWithout } from "../runtime/src/testing/index.ts";

const PROJECTS = ["codegen-ci", "devops", "fintech", "healthcare", "mssp", "saas"];
const NOW = Date.UTC(2026, 10, 20, 10);
const folder = (name: string): string => join(import.meta.dirname, name);
const lines = (name: string, file: string): readonly string[] =>
  readFileSync(join(folder(name), file), "utf8")
    .trimEnd()
    .split("\n");

interface Request {
  readonly agent: PolicyCall["agent"];
  readonly tool: string;
  readonly action: string;
  readonly args: JsonObject;
  readonly facts?: PolicyCall["facts"];
}

function load(name: string, environment: string | null = null) {
  return loadProject({ cwd: folder(name), paths: [], environment, now: NOW }, () => new Set());
}

function compiled(
  name: string,
  environment: string | null = null,
): { analysis: Analysis; compilation: Compilation } {
  const { sources, inputs, diagnostics } = load(name, environment);
  const analysis = analyse(sources, inputs);
  const compilation = compile(analysis);
  const told = [...diagnostics, ...analysis.diagnostics, ...compilation.diagnostics];
  expect(
    told.map((each) => `${each.span.file}:${String(each.span.start)} ${each.code}: ${each.message}`),
  ).toEqual([]);
  if (!compilation.ok) throw new Error(`${name} does not compile`);
  return { analysis, compilation };
}

/** The requests with what the runtime computes about them, as an engine gets them. */
function requestsOf(name: string, { ir }: Compilation): readonly string[] {
  const factsOf = factComputer(ir);
  return lines(name, "requests.jsonl").map((line) => {
    const request = JSON.parse(line) as Request;
    return JSON.stringify({
      ...request,
      facts: factsOf(request.tool, request.action, request.args, request.facts),
    });
  });
}

const opa = findOpa();
const withoutOpa = skipsWithout("opa", opa);

describe.each(PROJECTS)("%s", (name) => {
  const { analysis, compilation } = compiled(name);

  it("passes its tests, in which every rule matches", () => {
    const report = runPolicyTests(analysis, compilation, { seed: 1, runs: 100, coverage: true });
    const failures = report.suites.flatMap((suite) =>
      suite.cases.flatMap((each) =>
        each.failures.map(({ message, details }) => `${each.name}: ${message} ${details.at(-1) ?? ""}`),
      ),
    );
    expect(failures).toEqual([]);
    const rules = report.coverage?.files.flatMap((file) => file.rules) ?? [];
    expect(rules.length).toBeGreaterThan(3);
    expect(rules.filter((each) => each.matched === 0).map((each) => each.id)).toEqual([]);
  });

  it("is formatted", () => {
    for (const source of load(name).sources) expect(formatText(source).text, source.path).toBe(source.text);
  });

  it("is sound in each of its environments", () => {
    for (const environment of load(name).project.environments.keys()) compiled(name, environment);
  });

  it("decides its requests as it says", () => {
    const engine = createInterpreter(compilation.ir, platform);
    const requests = requestsOf(name, compilation);
    const wanted = lines(name, "decisions.jsonl").map((line) => JSON.parse(line) as object);
    expect(requests.length).toBe(wanted.length);
    requests.forEach((request, index) => {
      const { decision, code, rules } = engine.decideText(request);
      expect({ decision, code, rules }, `request ${String(index + 1)}`).toEqual(wanted[index]);
    });
  });

  it("builds, the same bytes each time", async () => {
    const bundled = [...backends.values()].filter((each) => each.bundled);
    const metadata = buildMetadata({ loaded: load(name), analysis, diagnostics: [] }, {}, bundled);
    const build = () =>
      buildBundle(compilation.ir, emitArtifacts(compilation.ir, bundled, {}), { metadata }).then((bytes) =>
        Buffer.from(bytes).toString("base64"),
      );
    const first = await build();
    expect(first.length).toBeGreaterThan(1000);
    expect(await build()).toBe(first);
  });

  it.skipIf(withoutOpa)("gives Rego that stock OPA finds nothing wrong with, and that decides alike", () => {
    const files = Object.fromEntries(
      (backends.get("rego")?.emit(compilation.ir, {}) ?? []).map(({ path, content }) => [
        path.replaceAll("/", "__"),
        String(content),
      ]),
    );
    expect(checkRego(opa ?? "", files)).toBe("");
    const engine = createInterpreter(compilation.ir, platform);
    const requests = requestsOf(name, compilation);
    const query = "[d | some r in input.requests; d := data.aegis.decision with input as r]";
    const found = evaluateText(opa ?? "", files, query, `{"requests":[${requests.join(",")}]}`) as unknown[];
    expect(found.length).toBe(requests.length);
    requests.forEach((request, index) => {
      expect(canonicalJson(found[index]), request).toBe(canonicalJson(engine.decideText(request)));
    });
  });

  it("says what it shows", () => {
    const page = readFileSync(join(folder(name), "README.md"), "utf8");
    expect(page).toMatch(/^# .+\n/);
    expect(page).toContain("aegisc test");
    for (const file of page.matchAll(/^\| `([^`]+)`/gm))
      expect(readdirSync(folder(name), { recursive: true })).toContain(file[1]);
  });
});

function runtimeOf(
  name: string,
  records: DecisionRecord[],
): { runtime: PolicyRuntime; policy: LoadedPolicy } {
  const { ir: program } = compiled(name).compilation;
  const meta = { revision: "test", serial: 0, digest: "test", signed: false };
  const engine = createInterpreter(program, platform);
  const policy = loadedPolicy(
    { lineage: name, program, engine, machine: stateMachineOf(program, platform), meta },
    platform,
  );
  const runtime = new PolicyRuntime([policy], {
    sink: { record: (record) => void records.push(record) },
    approvals: true,
    clock: () => NOW,
    deploymentKey: "a key of the tests",
  });
  return { runtime, policy };
}

describe("healthcare", () => {
  it("lets no canary out: not in what is sent, not in the decision, not in the record", async () => {
    const records: DecisionRecord[] = [];
    const { runtime } = runtimeOf("healthcare", records);
    const agent = { id: "records" };
    const session = await runtime.openSession(agent);
    const [first = ""] = lines("healthcare", "requests.jsonl");
    const { tool, action, args } = JSON.parse(first) as Request;
    expect(JSON.stringify(args).match(/CANARY-/g)?.length).toBeGreaterThan(7);
    const authorization = await runtime.authorize({ agent, tool, action, args, session });
    expect(authorization.runs).toBe(true);
    const seen = JSON.stringify([
      authorization.args,
      authorization.decision,
      authorization.envelope,
      records,
    ]);
    for (const secret of ["CANARY", "1980-02", "00012345", "jane.doe", "867 5309", "123-45-6789"])
      expect(seen).not.toContain(secret);
    expect(JSON.stringify(authorization.args)).toContain('"birthDate":"1980"');
    expect(authorization.args["to"]).toBe(args["to"]);
  });
});

describe("mssp", () => {
  it("keeps the records and the state of tenants apart", async () => {
    const records: DecisionRecord[] = [];
    const { runtime } = runtimeOf("mssp", records);
    const ask = async (tenant: string, of: string) => {
      const agent = { id: "tier1", tenant, region: "eu" };
      const session = await runtime.openSession(agent);
      const args = { tenant: of, region: "eu", query: `events of ${of}` };
      const { decision } = await runtime.authorize({
        agent,
        tool: "siem",
        action: "search",
        args,
        context: { region: "eu" },
        session,
      });
      return decision.decision;
    };
    expect(await ask("acme", "acme")).toBe("allow");
    expect(await ask("globex", "globex")).toBe("allow");
    expect(await ask("globex", "acme")).toBe("deny");
    // Up to the limit of one tenant, and the other has its own.
    for (let calls = 1; calls < 200; calls++) await ask("acme", "acme");
    expect(await ask("acme", "acme")).toBe("deny");
    expect(await ask("globex", "globex")).toBe("allow");
    expect(new Set(records.map((each) => each.agent.tenant))).toEqual(new Set(["acme", "globex"]));
    const granted = records.filter((each) => each.decision.decision === "allow");
    for (const record of granted) expect((record.args as JsonObject)["tenant"]).toBe(record.agent.tenant);
  });
});

describe("codegen-ci", () => {
  const ci = (file: string): string => readFileSync(join(folder("codegen-ci"), "ci", file), "utf8");

  it("has pipelines that are YAML, check, test, and stop at the gate", () => {
    for (const file of ["github-actions.yml", "gitlab-ci.yml"])
      expect(parseDocument(ci(file)).errors, file).toEqual([]);
    for (const file of ["github-actions.yml", "gitlab-ci.yml", "Jenkinsfile"]) {
      expect(ci(file)).toContain("aegisc check");
      expect(ci(file)).toContain("aegisc test");
      expect(ci(file)).toContain(
        "aegisc eval --compute-facts --input ../request.json --fail-on deny,approval_needed",
      );
    }
  });
});
