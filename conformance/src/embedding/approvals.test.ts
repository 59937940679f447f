// Approvals in the runtime: they never grant, hold for one call once, and only while nothing about it has changed.
import { describe, expect, test } from "vitest";
import { MemoryStore, PolicyRuntime, type Approvals, type PolicyCall } from "@aegis/runtime/enforce";
import { policyOf } from "./policy-text.ts";

const TEXT = `package p
agent { team: string? }
context { region: string? }
fact risk(string): int
tool t { push(branch: string, force: bool = false)  other(branch: string, force: bool = false) }
label released set on approval held per session
label refused set on denied t.push per session
allow a: t.push, t.other
require approval held: t.push, t.other by role "rm" within 30m
deny stop: t.push when args.branch == "stop"
deny risky: t.push when risk(args.branch) > 5
deny after: t.push when session has refused and args.branch == "again"`;
const NOW = Date.UTC(2026, 0, 1);
const BASE: PolicyCall = {
  agent: { id: "bot", tenant: "acme", team: "x", on_behalf_of: { id: "kim", roles: [] } },
  tool: "t",
  action: "push",
  args: { branch: "main" },
  context: { region: "eu" },
  facts: { "/args/branch": { "p.risk": 1 } },
  server: { identity: "git-1", manifest: "sha256:m" },
};
interface World {
  readonly runtime: PolicyRuntime;
  readonly call: PolicyCall;
  now: number;
}
async function open(text = TEXT, digest = "sha256:one"): Promise<World> {
  const world = { now: NOW } as { now: number; runtime: PolicyRuntime; call: PolicyCall };
  world.runtime = new PolicyRuntime([policyOf(text, { digest })], {
    approvals: true,
    clock: () => world.now,
    deploymentKey: "k",
    store: new MemoryStore(),
  });
  const session = await world.runtime.openSession({ id: "bot", tenant: "acme" });
  world.call = { ...BASE, session };
  return world;
}
async function hold({ runtime, call, now }: World, by = "ann"): Promise<Approvals> {
  const { envelope, runs, decision } = await runtime.authorize(call);
  expect([runs, decision.decision]).toEqual([false, "approval_needed"]);
  return {
    id: envelope.id,
    digest: envelope.call_digest,
    given: [{ by: { id: by, roles: ["rm"] }, at: now }],
    askedAt: now,
  };
}

describe("an approval", () => {
  test("releases the call it was asked for, once", async () => {
    const world = await open();
    const yes = await hold(world);
    expect((await world.runtime.authorize(world.call, yes)).runs).toBe(true);
    expect((await world.runtime.authorize(world.call, yes)).runs).toBe(false);
  });
  test("given to two runs at once releases one", async () => {
    const world = await open();
    const yes = await hold(world);
    const both = await Promise.all([1, 2].map(() => world.runtime.authorize(world.call, yes)));
    expect(both.filter((each) => each.runs)).toHaveLength(1);
  });
  test("counts neither from the agent nor from anybody in its chain of delegation", async () => {
    for (const by of ["bot", "kim"]) {
      const world = await open();
      expect((await world.runtime.authorize(world.call, await hold(world, by))).runs).toBe(false);
    }
  });
  test("is of no use when it is late", async () => {
    const world = await open();
    const yes = await hold(world);
    world.now += 31 * 60_000;
    expect((await world.runtime.authorize(world.call, yes)).runs).toBe(false);
  });
  test("never grants: a deny that has come since stands", async () => {
    const world = await open();
    const yes = await hold(world);
    world.runtime.swap([
      policyOf(`${TEXT}\ndeny now: t.push when args.branch == "main"`, { digest: "sha256:one" }),
    ]);
    expect(await world.runtime.authorize(world.call, yes)).toMatchObject({
      runs: false,
      decision: { rules: ["p.now"] },
    });
  });
  test("sets the labels that wait for it, and a refusal those that wait for that", async () => {
    const world = await open(`${TEXT}\ndeny twice: t.other when session has released`);
    const yes = await hold(world);
    await world.runtime.authorize(world.call, yes);
    const other = { ...world.call, action: "other" };
    expect((await world.runtime.decide(other)).decision.rules).toEqual(["p.twice"]);
    const no = await world.runtime.reject(world.call, "approval_denied");
    expect(no.decision).toMatchObject({ decision: "deny", code: "approval_denied" });
    const again = { ...world.call, args: { branch: "again" } };
    expect((await world.runtime.decide(again)).decision.rules).toEqual(["p.after"]);
  });
  test("cannot be asked for where nobody can be asked", async () => {
    const runtime = new PolicyRuntime([policyOf(TEXT)]);
    const session = await runtime.openSession({ id: "bot", tenant: "acme" });
    expect((await runtime.authorize({ ...BASE, session })).decision.code).toBe("obligation_unknown");
  });
});

describe("the digest of a call changes with", () => {
  const changes: readonly (readonly [string, Partial<PolicyCall>])[] = [
    ["tenant", { agent: { ...BASE.agent, tenant: "other" } }],
    ["agent", { agent: { ...BASE.agent, id: "bot2" } }],
    ["attribute of the agent", { agent: { ...BASE.agent, team: "y" } }],
    ["chain of delegation", { agent: { ...BASE.agent, on_behalf_of: { id: "lee", roles: [] } } }],
    ["session", { session: "another" }],
    ["server", { server: { identity: "git-2", manifest: "sha256:m" } }],
    ["manifest", { server: { identity: "git-1", manifest: "sha256:n" } }],
    ["action", { action: "other" }],
    ["argument", { args: { branch: "main2" } }],
    ["default that is set", { args: { branch: "main", force: true } }],
    ["context", { context: { region: "us" } }],
    ["fact", { facts: { "/args/branch": { "p.risk": 2 } } }],
  ];
  const digestOf = async (call: PolicyCall, runtime: PolicyRuntime): Promise<string> =>
    (await runtime.decide(call)).envelope.call_digest;

  test.each(changes)("%s", async (_, change) => {
    const { runtime, call } = await open();
    expect(await digestOf({ ...call, ...change }, runtime)).not.toBe(await digestOf(call, runtime));
  });
  test("the bundle, the matched rules and the key", async () => {
    const digest = async (text: string, bundle: string, key: string): Promise<string> =>
      digestOf(
        BASE,
        new PolicyRuntime([policyOf(text, { digest: bundle })], { deploymentKey: key, approvals: true }),
      );
    const plain = TEXT.split("\n")
      .filter((line) => !/refused|released/.test(line))
      .join("\n");
    const base = await digest(plain, "one", "k");
    expect(await digest(plain, "one", "k")).toBe(base);
    expect(await digest(plain, "two", "k")).not.toBe(base);
    expect(await digest(plain, "one", "l")).not.toBe(base);
    expect(
      await digest(
        `${plain}\nrequire approval more: t.push when args.branch == "main" by role "x"`,
        "one",
        "k",
      ),
    ).not.toBe(base);
  });
  test("but not with how a default is written", async () => {
    const { runtime, call } = await open();
    const explicit = { ...call, args: { force: false, branch: "main" } };
    expect(await digestOf(explicit, runtime)).toBe(await digestOf(call, runtime));
  });
});
