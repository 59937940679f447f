// What lowered policies decide: text to IR to the reference interpreter, construct by construct.
import { describe, expect, it } from "vitest";
import { engineOf } from "../testing/index.ts";

const TOOLS = `package p
enum Env { dev, prod }
agent { team: string?, level: int }
context { environment: Env, window: { from: time, to: time }? }
tool t {
  push(branch: git_ref, force: bool = false, note: string?, at: time?, wait: duration?)
  pay(amount: decimal, fee: decimal?, count: int = 1, to: email, tags: list<string> max 20)
  post(url: url, cc: list<email>?, headers: headers?, meta: map<string, string>?, body: json?)
  sum(a: int, b: int)
  read(path: path, opts: { deep: bool, depth: int?, inner: { name: string }? }?): { rows: list<string>, total: int }
  sh(command: command)
}
fact safe(path): bool
`;

interface Call {
  readonly tool?: string;
  readonly action: string;
  readonly args: object;
  readonly agent?: object;
  readonly context?: object;
  readonly state?: object;
  readonly facts?: object;
  readonly phase?: string;
  readonly result?: object;
}
const request = ({ agent, context, ...call }: Call): object => ({
  tool: "t",
  ...call,
  agent: { id: "a", level: 1, ...agent },
  context: { environment: "dev", time: "2026-01-01T00:00:00Z", session: "s", ...context },
});
/** Decides a call under one rule: \`allow\` for what the condition grants. */
const decide = (policy: string, call: Call): string => {
  const { decision, code } = engineOf(TOOLS + policy).decide(request(call));
  return code === "matched" ? decision : `${decision} ${code}`;
};
const PUSH: Call = { action: "push", args: { branch: "main" } };
const push = (args: object): Call => ({ action: "push", args: { branch: "main", ...args } });
const PAY = { amount: "10", to: "x@acme.com", tags: [] };
const pay = (args: object): Call => ({ action: "pay", args: { ...PAY, ...args } });
const post = (args: object): Call => ({ action: "post", args: { url: "https://api.acme.com/v1", ...args } });

/** Whether an allow with this condition grants the call. */
const grants = (action: string, condition: string, call: Call): boolean =>
  decide(`allow r: t.${action} when ${condition}`, call) === "allow";

/** One program for all conditions: a rule each. */
const CONDITIONS: readonly (readonly [action: string, condition: string, args: object, holds: boolean])[] = [
  ["sum", "args.a + args.b == 5", { a: 2, b: 3 }, true],
  ["sum", "args.a - args.b < 0", { a: 2, b: 3 }, true],
  ["sum", "-args.a == -2", { a: 2, b: 0 }, true],
  ["sum", "2 * args.a == 4 and args.a * 2 == 4", { a: 2, b: 0 }, true],
  ["sum", "args.a % 3 == 2", { a: -1, b: 0 }, true],
  ["sum", "args.a + args.b == 9007199254740991", { a: 9007199254740991, b: 1 }, true],
  ["sum", "args.a in { 1, 2 } and args.b not in { 1, 2 }", { a: 2, b: 3 }, true],
  ["sum", "(if args.a > 1 then args.b else 0) == 3", { a: 2, b: 3 }, true],
  ["sum", "if args.a > 1 then args.b == 3 else args.b == 4", { a: 1, b: 4 }, true],
  ["pay", "args.amount > 9.99 and args.amount <= 10.0", PAY, true],
  ["pay", "args.amount + (args.fee else 0.5) == 10.5", PAY, true],
  ["pay", 'args.to.domain == "acme.com"', PAY, true],
  ["pay", 'any x in args.tags: x == "b"', { ...PAY, tags: ["a", "b"] }, true],
  ["pay", 'all non-empty x in args.tags: x in { "a", "b" }', { ...PAY, tags: ["a", "b"] }, true],
  ["pay", 'all non-empty x in args.tags: x == "a"', PAY, false],
  ["pay", '(count x in args.tags: x == "a") == 2', { ...PAY, tags: ["a", "b", "a"] }, true],
  ["pay", 'args.tags within { "a", "b" }', { ...PAY, tags: ["a"] }, true],
  ["pay", 'args.tags within { "a", "b" }', PAY, false],
  ["push", 'args.branch == "main"', { branch: "refs/heads/main" }, true],
  ["push", 'args.branch.starts_with("release/")', { branch: "release/1" }, true],
  ["push", "args.at is present and args.at < 2026-06-01", { branch: "m", at: "2026-01-01T00:00:00Z" }, true],
  ["push", "args.at is absent", { branch: "m", at: null }, true],
  ["post", 'args.url.host == "api.acme.com"', post({}).args, true],
  ["post", 'args.url.host in { "api.acme.com" }', post({}).args, true],
  ["post", 'args.all(host) within { "api.acme.com", "acme.com" }', post({ cc: ["x@acme.com"] }).args, true],
  ["post", 'args.all(host) within { "api.acme.com" }', post({ cc: ["x@acme.com"] }).args, false],
  ["post", 'args.headers["x-key"] is present', post({ headers: { "X-Key": "1" } }).args, true],
  ["post", 'args.headers["x-key"] is present', post({}).args, false],
  ["post", '(args.meta["k"] else "none") == "v"', post({ meta: { k: "v" } }).args, true],
  [
    "post",
    'args.body is present and args.body matches re"AKIA[0-9]+"',
    post({ body: { a: ["AKIA12"] } }).args,
    true,
  ],
  ["read", 'args.path under "/workspace"', { path: "/workspace/a" }, true],
  ["read", 'args.path under "/workspace"', { path: "/workspace2" }, false],
  ["read", "args.opts.deep is present and args.opts.deep", { path: "/a", opts: { deep: true } }, true],
  [
    "read",
    'args.opts.inner.name is present and args.opts.inner.name == "x"',
    { path: "/a", opts: { deep: true, inner: { name: "x" } } },
    true,
  ],
  ["read", "args.opts.inner.name is absent", { path: "/a", opts: { deep: true } }, true],
  [
    "sh",
    'args.command.programs is present and args.command.programs within { "git", "ls" }',
    { command: "git status | ls" },
    true,
  ],
  [
    "sh",
    'args.command.programs is present and args.command.programs within { "git" }',
    { command: "$(curl x)" },
    false,
  ],
];

