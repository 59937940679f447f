// Events at random for a program: calls that start, finish, are approved, denied or abandoned, sometimes not as declared.
import type { EventDocument, IrProgram, JsonObject } from "@aegis/runtime/core";
import { objectText } from "./json-text.ts";
import type { Random } from "./random.ts";
import { recordText, valueText } from "./value-text.ts";

const PHASES = [
  "started",
  "started",
  "started",
  "finished",
  "finished",
  "abandoned",
  "approved",
  "denied",
] as const;

/** `time` in ms. Numbers are as JavaScript reads them, so that every engine is told the same. */
export function randomEvent(program: IrProgram, random: Random, seq: number, time: number): EventDocument {
  const wrong = random.chance(0.1) ? 0.03 : 0;
  const phase = random.pick(PHASES);
  const { tool, action, params, open, result } = random.pick(program.actions);
  const read = (text: string): JsonObject => JSON.parse(text) as JsonObject;
  const context = program.context.filter(({ name }) => name !== "time");
  return {
    phase,
    id: `e${String(seq)}`,
    call_id: `c${String(random.below(5))}`,
    seq: random.chance(0.05) ? seq - 2 : seq,
    time: new Date(time).toISOString(),
    agent: read(recordText(program.agent, true, random, wrong)),
    ...(random.chance(0.7) ? { context: read(recordText(context, true, random, wrong)) } : {}),
    tool,
    action,
    args: read(recordText(params, open, random, wrong)),
    ...(phase === "approved" || phase === "denied"
      ? { rules: random.pick([[], ["p.rule_0"], ["p.rule_1"], ["x", "p.rule_0"]]) }
      : {}),
    ...(phase === "finished" && random.chance(0.8)
      ? { result: read(resultText()) as unknown as NonNullable<EventDocument["result"]> }
      : {}),
  };

  function resultText(): string {
    const status = random.pick(["ok", "ok", "error", "unknown"]);
    const needed = status === "ok" && (result.kind !== "optional" || random.chance(0.5));
    return objectText([
      ["status", JSON.stringify(status)],
      ...(needed ? [["value", valueText(result, random, wrong)] as const] : []),
    ]);
  }
}
