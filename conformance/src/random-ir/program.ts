// IR programs at random, over a schema that has every kind of type.
import {
  BOOL,
  DECIMAL,
  decodeIr,
  DURATION,
  encodeIr,
  type Field,
  HEADERS,
  INT,
  IR_FORMAT,
  type IrAction,
  type IrApproval,
  type IrCounter,
  type IrEffect,
  type IrExpression,
  type IrLabel,
  type IrProgram,
  type IrReasonPart,
  type IrRedaction,
  type IrRoot,
  type IrRule,
  isScalar,
  JSON_TYPE,
  listOf,
  mapOf,
  NO_READS,
  optional,
  parsed,
  parsePattern,
  readsOf,
  RESULT_STATUS,
  setOf,
  STRING,
  TIME,
  type Type,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { ExpressionGenerator, type Vocabulary } from "./expression.ts";
import { HOSTILE_NAMES } from "./json-text.ts";
import { Random } from "./random.ts";
import { NOON } from "./value-text.ts";

const ENV: Type = { kind: "enum", name: "Env", members: ["dev", "prod", 'a`"\n'] };
const field = (name: string, type: Type, value?: Field["default"]): Field => ({
  name,
  type,
  ...(value === undefined ? {} : { default: value }),
});
const INNER: Type = {
  kind: "record",
  open: false,
  fields: [field("a", optional(STRING)), field("u", parsed("url")), field("n", INT, 3)],
};

/** Parameters that every action has. */
const SHARED: readonly Field[] = [
  field("s", STRING),
  field("short", optional({ kind: "string", max: 5 })),
  field("n", INT),
  field("bounded", optional({ kind: "int", min: 0, max: 50 })),
  field("d", optional(DECIMAL)),
  field("price", DECIMAL, 1_500_000),
  field("b", BOOL, false),
  field("maybe", optional(BOOL)),
  field("url", optional(parsed("url"))),
  field("ref", parsed("git_ref"), "main"),
  field("hosts", setOf(parsed("host")), []),
  field("urls", optional(listOf(parsed("url"), 3))),
  field("xs", listOf(INT), [1, 2]),
  field("names", listOf(STRING), []),
  field("m", mapOf(STRING), []),
  field("h", HEADERS, []),
  field("r", optional(INNER)),
  field("t", optional(TIME)),
  field("du", DURATION, 3_600_000),
  field("e", ENV, "dev"),
  field("cmd", optional(parsed("command"))),
  field("ip", optional(parsed("ip"))),
  field("rs", listOf(INNER, 3), []),
];

const actions: readonly IrAction[] = [
  {
    tool: "git",
    action: "push",
    params: [...SHARED, field("j", JSON_TYPE)],
    open: false,
    result: optional(INT),
    visible: 0,
  },
  {
    tool: "git",
    action: 'a`"\n\u2028',
    params: [...SHARED, field("j", JSON_TYPE, "x")],
    open: true,
    result: JSON_TYPE,
    visible: 0,
  },
  {
    tool: "__proto__",
    action: "constructor",
    params: [...SHARED, field("j", JSON_TYPE), field("__proto__", optional(STRING))],
    open: false,
    result: INNER,
    visible: 0,
  },
];

const agent: readonly Field[] = [
  field("id", STRING),
  field("roles", setOf(STRING), []),
  field("clearance", optional(INT)),
  field(
    "on_behalf_of",
    optional({ kind: "record", open: true, fields: [field("id", STRING), field("team", optional(STRING))] }),
  ),
];
const context: readonly Field[] = [
  field("time", optional(TIME)),
  field("session", optional(STRING)),
  field("environment", ENV, "dev"),
];
const FACTS = [
  { name: "origin", type: setOf(STRING) },
  { name: "real", type: parsed("path") },
];

const read = (root: IrRoot, type: Type, ...path: string[]): Vocabulary["reads"][number] => ({
  kind: "read",
  root,
  path,
  type,
});

function vocabulary(
  labels: readonly IrLabel[],
  counters: readonly IrCounter[],
  patterns: number,
): Vocabulary {
  return {
    labels,
    counters,
    patterns,
    reads: [
      ...SHARED.map(({ name, type }) => read("args", type, name)),
      read("args", JSON_TYPE, "j"),
      read("args", optional(STRING), "r", "a"),
      read("args", optional(parsed("url")), "r", "u"),
      read("args", optional(INT), "r", "n"),
      ...agent.map(({ name, type }) => read("agent", type, name)),
      read("agent", optional(STRING), "on_behalf_of", "id"),
      read("agent", optional(STRING), "on_behalf_of", "team"),
      ...context.map(({ name, type }) => read("context", type, name)),
    ],
    facts: [
      { kind: "fact", name: "origin", path: "/args/s", type: setOf(STRING) },
      { kind: "fact", name: "real", path: "/args/url", type: parsed("path") },
    ],
    places: [
      { type: parsed("host"), place: { path: ["hosts", { each: true }], part: null } },
      { type: parsed("host"), place: { path: ["url"], part: "host" } },
      { type: parsed("host"), place: { path: ["urls", { each: true }], part: "host" } },
      { type: STRING, place: { path: ["names", { each: true }], part: null } },
      { type: STRING, place: { path: ["m", { each: true }], part: null } },
      { type: STRING, place: { path: ["h", { each: true }], part: null } },
      { type: STRING, place: { path: ["r", "a"], part: null } },
    ],
  };
}

/** What rules of the result phase read as well: the value only where all their actions give one type. */
function resultReads(on: readonly number[]): Vocabulary["reads"] {
  const status = read("result", RESULT_STATUS, "status");
  const [only, ...others] = on.map((index) => actions[index]?.result ?? JSON_TYPE);
  if (only === undefined || others.length > 0) return [status, status];
  return [status, status, read("result", optional(only), "value")];
}

const statusIs = (random: Random): IrExpression => ({
  kind: "compare",
  op: random.pick(["eq", "ne"]),
  left: read("result", RESULT_STATUS, "status"),
  right: { kind: "const", type: RESULT_STATUS, value: random.pick(RESULT_STATUS.members) },
});

/** In canonical form. */
function printed(text: string): string {
  const parsed = parsePattern(text);
  if (!parsed.ok) throw new Error("a pattern that is not portable");
  return parsed.canonical;
}

/**
 * What the rules of a program are mostly about, so that each decision is common: where one rule in two denies, nearly
 * every call is denied. `granted`: a first rule allows every call.
 */
const FLAVOURS: readonly { readonly granted: boolean; readonly effects: readonly IrEffect[] }[] = [
  { granted: false, effects: ["allow", "allow", "sanitize", "approval", "deny"] },
  { granted: true, effects: ["sanitize", "approval", "approval", "deny"] },
  { granted: true, effects: ["sanitize", "sanitize", "allow"] },
  { granted: true, effects: ["sanitize"] },
  { granted: true, effects: ["sanitize"] },
  { granted: true, effects: ["approval", "sanitize"] },
  { granted: true, effects: ["approval", "approval", "allow"] },
  { granted: true, effects: ["approval"] },
];

/** A program that the decoder of bundles accepts; the same for the same seed. */
export function randomProgram(seed: number): IrProgram {
  for (let attempt = 0; ; attempt += 1) {
    const program = attemptProgram(seed + attempt * 1_000_003);
    if (decodeIr(JSON.parse(encodeIr(program)), platform).ok) return program;
  }
}

function attemptProgram(seed: number): IrProgram {
  const random = new Random(seed);
  const labels: readonly IrLabel[] = [
    { id: "p.plain", scope: "session", key: [], max: 1000, transitions: [] },
    { id: "p.agent\n", scope: "agent", key: [], max: 1000, transitions: [] },
    { id: "p.seen", scope: "agent", key: [STRING], max: 1000, transitions: [] },
    { id: "p.pair", scope: "session", key: [DECIMAL, parsed("git_ref")], max: 1000, transitions: [] },
  ];
  const patterns = [
    { name: "std.secrets.any", pattern: "AKIA[0-9]{4}" },
    { name: "p.`quoted`", pattern: printed('[`"]') },
    { name: "x", pattern: "^x+$" },
  ];
  const expressions: IrExpression[] = [{ kind: "const", type: BOOL, value: true }];
  const bare = new ExpressionGenerator(random, {
    ...vocabulary([], [], patterns.length),
    facts: [],
  });
  const intern = (expression: IrExpression): number => expressions.push(expression) - 1;
  const target = (action: number, key: readonly Type[], type: Type) => ({
    action,
    key: key.map((each) => intern(bare.of(each, 1))),
    amount: intern(bare.of(type, 2)),
    settle: null,
  });
  const counters: readonly IrCounter[] = [
    {
      id: "p.count",
      type: "int",
      scope: "session",
      key: [],
      window: null,
      max: 1000,
      targets: [target(0, [], INT), target(1, [], INT)],
    },
    {
      id: "p.spend",
      type: "decimal",
      scope: "agent",
      key: [STRING, INT],
      window: 60_000,
      max: 1000,
      targets: [target(1, [STRING, INT], DECIMAL)],
    },
  ];
  const words = vocabulary(labels, counters, patterns.length);
  const { granted, effects } = random.pick(FLAVOURS);
  const rules = random
    .times(2 + random.below(7), () => random.pick(effects))
    .map((effect, index) =>
      granted && index === 0 ? plainAllow() : randomRule(index, effect, random, words, intern),
    );
  return {
    format: IR_FORMAT,
    packages: [
      { name: "p", guard: false },
      { name: "p.q", guard: false },
    ],
    agent,
    context,
    facts: FACTS,
    actions: actions.map((action) => ({ ...action, visible: intern(visibleCondition(random)) })),
    patterns,
    expressions,
    labels,
    counters,
    stateDigest: "sha256:state",
    rules,
  };
}

/** Of agent and context only, as the contract says. */
function visibleCondition(random: Random): IrExpression {
  const environment = read("context", ENV, "environment");
  const roles = read("agent", setOf(STRING), "roles");
  return random.pick<IrExpression>([
    { kind: "const", type: BOOL, value: true },
    { kind: "compare", op: "eq", left: environment, right: { kind: "const", type: ENV, value: "dev" } },
    { kind: "member", item: { kind: "const", type: STRING, value: "main" }, of: roles },
    { kind: "not", of: { kind: "present", of: read("agent", optional(INT), "clearance") } },
  ]);
}

/** Of every call; the first expression of a program is `true`. */
const plainAllow = (): IrRule => ({
  id: "p.rule_0",
  effect: "allow",
  phase: "call",
  targets: actions.map((_, action) => ({ action, scope: 0, when: 0, reads: NO_READS, redactions: [] })),
  waivers: [],
  reason: null,
  hint: null,
  approval: null,
  limit: null,
  annotations: [],
});

function randomRule(
  index: number,
  effect: IrEffect,
  random: Random,
  words: Vocabulary,
  intern: (expression: IrExpression) => number,
): IrRule {
  const targets = [0, 1, 2].filter(() => random.chance(0.7));
  const on = targets.length === 0 ? [0] : targets;
  const phase = effect === "allow" || effect === "approval" || random.chance(0.8) ? "call" : "result";
  const reads = phase === "result" ? [...words.reads, ...resultReads(on)] : words.reads;
  const generator = new ExpressionGenerator(random, { ...words, reads });
  const stateless = new ExpressionGenerator(random, { ...words, labels: [], counters: [] });
  const expressionsOf = (make: () => IrExpression): IrExpression[] => {
    const shared = make();
    return on.map(() => (random.chance(0.3) ? make() : shared));
  };
  const scopes = expressionsOf(() =>
    random.chance(0.5) ? { kind: "const", type: BOOL, value: true } : generator.of(BOOL, 1),
  );
  const conditions = expressionsOf(() =>
    random.chance(effect === "deny" ? 0.1 : 0.5)
      ? { kind: "const", type: BOOL, value: true }
      : phase === "result" && random.chance(0.5)
        ? statusIs(random)
        : generator.of(BOOL, 4),
  );
  const waiving = random.chance(0.15) ? [expressionsOf(() => generator.of(BOOL, 1))] : [];
  return {
    id: `p${random.chance(0.3) ? ".q" : ""}.rule_${String(index)}${random.chance(0.1) ? random.pick(HOSTILE_NAMES).replaceAll(".", "") : ""}`,
    effect,
    phase,
    targets: on.map((action, place) => {
      const scope = scopes[place] ?? scopes[0];
      const when = conditions[place] ?? conditions[0];
      if (scope === undefined || when === undefined) throw new RangeError("no condition");
      return {
        action,
        scope: intern(scope),
        when: intern(when),
        reads: readsOf(scope, when),
        redactions: effect === "sanitize" || random.chance(0.2) ? redactions(random) : [],
      };
    }),
    ...(random.chance(0.2)
      ? { shadow: random.chance(0.5) ? {} : { until: NOON + random.pick([-1, 0, 1]) } }
      : {}),
    waivers: waiving.map((all, number) => ({
      id: `p.exception_${String(number)}`,
      until: NOON + random.pick([-1, 1, 86_400_000]),
      when: all.map(intern),
      reads: all.map((each) => readsOf(each)),
    })),
    reason: random.chance(0.6) ? reason(random, words, stateless, on, intern) : null,
    hint: random.chance(0.2) ? `try ${random.pick(HOSTILE_NAMES)}` : null,
    approval: effect === "approval" ? approval(random) : null,
    limit: null,
    annotations: [],
  };
}

const redactions = (random: Random): IrRedaction[] =>
  random.times(1 + random.below(2), () => ({
    path: random.pick(["/args/s", "/args/m/*", "/args/h/authorization", "/args/r/a", "/args/a~1b", "/args"]),
    matching: random.chance(0.4) ? random.below(3) : null,
    with: random.pick<IrRedaction["with"]>([
      { kind: "remove" },
      { kind: "mask" },
      { kind: "hash" },
      { kind: "replace", value: { "x`": [1, null, "\u2028"] } },
      { kind: "truncate", keep: 3 },
    ]),
  }));

const approval = (random: Random): IrApproval => ({
  by: random.pick<IrApproval["by"]>([
    [{ role: "boss", count: 2 }],
    [{ user: "u`1", count: 1 }],
    [{ count: 1 }],
  ]),
  via: random.chance(0.5) ? ["chat"] : [],
  within: random.chance(0.5) ? random.pick([1_800_000, 90_061_001, 1]) : null,
});

function reason(
  random: Random,
  words: Vocabulary,
  generator: ExpressionGenerator,
  on: readonly number[],
  intern: (expression: IrExpression) => number,
): IrReasonPart[] {
  const printable = words.reads.filter(({ type }) => isScalar(type.kind === "optional" ? type.of : type));
  return random.times(1 + random.below(4), () => {
    if (random.chance(0.3)) return { kind: "text", text: `because of ${random.pick(HOSTILE_NAMES)} ` };
    const shown = random.pick(printable);
    const computed = random.chance(0.3) && shown.type.kind !== "optional";
    const value = computed ? generator.of(shown.type, 2) : shown;
    return {
      kind: "value",
      values: on.map(() => intern(value)),
      path: computed || shown.root !== "args" ? "" : `/args/${shown.path.join("/")}`,
    };
  });
}
