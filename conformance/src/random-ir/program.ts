// IR programs at random: a random schema, rules of every kind over it, labels and counters.
import {
  BOOL,
  decodeIr,
  encodeIr,
  INT,
  IR_FORMAT,
  type IrApproval,
  type IrEffect,
  type IrExpression,
  type IrProgram,
  type IrReasonPart,
  type IrRedaction,
  type IrRoot,
  type IrRule,
  isScalar,
  JSON_TYPE,
  NO_READS,
  optional,
  parsed,
  parsePattern,
  readsOf,
  RESULT_STATUS,
  setOf,
  STRING,
  type Type,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { randomCounters, randomLabels, someOf } from "./cells.ts";
import { ExpressionGenerator, type Read, type Vocabulary } from "./expression.ts";
import { HOSTILE_NAMES } from "./json-text.ts";
import { Random } from "./random.ts";
import {
  agentFields,
  contextFields,
  ENV,
  placesOf,
  pointerStep,
  randomSchema,
  readsOfField,
  redactionPaths,
  type Schema,
} from "./schema.ts";
import { NOON } from "./value-text.ts";

const FACTS: IrProgram["facts"] = [
  { name: "origin", type: setOf(STRING) },
  { name: "real", type: parsed("path") },
];

const read = (root: IrRoot, type: Type, ...path: string[]): Read => ({ kind: "read", root, path, type });

/** What is read of every call. */
const ALWAYS: readonly Read[] = [
  ...agentFields.map(({ name, type }) => read("agent", type, name)),
  read("agent", optional(STRING), "on_behalf_of", "id"),
  read("agent", optional(STRING), "on_behalf_of", "team"),
  ...contextFields.map(({ name, type }) => read("context", type, name)),
];

/** Of a schema without state; the facts are about arguments taken at random. */
function vocabulary({ shared }: Schema, patterns: number, random: Random): Vocabulary {
  const about = (): string => `/args/${pointerStep(random.pick(shared).name)}`;
  return {
    labels: [],
    counters: [],
    patterns,
    reads: [...shared.flatMap(readsOfField), ...ALWAYS],
    facts: [
      { kind: "fact", name: "origin", path: "/args/s", type: setOf(STRING) },
      { kind: "fact", name: "real", path: about(), type: parsed("path") },
    ],
    places: placesOf(shared),
  };
}

/** What rules of the result phase read as well: the value only where all their actions give one type. */
function resultReads(actions: Schema["actions"], on: readonly number[]): readonly Read[] {
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
  { granted: true, effects: ["approval", "approval", "sanitize"] },
  { granted: true, effects: ["approval", "approval", "allow"] },
  { granted: true, effects: ["approval"] },
];

const PATTERNS: IrProgram["patterns"] = [
  { name: "std.secrets.any", pattern: "AKIA[0-9]{4}" },
  { name: "p.`quoted`", pattern: printed('[`"]') },
  { name: "x", pattern: "^x+$" },
];

/** What rules are made from. */
interface RuleSource {
  readonly random: Random;
  readonly schema: Schema;
  readonly words: Vocabulary;
  readonly intern: (expression: IrExpression) => number;
}

/** A program that the decoder of bundles accepts; the same for the same seed. */
export function randomProgram(seed: number): IrProgram {
  for (let attempt = 0; ; attempt += 1) {
    const program = attemptProgram(seed + attempt * 1_000_003);
    if (decodeIr(JSON.parse(encodeIr(program)), platform).ok) return program;
  }
}

function attemptProgram(seed: number): IrProgram {
  const random = new Random(seed);
  const schema = randomSchema(random);
  const expressions: IrExpression[] = [{ kind: "const", type: BOOL, value: true }];
  const intern = (expression: IrExpression): number => expressions.push(expression) - 1;
  const stateless = vocabulary(schema, PATTERNS.length, random);
  const bare = new ExpressionGenerator(random, { ...stateless, facts: [] });
  const cells = { random, bare, intern, actions: schema.actions.length };
  const labels = randomLabels(cells);
  const counters = randomCounters(cells);
  const source: RuleSource = { random, schema, words: { ...stateless, labels, counters }, intern };
  const { granted, effects } = random.pick(FLAVOURS);
  const rules = random
    .times(2 + random.below(7), () => random.pick(effects))
    .map((effect, index) =>
      granted && index === 0 ? plainAllow(schema) : randomRule(index, effect, source),
    );
  return {
    format: IR_FORMAT,
    packages: [
      { name: "p", guard: false },
      { name: "p.q", guard: false },
    ],
    agent: agentFields,
    context: contextFields,
    facts: FACTS,
    actions: schema.actions.map((action) => ({ ...action, visible: intern(visibleCondition(random)) })),
    patterns: PATTERNS,
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
const plainAllow = ({ actions }: Schema): IrRule => ({
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

function randomRule(index: number, effect: IrEffect, source: RuleSource): IrRule {
  const { random, schema, words, intern } = source;
  const { actions } = schema;
  const on = someOf(actions.length, random);
  const [first = 0] = on;
  const phase = effect === "allow" || effect === "approval" || random.chance(0.8) ? "call" : "result";
  const own = on.length === 1 ? (schema.own[first] ?? []) : [];
  const reads = [
    ...words.reads,
    ...own.flatMap(readsOfField),
    ...(phase === "result" ? resultReads(actions, on) : []),
  ];
  const paths = redactionPaths([...schema.shared, ...own]);
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
        redactions: effect === "sanitize" || random.chance(0.2) ? redactions(paths, random) : [],
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

const redactions = (paths: readonly string[], random: Random): IrRedaction[] =>
  random.times(1 + random.below(2), () => ({
    path: random.pick(paths),
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
      path: computed || shown.root !== "args" ? "" : ["/args", ...shown.path.map(pointerStep)].join("/"),
    };
  });
}
