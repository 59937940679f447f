// A client of the debug adapter: launches, sets breakpoints, steps, and looks at variables.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterEach, beforeEach, expect, it } from "vitest";
import { PolicyDebugSession } from "./debug-session.ts";

const POLICY = `package acme.agent

import std.tools.{git, http}

policy coder for agent.id == "coder" {
  allow push: git.push
  deny force: git.push when args.force and args.branch != "dev"
  allow post: http.post
  sanitize keys: http.post when args.headers is present redact args.headers["authorization"] with mask
}

test "pushes" {
  agent { id: "coder" }
  step git.push { repo: "app", branch: "dev" } expect allow
  step git.push { repo: "app", branch: "main", force: true } expect deny
}
`;
const FORCED = {
  agent: { id: "coder" },
  tool: "git",
  action: "push",
  args: { repo: "app", branch: "main", force: true },
};

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aegis-dap-"));
  writeFileSync(join(folder, "agent.aegis"), POLICY);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

class Client {
  readonly #session = new PolicyDebugSession();
  readonly events: DebugProtocol.Event[] = [];
  readonly #answers = new Map<number, (response: DebugProtocol.Response) => void>();
  #seq = 0;

  constructor() {
    this.#session.setRunAsServer(true);
    this.#session.onDidSendMessage((sent) => {
      const message = sent as DebugProtocol.Event | DebugProtocol.Response;
      if (message.type === "event") this.events.push(message as DebugProtocol.Event);
      else
        this.#answers.get((message as DebugProtocol.Response).request_seq)?.(
          message as DebugProtocol.Response,
        );
    });
  }

  ask(command: string, parameters: object = {}): Promise<DebugProtocol.Response> {
    const seq = ++this.#seq;
    return new Promise((resolve) => {
      this.#answers.set(seq, resolve);
      const request: DebugProtocol.Request = { type: "request", seq, command, arguments: parameters };
      this.#session.handleMessage(request);
    });
  }

  async frame(): Promise<{ name: string; line: number }> {
    const { body } = (await this.ask("stackTrace", { threadId: 1 })) as DebugProtocol.StackTraceResponse;
    const { name = "", line = 0 } = body.stackFrames[0] ?? {};
    return { name, line };
  }

  /** Variables of a scope, as `name = value`. */
  async scope(wanted: string, path: readonly string[] = []): Promise<string[]> {
    const scopes = (await this.ask("scopes", { frameId: 0 })) as DebugProtocol.ScopesResponse;
    let reference = scopes.body.scopes.find(({ name }) => name === wanted)?.variablesReference ?? 0;
    for (const name of ["", ...path]) {
      const { body } = (await this.ask("variables", {
        variablesReference: reference,
      })) as DebugProtocol.VariablesResponse;
      if (name === path.at(-1) || path.length === 0)
        return body.variables.map((each) => `${each.name} = ${each.value}`);
      const next = path[name === "" ? 0 : path.indexOf(name) + 1];
      reference = body.variables.find((each) => each.name === next)?.variablesReference ?? 0;
    }
    return [];
  }

  count = (event: string): number => this.events.filter((each) => each.event === event).length;
}

async function launched(request: object, breakpoints: number[] = [], stopOnEntry = true): Promise<Client> {
  writeFileSync(join(folder, "a.request.json"), JSON.stringify(request));
  const client = new Client();
  await client.ask("initialize", { adapterID: "aegis", linesStartAt1: true, columnsStartAt1: true });
  const launch = { policy: folder, input: join(folder, "a.request.json"), stopOnEntry };
  expect((await client.ask("launch", launch)).success).toBe(true);
  const source = { path: join(folder, "agent.aegis") };
  const set = (await client.ask("setBreakpoints", {
    source,
    breakpoints: breakpoints.map((line) => ({ line })),
  })) as DebugProtocol.SetBreakpointsResponse;
  expect(set.body.breakpoints.every((each) => each.verified)).toBe(true);
  await client.ask("configurationDone");
  return client;
}

it("steps through rules and conditions with their values, and back", async () => {
  const client = await launched(FORCED);
  expect(await client.frame()).toEqual({ name: "allow acme.agent.push: matched", line: 6 });
  await client.ask("next", { threadId: 1 });
  expect(await client.frame()).toEqual({ name: "deny acme.agent.force: matched", line: 7 });
  await client.ask("stepIn", { threadId: 1 });
  expect((await client.frame()).name).toMatch(/^for agent.id == "coder": holds$|^when /);
  await client.ask("stepIn", { threadId: 1 });
  await client.ask("stepBack", { threadId: 1 });
  await client.ask("stepOut", { threadId: 1 });
  expect((await client.frame()).name).toBe("the decision");
  expect(await client.scope("Decision")).toContain('decision = "deny"');
  await client.ask("continue", { threadId: 1 });
  expect(client.count("terminated")).toBe(1);
});

it("stops at breakpoints on rules", async () => {
  const client = await launched(FORCED, [7], false);
  expect(await client.frame()).toMatchObject({ line: 7 });
  expect(await client.scope("Request", ["args"])).toEqual([
    'repo = "app"',
    'branch = "main"',
    "force = true",
  ]);
  const value = (await client.ask("evaluate", {
    expression: "args.branch",
  })) as DebugProtocol.EvaluateResponse;
  expect(value.body.result).toBe('"main"');
  expect((await client.ask("evaluate", { expression: "args.nothing" })).success).toBe(false);
});

it("shows no value that a rule redacts", async () => {
  const request = {
    agent: { id: "coder" },
    tool: "http",
    action: "post",
    args: { url: "https://a.com/", headers: { authorization: "canary-7f3a" } },
  };
  const client = await launched(request);
  expect(await client.scope("Request", ["args", "headers"])).toEqual(["authorization = [redacted]"]);
  await client.ask("continue", { threadId: 1 });
  expect(JSON.stringify(client.events)).not.toContain("canary-7f3a");
});

it("goes through the requests of a test", async () => {
  const client = new Client();
  await client.ask("initialize", { adapterID: "aegis" });
  await client.ask("launch", { policy: join(folder, "agent.aegis"), test: "pushes", stopOnEntry: true });
  await client.ask("configurationDone");
  await client.ask("stepOut", { threadId: 1 });
  expect(await client.scope("Decision")).toContain('decision = "allow"');
  await client.ask("stepIn", { threadId: 1 });
  await client.ask("stepOut", { threadId: 1 });
  expect(await client.scope("Decision")).toContain('decision = "deny"');
});

it("says what is wrong with a launch", async () => {
  const client = new Client();
  await client.ask("initialize", { adapterID: "aegis" });
  const response = await client.ask("launch", { policy: join(folder, "none.aegis"), test: "x" });
  expect(response.success).toBe(false);
  expect(response.message).toContain("there is no");
});