describe("values", () => {
  const written = [...new Set(CONDITIONS.map(([action, condition]) => `t.${action} when ${condition}`))];
  const engine = engineOf(TOOLS + written.map((each, index) => `allow r${index}: ${each}`).join("\n"));

  it.each(CONDITIONS)("%s when %s", (action, condition, args, holds) => {
    const { code, rules } = engine.decide(request({ action, args }));
    expect(["matched", "default_deny"]).toContain(code);
    expect(rules.includes(`p.r${written.indexOf(`t.${action} when ${condition}`)}`)).toBe(holds);
  });

  it("casts json to a type, absent where it does not fit", () => {
    const condition = `args.body is present and ((args.body as { n: int }) is present) and (args.body as { n: int }).n == 1`;
    expect(grants("post", condition, post({ body: { n: 1 } }))).toBe(true);
    expect(grants("post", condition, post({ body: { n: "x" } }))).toBe(false);
    expect(grants("post", condition, post({}))).toBe(false);
  });

  it("reads the agent and the context", () => {
    expect(grants("push", `agent.id == "a" and agent.level >= 1 and context.environment == dev`, PUSH)).toBe(
      true,
    );
    expect(grants("push", `(agent.team else "none") == "none"`, PUSH)).toBe(true);
    expect(
      grants("push", `agent.team is present and agent.team == "x"`, { ...PUSH, agent: { team: "x" } }),
    ).toBe(true);
    expect(grants("push", `context.time < 2026-01-02`, PUSH)).toBe(true);
    const window = { from: "2025-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" };
    const inside = `context.window is present and context.window.from < context.time and context.time < context.window.to`;
    expect(grants("push", inside, { ...PUSH, context: { window } })).toBe(true);
    expect(grants("push", inside, PUSH)).toBe(false);
  });

  it("reads constants, functions and policy parameters", () => {
    const policy = `
      const safe_branches: set<git_ref> = { "main", "dev" }
      fn short(b: git_ref): bool = b in safe_branches and not b == "dev"
      policy writer(branch: git_ref, most: int) for agent.level <= most { allow go: t.push when short(args.branch) and args.branch == branch }
      use writer("main", 1) as one
      use writer("dev", 5) as two
    `;
    expect(decide(policy, PUSH)).toBe("allow");
    expect(decide(policy, { ...PUSH, agent: { level: 2 } })).toBe("deny default_deny");
    expect(decide(policy, push({ branch: "dev" }))).toBe("deny default_deny");
  });

  it("inlines functions with quantifiers inside quantifiers", () => {
    const policy = `
      fn twice(xs: list<string>, y: string): bool = (count x in xs: x == y) == 2
      allow r: t.pay when any x in args.tags: twice(args.tags, x)
    `;
    expect(decide(policy, pay({ tags: ["a", "b", "a"] }))).toBe("allow");
    expect(decide(policy, pay({ tags: ["a", "b"] }))).toBe("deny default_deny");
  });
});

