// Tests of lowered programs: tables, reads, limits, digests, and that the order of files and items never matters.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "@aegis/runtime/core";
import type { IrExpression, IrProgram, IrRule } from "@aegis/runtime/core";
import { checkSource } from "../checker/testing/check-source.ts";
import { optimize } from "../optimize/index.ts";
import { lowerProgram } from "./index.ts";
import type { LoweredProgram } from "./index.ts";

const TOOLS = `
tool t {
  push(branch: git_ref, force: bool = false, note: string?)
  pay(amount: decimal, fee: decimal?, to: string): { cost: decimal }
  read(path: path, tags: list<string> max 20): { found: list<string> max 20 }
  run(options: json, names: set<string>)
}
`;

function lowered(...texts: readonly string[]): LoweredProgram {
  const files = Object.fromEntries(texts.map((text, index) => [`f${index}.aegis`, text]));
  const { program, diagnostics } = checkSource(files);
  expect(diagnostics.filter((each) => each.severity === "error")).toEqual([]);
  return lowerProgram(program);
}
const ir = (text: string): IrProgram => lowered(`package p\n${TOOLS}\n${text}`).ir;
const ruleOf = (program: IrProgram, id: string): IrRule => {
  const rule = program.rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
};
const whenOf = (program: IrProgram, id: string): IrExpression =>
  program.expressions[ruleOf(program, id).targets[0]!.when]!;
const actionsOf = (program: IrProgram, id: string): readonly string[] =>
  ruleOf(program, id).targets.map((target) => program.actions[target.action]!.action);

describe("rules", () => {
  it("selects actions in order, each once, with scope and condition", () => {
    const program = ir(
      `policy x for agent.id == "a" { deny all_of_it: t.*, t.push when context.time > 2030-01-01 }`,
    );
    expect(actionsOf(program, "p.all_of_it")).toEqual(["pay", "push", "read", "run"]);
    const [target] = ruleOf(program, "p.all_of_it").targets;
    expect(program.expressions[target!.scope]).toMatchObject({ kind: "compare", op: "eq" });
    expect(target!.reads).toEqual({ labels: [], counters: [], facts: [], context: ["time"] });
  });

  it("names labels and facts that stand in functions, keys and dead branches", () => {
    const program = ir(`
      label seen(path: path) set on call t.read key args.path per session
      label tainted set on call t.run per session
      allow a: t.read when session has seen(args.path) or (false and session has tainted)
      deny b: t.pay when not (origin(args.to) within { prompt })
    `);
    expect(ruleOf(program, "p.a").targets[0]!.reads.labels).toEqual([0, 1]);
    expect(ruleOf(program, "p.b").targets[0]!.reads.facts).toEqual([{ path: "/args/to", fact: "origin" }]);
  });

  it("counts an uncertain label as set where truth restricts and as unset where it grants", () => {
    const program = ir(`
      label x set on call t.run per session
      allow a: t.push when session has x
      allow not_a: t.push when not session has x
      deny d: t.read when session has x
      deny not_d: t.pay unless session has x
    `);
    expect(whenOf(program, "p.a")).toMatchObject({ kind: "label", maybe: false });
    expect(whenOf(program, "p.not_a")).toMatchObject({ kind: "not", of: { maybe: true } });
    expect(whenOf(program, "p.d")).toMatchObject({ kind: "label", maybe: true });
    expect(whenOf(program, "p.not_d")).toMatchObject({ kind: "not", of: { maybe: false } });
  });

  it("makes a condition false where a value must be present", () => {
    const program = ir(`deny d: t.push when args.note where present == "x"`);
    expect(whenOf(program, "p.d")).toMatchObject({
      kind: "and",
      all: [{ kind: "present" }, { kind: "compare", left: { kind: "else" } }],
    });
  });

  it("inlines functions without capturing their variables", () => {
    const program = ir(`
      fn any_equal(xs: list<string>, y: string): bool = any x in xs: x == y
      deny d: t.read when any x in args.tags: any_equal(args.tags, x)
    `);
    expect(whenOf(program, "p.d")).toMatchObject({
      op: "any",
      body: { op: "any", body: { left: { kind: "local", depth: 0 }, right: { kind: "local", depth: 1 } } },
    });
  });

  it("has approvals by one person where none is named, and carries annotations, reasons and hints", () => {
    const program = ir(`
      @owner("secops") @review(every: 180d)
      require approval a: t.push when args.force because "to {args.branch} at {agent.id}" hint "ask"
      require approval b: t.push by 2 of role "r" and user "u" via ops within 30m
    `);
    const rule = ruleOf(program, "p.a");
    expect(rule.approval).toEqual({ by: [{ count: 1 }], via: [], within: null });
    expect(rule.annotations).toEqual([
      { name: "owner", value: "secops" },
      { name: "review", value: "every: 180d" },
    ]);
    expect(rule.hint).toBe("ask");
    expect(rule.reason).toMatchObject([
      { kind: "text", text: "to " },
      { kind: "value", path: "/args/branch" },
      { kind: "text", text: " at " },
      { kind: "value", path: "" },
    ]);
    expect(ruleOf(program, "p.b").approval).toEqual({
      by: [
        { role: "r", count: 2 },
        { user: "u", count: 1 },
      ],
      via: ["ops"],
      within: 1_800_000,
    });
  });

  it("inherits annotations from the policy, unless the rule says otherwise", () => {
    const program = ir(`
      @owner("secops") @severity("high")
      policy x { @owner("platform") deny a: t.push when args.force }
    `);
    expect(ruleOf(program, "p.a").annotations).toEqual([
      { name: "owner", value: "platform" },
      { name: "severity", value: "high" },
    ]);
  });

  it("has withheld results as denies of the result phase", () => {
    const program = ir(
      `withhold big: t.read when result.status == ok and any x in result.value.found: x == "secret"`,
    );
    expect(ruleOf(program, "p.big")).toMatchObject({ effect: "deny", phase: "result" });
  });
});

