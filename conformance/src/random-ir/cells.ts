// Labels and counters of a random program, with what sets, clears and counts.
import {
  BOOL,
  DECIMAL,
  INT,
  type IrCounter,
  type IrExpression,
  type IrLabel,
  type IrScope,
  type IrTransition,
  listOf,
  parsed,
  RESULT_STATUS,
  STRING,
  type Type,
} from "@aegis/runtime/core";
import type { ExpressionGenerator } from "./expression.ts";
import type { Random } from "./random.ts";

export interface CellSource {
  readonly random: Random;
  /** Makes what an event's expressions may hold: of arguments, agent and context only. */
  readonly bare: ExpressionGenerator;
  readonly intern: (expression: IrExpression) => number;
  /** How many actions there are. */
  readonly actions: number;
}

const SCOPES: readonly IrScope[] = ["session", "agent", "tenant"];
const LABELS: readonly Pick<IrLabel, "id" | "key">[] = [
  { id: "p.plain", key: [] },
  { id: "p.agent\n", key: [] },
  { id: "p.seen", key: [STRING] },
  { id: "p.pair", key: [DECIMAL, parsed("git_ref")] },
];
const COUNTERS: readonly Pick<IrCounter, "id" | "type" | "key">[] = [
  { id: "p.count", type: "int", key: [] },
  { id: "p.spend", type: "decimal", key: [STRING, INT] },
];

export function randomLabels(source: CellSource): IrLabel[] {
  const { random } = source;
  return LABELS.filter(() => random.chance(0.7)).map(({ id, key }) => ({
    id,
    key,
    scope: random.pick(SCOPES),
    max: random.pick([1, 3, 1000]),
    transitions: random.times(random.below(3), () => randomTransition(key, source)),
  }));
}

function randomTransition(key: readonly Type[], source: CellSource): IrTransition {
  const { random, bare, intern } = source;
  const on = random.pick(["call", "result", "approval", "denied"] as const);
  const asked = on === "approval" || on === "denied";
  return {
    op: random.pick(["set", "clear"]),
    on,
    rules: asked && random.chance(0.5) ? ["p.rule_0"] : null,
    targets: someOf(source.actions, random).map((action) => {
      const each = key[0]?.kind === "string" && random.chance(0.3) ? bare.of(listOf(STRING), 1) : null;
      const local: IrExpression = { kind: "local", depth: 0, type: STRING };
      return {
        action,
        when: intern(
          on === "result" && random.chance(0.5)
            ? {
                kind: "compare",
                op: "eq",
                left: { kind: "read", root: "result", path: ["status"], type: RESULT_STATUS },
                right: { kind: "const", type: RESULT_STATUS, value: "ok" },
              }
            : bare.of(BOOL, 1),
        ),
        each: each === null ? null : intern(each),
        key: key.map((type) => intern(each === null ? bare.of(type, 1) : local)),
      };
    }),
  };
}

export function randomCounters(source: CellSource): IrCounter[] {
  const { random, bare, intern } = source;
  return COUNTERS.filter(() => random.chance(0.7)).map(({ id, type, key }) => ({
    id,
    type,
    key,
    scope: random.pick(SCOPES),
    window: random.pick([null, 60_000, 86_400_000]),
    max: random.pick([1, 1000]),
    targets: someOf(source.actions, random).map((action) => ({
      action,
      key: key.map((each) => intern(bare.of(each, 1))),
      amount: intern(notNegative(bare.of(type === "int" ? INT : DECIMAL, 2), type)),
      settle: random.chance(0.3) ? intern(bare.of(type === "int" ? INT : DECIMAL, 1)) : null,
    })),
  }));
}

/** What a call reserves is never negative: the compiler sees to it, and so must what stands in for it. */
const notNegative = (amount: IrExpression, type: "int" | "decimal"): IrExpression => ({
  kind: "call",
  fn: "max",
  args: [{ kind: "const", type: type === "int" ? INT : DECIMAL, value: 0 }, amount],
});

/** Numbers below `count`, ascending, one at least. */
export function someOf(count: number, random: Random): number[] {
  const some = Array.from({ length: count }, (_, index) => index).filter(() => random.chance(0.7));
  return some.length === 0 ? [0] : some;
}
