// The state snapshot of a request: each declared cell in runtime form, or unreadable.
import type { IrCounter, IrLabel, IrProgram, IrScope } from "../ir/ir.ts";
import { MAX_INTEGER } from "../types/type.ts";
import { NOT_OF_TYPE } from "../values/const-value.ts";
import type { NotOfType } from "../values/const-value.ts";
import { millionthsOf } from "../values/decimal-text.ts";
import type { JsonObject, JsonValue } from "../values/value.ts";
import type { CounterState, KeyedLabelState, LabelState, ValidState } from "./valid-request.ts";
import { isJsonObject } from "./validate-value.ts";

const MEMBERS: ReadonlySet<string> = new Set(["schema", "epoch", "labels", "counters"]);

/**
 * Reads the snapshot. `NOT_OF_TYPE` when it is no snapshot at all (the request is invalid); a cell that is missing or of
 * another type, or whose session is unknown, is unreadable, and so is every cell of a snapshot of another schema.
 */
export function readState(
  ir: IrProgram,
  json: JsonValue | undefined,
  hasSession: boolean,
): ValidState | NotOfType {
  const snapshot = json ?? undefined;
  if (snapshot === undefined) return unreadable(ir);
  if (!isJsonObject(snapshot) || !Object.keys(snapshot).every((key) => MEMBERS.has(key))) return NOT_OF_TYPE;
  const { schema, epoch } = { schema: own(snapshot, "schema"), epoch: own(snapshot, "epoch") };
  const labels = own(snapshot, "labels");
  const counters = own(snapshot, "counters");
  if (schema !== undefined && typeof schema !== "string") return NOT_OF_TYPE;
  if (epoch !== undefined && !(typeof epoch === "number" && Number.isSafeInteger(epoch))) return NOT_OF_TYPE;
  if (labels !== undefined && !isJsonObject(labels)) return NOT_OF_TYPE;
  if (counters !== undefined && !isJsonObject(counters)) return NOT_OF_TYPE;
  if (schema !== undefined && schema !== ir.stateDigest) return unreadable(ir);
  const known = (scope: IrScope): boolean => scope !== "session" || hasSession;
  return {
    labels: ir.labels.map((label) =>
      known(label.scope) ? labelState(label, cell(labels, label.id)) : undefined,
    ),
    counters: ir.counters.map((counter) =>
      known(counter.scope) ? counterState(counter, cell(counters, counter.id)) : undefined,
    ),
  };
}

const unreadable = (ir: IrProgram): ValidState => ({
  labels: ir.labels.map(() => undefined),
  counters: ir.counters.map(() => undefined),
});

/** An own member; null, like a missing one, is absence. */
const own = (object: JsonObject, key: string): JsonValue | undefined =>
  Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
const cell = (cells: JsonObject | undefined, id: string): JsonValue | undefined =>
  cells === undefined ? undefined : own(cells, id);

function labelState({ key }: IrLabel, json: JsonValue | undefined): LabelState | undefined {
  if (key.length > 0) return keyedLabel(json);
  return typeof json === "boolean" || json === "maybe" ? json : undefined;
}

function keyedLabel(json: JsonValue | undefined): KeyedLabelState | undefined {
  if (!isJsonObject(json) || Object.keys(json).length !== 3) return undefined;
  const set = keys(own(json, "set"));
  const maybe = keys(own(json, "maybe"));
  const full = own(json, "full");
  return set !== undefined && maybe !== undefined && typeof full === "boolean"
    ? { set, maybe, full }
    : undefined;
}

function keys(json: JsonValue | undefined): ReadonlySet<string> | undefined {
  if (!Array.isArray(json)) return undefined;
  const texts = json as readonly JsonValue[];
  return texts.every((text) => typeof text === "string") ? new Set(texts) : undefined;
}

function counterState(counter: IrCounter, json: JsonValue | undefined): CounterState | undefined {
  if (counter.key.length === 0) return amount(counter, json);
  if (!isJsonObject(json)) return undefined;
  const amounts = new Map<string, number>();
  for (const key of Object.keys(json)) {
    const value = amount(counter, json[key]);
    if (value === undefined) return undefined;
    amounts.set(key, value);
  }
  return amounts;
}

const AMOUNT = /^(0|[1-9][0-9]{0,15})(\.[0-9]{1,6})?$/;

/** A counter is never negative: what would be is of another type. */
function amount({ type }: IrCounter, json: JsonValue | undefined): number | undefined {
  if (typeof json !== "string" || !AMOUNT.test(json)) return undefined;
  if (type === "decimal") return millionthsOf(json);
  const value = Number(json);
  return Number.isInteger(value) && value <= MAX_INTEGER && !json.includes(".") ? value : undefined;
}