describe("limits", () => {
  const program = ir(`
    limit spend: t.pay to 50.00 sum args.amount settle result.value.cost per agent, args.to over 24h
    limit pushes: t.push to 3 per session else require approval by role "owner" because "too many"
  `);

  it("are a counter and a rule", () => {
    expect(
      program.counters.map(({ id, type, scope, window, max }) => ({ id, type, scope, window, max })),
    ).toEqual([
      { id: "p.pushes", type: "int", scope: "session", window: null, max: 1 },
      { id: "p.spend", type: "decimal", scope: "agent", window: 86_400_000, max: 1000 },
    ]);
    expect(ruleOf(program, "p.pushes")).toMatchObject({
      effect: "approval",
      limit: 0,
      approval: { by: [{ role: "owner" }] },
    });
    expect(ruleOf(program, "p.spend")).toMatchObject({ effect: "deny", limit: 1, approval: null });
    expect(ruleOf(program, "p.spend").targets[0]!.reads.counters).toEqual([1]);
    expect(whenOf(program, "p.spend")).toMatchObject({
      op: "gt",
      left: { kind: "arithmetic", op: "add", left: { kind: "counter", cell: 1 }, right: { kind: "read" } },
      right: { kind: "const", value: 50_000_000 },
    });
  });

  it("refuse negative amounts by type", () => {
    const pay = program.actions.find((action) => action.action === "pay");
    expect(pay?.params[0]).toMatchObject({ name: "amount", type: { kind: "decimal", min: 0 } });
  });

  it("settle only what the result says", () => {
    const settle = program.counters[1]!.targets[0]!.settle!;
    expect(program.expressions[settle]).toMatchObject({ kind: "if", condition: { kind: "present" } });
  });
});

