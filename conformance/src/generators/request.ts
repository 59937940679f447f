// Arbitraries of valid requests for an action of a program, state included.
import fc from "fast-check";
import {
  printDecimal,
  type Field,
  type IrCounter,
  type IrExpression,
  type IrLabel,
  type IrProgram,
  type JsonObject,
  type JsonValue,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { constantPool, poolKey } from "./constant-pool.ts";
import { fieldsOf, valueOf, type ValueSource } from "./json-value.ts";

export const TIME = "2026-01-01T09:00:00Z";

export const sourceOf = (program: IrProgram, more: readonly IrExpression[] = []): ValueSource => ({
  pool: constantPool(program, more),
  parsedTypes: platform.parsedTypes,
});

/** A valid request of the call phase in which everything that rules name is readable. */
export function requestFor(
  program: IrProgram,
  action: number,
  source = sourceOf(program),
): fc.Arbitrary<JsonObject> {
  const { tool, action: name, params } = program.actions[action] ?? { tool: "", action: "", params: [] };
  return fc
    .record({
      agent: agentOf(program.agent, source),
      args: fieldsOf(params, source),
      context: fieldsOf(
        program.context.filter((each) => each.name !== "time" && each.name !== "session"),
        source,
      ),
      labels: fc.tuple(...program.labels.map((each) => labelOf(each, source))),
      counters: fc.tuple(...program.counters.map((each) => counterOf(each, source))),
      facts: factsOf(program, source),
    })
    .map(({ agent, args, context, labels, counters, facts }) => ({
      phase: "call",
      agent,
      tool,
      action: name,
      args,
      context: { ...context, time: TIME, session: "s" },
      state: {
        schema: program.stateDigest,
        epoch: 1,
        labels: Object.fromEntries(program.labels.map((each, index) => [each.id, labels[index] ?? false])),
        counters: Object.fromEntries(
          program.counters.map((each, index) => [each.id, counters[index] ?? "0"]),
        ),
      },
      facts,
    }));
}

const agentOf = (fields: readonly Field[], source: ValueSource): fc.Arbitrary<JsonObject> =>
  fieldsOf(fields, source).map((agent) => (agent["id"] === "" ? { ...agent, id: "agent" } : agent));

function labelOf(label: IrLabel, source: ValueSource): fc.Arbitrary<JsonValue> {
  if (label.key.length === 0) return fc.constantFrom<JsonValue>(true, false, "maybe");
  const known =
    label.key.length === 1
      ? (source.pool.get(poolKey(label.key[0] ?? { kind: "string" })) ?? []).map(String)
      : [];
  const keys = fc
    .uniqueArray(fc.constantFrom("a", "b", ...known), { maxLength: 3 })
    .map((each) => each.sort());
  return fc
    .record({ set: keys, maybe: keys, full: fc.boolean() })
    .map(({ set, maybe, full }) => ({ set, maybe: maybe.filter((each) => !set.includes(each)), full }));
}

function counterOf(counter: IrCounter, source: ValueSource): fc.Arbitrary<JsonValue> {
  const print = counter.type === "decimal" ? printDecimal : String;
  const amounts = (source.pool.get(counter.type) ?? []).map(Number).filter((each) => each >= 0);
  const amount = fc.oneof(fc.constantFrom(0, 1, ...amounts), fc.nat(10_000_000)).map(print);
  return counter.key.length === 0 ? amount : fc.dictionary(fc.constantFrom("a", "b"), amount, { maxKeys: 2 });
}

/** Every fact that a rule reads, at its place. */
function factsOf(program: IrProgram, source: ValueSource): fc.Arbitrary<JsonObject> {
  const places = new Map<string, Set<string>>();
  for (const target of program.rules.flatMap((rule) => rule.targets)) {
    for (const { path, fact } of target.reads.facts)
      places.set(path, (places.get(path) ?? new Set()).add(fact));
  }
  const types = new Map(program.facts.map((each) => [each.name, each.type]));
  const entries = [...places].map(([path, names]) => {
    const model = [...names].map(
      (name) => [name, valueOf(types.get(name) ?? { kind: "json" }, source)] as const,
    );
    return [path, fc.record(Object.fromEntries(model))] as const;
  });
  return fc.record(Object.fromEntries(entries)) as fc.Arbitrary<JsonObject>;
}