describe("rules", () => {
  it("takes the strictest, and denies by default", () => {
    const policy = `allow a: t.*  require approval b: t.push when args.force  deny c: t.push when args.branch == "prod"`;
    expect(decide(policy, PUSH)).toBe("allow");
    expect(decide(policy, push({ force: true }))).toBe("approval_needed");
    expect(decide(policy, push({ force: true, branch: "prod" }))).toBe("deny");
    expect(decide(`allow a: t.pay`, PUSH)).toBe("deny default_deny");
    expect(decide(policy, { ...PUSH, action: "nothing" })).toBe("deny unknown_action");
    expect(decide(policy, push({ branch: "+main" }))).toBe("deny invalid_input");
  });

  it("has unless, where present, and an absent optional that is decided", () => {
    const policy = `allow a: t.*  deny d: t.push when args.note where present == "x" unless args.force`;
    expect(decide(policy, PUSH)).toBe("allow");
    expect(decide(policy, push({ note: "x" }))).toBe("deny");
    expect(decide(policy, push({ note: "x", force: true }))).toBe("allow");
    const negated = `allow a: t.*  deny d: t.push when not (args.note where present == "x")`;
    expect(decide(negated, PUSH)).toBe("deny");
  });

  it("applies the scope of the policy", () => {
    const policy = `allow a: t.*  policy x for agent.id == "b" { deny d: t.push }`;
    expect(decide(policy, PUSH)).toBe("allow");
    expect(decide(policy, { ...PUSH, agent: { id: "b" } })).toBe("deny");
  });

  it("selects by having, except and group", () => {
    const policy = `group all_of = t.* except t.pay  allow a: t.*  deny d: @all_of having args.url when args.url.host == "evil.com"`;
    expect(decide(policy, post({ url: "https://evil.com/" }))).toBe("deny");
    expect(decide(policy, PUSH)).toBe("allow");
  });

  it("redacts, and prints reasons without what is redacted", () => {
    const engine = engineOf(`${TOOLS}
      allow a: t.*
      sanitize s: t.pay when args.amount > 5.0
        redact args.tags.* matching re"AKIA[0-9]+" with mask, args.fee with remove
        because "{args.amount} to {args.to} with {args.fee else 0.0}"
    `);
    const document = engine.decide(request(pay({ fee: "1" })));
    expect(document).toMatchObject({
      decision: "sanitize",
      rules: ["p.s"],
      reason: '10 to "x@acme.com" with [redacted]',
    });
    expect(document.obligations).toEqual([
      { type: "redact", rule: "p.s", path: "/args/fee", with: "remove" },
      { type: "redact", rule: "p.s", path: "/args/tags/*", matching: "AKIA[0-9]+", with: "mask" },
    ]);
  });

  it("observes shadow rules until their date", () => {
    const shadow = (until: string): string => `allow a: t.*  shadow until ${until} deny d: t.push`;
    expect(decide(shadow("2099-01-01"), PUSH)).toBe("allow");
    expect(decide(shadow("2020-01-01"), PUSH)).toBe("deny");
    const { shadow: verdict } = engineOf(`${TOOLS} allow a: t.*  shadow deny d: t.push`).decide(
      request(PUSH),
    );
    expect(verdict).toMatchObject({ decision: "deny", rules: ["p.d"] });
  });

  it("withholds and sanitizes results", () => {
    const policy = `
      allow a: t.read
      withhold big: t.read when result.status == ok and result.value.total > 10
      sanitize rows: t.read when result.status == ok and any r in result.value.rows: r == "x" redact result.value.rows.* with mask
    `;
    const read = (result: object): Call => ({
      action: "read",
      args: { path: "/a" },
      phase: "result",
      result,
    });
    expect(decide(policy, { action: "read", args: { path: "/a" } })).toBe("allow");
    expect(decide(policy, read({ status: "ok", value: { rows: [], total: 1 } }))).toBe("allow");
    expect(decide(policy, read({ status: "ok", value: { rows: [], total: 11 } }))).toBe("deny");
    expect(decide(policy, read({ status: "ok", value: { rows: ["x"], total: 1 } }))).toBe("sanitize");
    expect(decide(policy, read({ status: "error" }))).toBe("allow");
    expect(decide(policy, read({ status: "ok", value: { rows: [] } }))).toBe("deny invalid_input");
  });

  it("is waived by an exception, for its rule only and before its date", () => {
    const policy = (until: string): string => `
      allow a: t.*
      @waivable deny freeze: t.push
      deny force: t.push when args.force
      exception e1: waive p.freeze for agent.id == "a" when args.branch == "main" until ${until} granted by "role:security" because "x"
    `;
    const ahead = policy("2026-02-01");
    expect(decide(ahead, PUSH)).toBe("allow");
    expect(decide(ahead, push({ branch: "dev" }))).toBe("deny");
    expect(decide(ahead, push({ force: true }))).toBe("deny");
    expect(decide(ahead, { ...PUSH, agent: { id: "b" } })).toBe("deny");
    expect(decide(policy("2025-02-01"), PUSH)).toBe("deny");
  });
});