describe("labels", () => {
  it("have transitions per action, one for each element", () => {
    const program = ir(`
      label known(name: string) set on result t.read key x for each x in result.value.found when result.status == ok
        clear on denied t.pay key "x" per agent max 50
    `);
    const [label] = program.labels;
    expect(label).toMatchObject({ id: "p.known", scope: "agent", key: [{ kind: "string" }], max: 50 });
    const [set, clear] = label!.transitions;
    expect(set).toMatchObject({ op: "set", on: "result", rules: null });
    expect(program.expressions[set!.targets[0]!.key[0]!]).toMatchObject({ kind: "local", depth: 0 });
    expect(program.expressions[set!.targets[0]!.each!]).toMatchObject({ kind: "else" });
    expect(clear).toMatchObject({ op: "clear", on: "denied", targets: [{ each: null }] });
    expect(program.expressions[clear!.targets[0]!.key[0]!]).toMatchObject({ kind: "const", value: "x" });
  });

  it("and counters make the state digest, transitions do not", () => {
    const digest = (text: string): string => ir(text).stateDigest;
    const base = digest(`label x set on call t.run per session`);
    expect(base).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(digest(`label x set on call t.read per session`)).toBe(base);
    expect(digest(`label x set on call t.run per agent`)).not.toBe(base);
    expect(digest(`label y set on call t.run per session`)).not.toBe(base);
  });
});

describe("lowering as a whole", () => {
  const items = [
    `allow a: t.push when args.branch == "main"`,
    `deny b: t.read, t.pay when context.time > 2030-01-01`,
    `label x set on call t.run per session`,
    `allow c: t.run when session has x`,
    `pattern key = re"AKIA[0-9]{4}"\nsanitize d: t.read when args matches key redact args.** matching key with mask`,
    `limit l: t.pay to 5.0 sum args.amount per session`,
  ];

  it("gives the same bytes for any order of files and items", () => {
    const reference = canonicalJson(
      optimize(lowered(`package p\n${TOOLS}`, ...items.map((each) => `package p\n${each}`)).ir),
    );
    fc.assert(
      fc.property(
        fc.shuffledSubarray([TOOLS, ...items], { minLength: items.length + 1 }),
        fc.integer({ min: 1, max: 3 }),
        (order, chunk) => {
          const files: string[] = [];
          for (let at = 0; at < order.length; at += chunk)
            files.push(`package p\n${order.slice(at, at + chunk).join("\n")}`);
          expect(canonicalJson(optimize(lowered(...files).ir))).toBe(reference);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("reports a rule whose functions grow too large, and does not run away", () => {
    const layers = Array.from(
      { length: 30 },
      (_, at) => `fn f${at + 1}(x: string): bool = f${at}(x) or f${at}(x)`,
    );
    // The checker refuses it first, by its cost.
    const { program, codes } = checkSource(
      `package p\n${TOOLS}\nfn f0(x: string): bool = x == "a"\n${layers.join("\n")}\ndeny d: t.pay when f30(args.to)`,
    );
    expect(codes).toEqual(["policy/too-costly"]);
    expect(lowerProgram(program).diagnostics.map((each) => each.code)).toEqual(["lower/too-large"]);
  });

  it("flattens chains however long", () => {
    const chain = (operator: string, term: (at: number) => string): string =>
      Array.from({ length: 200 }, (_, at) => term(at)).join(operator);
    const flat = ir(`deny d: t.pay when ${chain(" or ", (at) => `args.to == "${at}"`)}`);
    const when = whenOf(flat, "p.d");
    expect(when.kind === "or" && when.any.length).toBe(200);
  });

  it("says where every condition stands", () => {
    const text = `package p\n${TOOLS}\ndeny d: t.push when args.force and not args.branch == "main" unless agent.id == "a"`;
    const { sourceMap } = lowered(text);
    const [target] = sourceMap.rules.get("p.d")!.targets;
    const spans = target!.when.map(({ span }) => text.slice(span.start, span.end));
    expect(spans).toEqual([
      "args.force",
      `args.branch == "main"`,
      `not args.branch == "main"`,
      `args.force and not args.branch == "main"`,
    ]);
    expect(target!.unless.map(({ span }) => text.slice(span.start, span.end))).toEqual([`agent.id == "a"`]);
  });
});