describe("state and facts", () => {
  const policy = `
    label x set on call t.read per session
    label seen(path: path) set on call t.read key args.path per session
    allow push: t.push when session has x
    allow read: t.read when session has seen(args.path)
    allow pay: t.pay
    deny pay_x: t.pay when session has x
    limit spend: t.pay to 100.0 sum args.amount per agent
    limit number: t.pay to 3 per session else require approval by role "owner"
  `;
  const state = (labels: object, counters: object = {}): object => ({
    labels: { "p.x": false, "p.seen": { set: [], maybe: [], full: false }, ...labels },
    counters: { "p.spend": "0", "p.number": "0", ...counters },
  });

  it("reads labels: uncertain is set for a restriction and unset for a grant", () => {
    expect(decide(policy, { ...PUSH, state: state({ "p.x": true }) })).toBe("allow");
    expect(decide(policy, { ...PUSH, state: state({ "p.x": "maybe" }) })).toBe("deny default_deny");
    expect(decide(policy, { ...pay({}), state: state({}) })).toBe("allow");
    expect(decide(policy, { ...pay({}), state: state({ "p.x": "maybe" }) })).toBe("deny");
  });

  it("reads keyed labels by canonical key", () => {
    const read = (path: string, seen: object): string =>
      decide(policy, { action: "read", args: { path }, state: state({ "p.seen": seen }) });
    expect(read("/a", { set: ["/a"], maybe: [], full: false })).toBe("allow");
    expect(read("/b", { set: ["/a"], maybe: [], full: false })).toBe("deny default_deny");
    expect(read("/b", { set: ["/a"], maybe: [], full: true })).toBe("deny default_deny");
  });

  it("is blind without state: the grant does not match, the restriction denies", () => {
    expect(decide(policy, PUSH)).toBe("deny default_deny");
    expect(decide(policy, pay({}))).toBe("deny state_unavailable");
  });

  it("counts this call in limits", () => {
    const at = (spend: string, number: string, amount: string): string =>
      decide(policy, { ...pay({ amount }), state: state({}, { "p.spend": spend, "p.number": number }) });
    expect(at("90", "0", "10")).toBe("allow");
    expect(at("90", "0", "10.000001")).toBe("deny");
    expect(at("0", "2", "1")).toBe("allow");
    expect(at("0", "3", "1")).toBe("approval_needed");
    expect(at("0", "0", "-1")).toBe("deny invalid_input");
    const document = engineOf(TOOLS + policy).decide(request({ ...pay({}), state: state({}) }));
    expect(document.obligations).toEqual([
      { type: "reserve", rule: "p.number", counter: "p.number", amount: "1" },
      { type: "reserve", rule: "p.spend", counter: "p.spend", amount: "10" },
    ]);
  });

  it("reads facts, and is blind without them", () => {
    const facts = `allow r: t.read  deny unsafe: t.read when not safe(args.path)`;
    const read = { action: "read", args: { path: "/a" } };
    expect(decide(facts, { ...read, facts: { "/args/path": { "p.safe": true } } })).toBe("allow");
    expect(decide(facts, { ...read, facts: { "/args/path": { "p.safe": false } } })).toBe("deny");
    expect(decide(facts, read)).toBe("deny fact_unavailable");
  });
});

describe("the list phase", () => {
  it("shows what some argument may be allowed, and hides what must be denied", () => {
    const engine = engineOf(`${TOOLS}
      label x set on call t.read per session
      policy a for agent.id == "a" {
        allow push: t.push when args.branch == "main" and session has x
        allow pay: t.pay
        allow read: t.read when context.environment == prod
        allow post: t.post
        deny low: t.pay when agent.level < 5
        deny post_x: t.post when session has x or args.cc is present
      }
    `);
    const visible = (agent: object, environment: string): readonly string[] =>
      engine
        .visible({ agent: { id: "a", level: 1, ...agent }, context: { environment } })
        .map(({ action }) => action);
    expect(visible({}, "dev")).toEqual(["post", "push"]);
    expect(visible({ level: 5 }, "prod")).toEqual(["pay", "post", "push", "read"]);
    expect(visible({ id: "b" }, "prod")).toEqual([]);
  });
});
