// A whole program in JSON: tables of what is shared, and members that refer to their rows.
import type { JsonObject, JsonValue } from "../../values/value.ts";
import { JsonNumber } from "../../values/value.ts";
import type {
  IrAction,
  IrCounter,
  IrCounterTarget,
  IrExpression,
  IrFact,
  IrFrame,
  IrLabel,
  IrPattern,
  IrProgram,
  IrRule,
  IrTransition,
  IrTransitionTarget,
} from "../ir.ts";
import { IR_FORMAT } from "../ir.ts";
import type { Codec } from "./codec.ts";
import {
  ShapeError,
  array,
  boolean,
  expression,
  index,
  integer,
  isArray,
  itemsOf,
  misshapen,
  oneOf,
  orEmpty,
  orNull,
  placed,
  row,
  string,
  type,
} from "./codec.ts";
import { ruleId, ruleRow, targetAt } from "./rule-row.ts";
import { TablesWritten, readTables } from "./tables.ts";
import { fields } from "./type-row.ts";

type Members = Omit<IrProgram, "format">;

const indices = array(index);
const scope = oneOf("session", "agent", "tenant");

/** In plain steps (see `expression-row`): a bundle may have thousands. */
const action: Codec<IrAction> = {
  encode({ tool, action: name, params, open, result, visible }, to) {
    const record = to.type({ kind: "record", fields: params, open });
    return `[${JSON.stringify(tool)},${JSON.stringify(name)},${record},${to.type(result)},${visible}]`;
  },
  decode(json, from) {
    const items = itemsOf(json, 5, 5);
    const record = from.type(items[2]);
    if (record.kind !== "record") return misshapen("expected a record of parameters");
    return {
      tool: string.decode(items[0], from),
      action: string.decode(items[1], from),
      params: record.fields,
      open: record.open,
      result: from.type(items[3]),
      visible: index.decode(items[4], from),
    };
  },
};

const transitionTarget = row(
  [index, index, orNull(index), orEmpty(indices)],
  ({ action: at, when, each, key }: IrTransitionTarget) => [at, when, each, key],
  (at, when, each, key) => ({ action: at, when, each, key }),
);
const transition = row(
  [
    oneOf("set", "clear"),
    oneOf("call", "result", "approval", "denied"),
    array(transitionTarget),
    orNull(array(string)),
  ],
  ({ op, on, targets, rules }: IrTransition) => [op, on, targets, rules],
  (op, on, targets, rules) => ({ op, on, rules, targets }),
);
const label = row(
  [string, scope, array(type), integer(1, 1_000_000), array(transition)],
  (value: IrLabel) => [value.id, value.scope, value.key, value.max, value.transitions],
  (id, per, key, max, transitions) => ({ id, scope: per, key, max, transitions }),
);

const counterTarget = row(
  [index, index, orEmpty(indices), orNull(index)],
  ({ action: at, amount, key, settle }: IrCounterTarget) => [at, amount, key, settle],
  (at, amount, key, settle) => ({ action: at, key, amount, settle }),
);
const counter = row(
  [
    string,
    oneOf("int", "decimal"),
    scope,
    array(type),
    integer(1, 1_000_000),
    array(counterTarget),
    orNull(integer(60)),
  ],
  (value: IrCounter) => [
    value.id,
    value.type,
    value.scope,
    value.key,
    value.max,
    value.targets,
    value.window,
  ],
  (id, of, per, key, max, targets, window) => ({ id, type: of, scope: per, key, window, max, targets }),
);

const members: { readonly [Name in keyof Members]: Codec<Members[Name]> } = {
  packages: array(
    row(
      [string, boolean],
      (value: IrProgram["packages"][number]) => [value.name, value.guard],
      (name, guard) => ({ name, guard }),
    ),
  ),
  agent: fields,
  context: fields,
  facts: array(
    row(
      [string, type],
      (value: IrFact) => [value.name, value.type],
      (name, of) => ({ name, type: of }),
    ),
  ),
  actions: array(action),
  patterns: array(
    row(
      [string, string],
      (value: IrPattern) => [value.name, value.pattern],
      (name, pattern) => ({ name, pattern }),
    ),
  ),
  expressions: array(expression),
  labels: array(label),
  counters: array(counter),
  stateDigest: string,
  rules: array(ruleRow),
};
const NAMES = Object.keys(members) as (keyof Members)[];
const ALL: ReadonlySet<string> = new Set(["format", "types", "nodes", "reads", ...NAMES]);

/** Canonical JSON. */
export function encodeProgram(ir: IrProgram): string {
  const tables = new TablesWritten();
  const encode = <Name extends keyof Members>(name: Name): string => members[name].encode(ir[name], tables);
  const own = NAMES.map((name) => [name, encode(name)] as const);
  // Those above have filled them.
  const all = [["format", JSON.stringify(ir.format)] as const, ...own, ...Object.entries(tables.texts)];
  const sorted = all.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, text]) => `"${name}":${text}`).join(",")}}`;
}

/** A program of which rules and expressions are read when they are asked for. All may throw a `ShapeError`. */
export interface ProgramRead {
  readonly frame: IrFrame;
  readonly expressions: number;
  readonly rules: number;
  expression(index: number): IrExpression | undefined;
  rule(index: number): IrRule;
  /** Of every rule its id, and which of its targets is at an action: -1 if none. */
  ruleIds(): readonly string[];
  targetsAt(action: number): readonly number[];
  /** Throws when all that was read so far comes to too much. */
  checkSize(): void;
  /** Reads what no rule names too. A pause after every few rows. */
  rest(): Generator<void, void, void>;
}

/** Reads all but rules and expressions. Throws a `ShapeError`. */
export function readProgram(json: JsonValue): ProgramRead {
  const document = objectOf(json);
  const member = (name: string): JsonValue =>
    (Object.hasOwn(document, name) ? document[name] : undefined) ?? misshapen(`expected a member ${name}`);
  const format = member("format");
  if (format !== IR_FORMAT)
    throw placed(
      new ShapeError(`written as ${JSON.stringify(format)}, and read is "${IR_FORMAT}": to be built again`),
      "format",
    );
  for (const name of Object.keys(document))
    if (!ALL.has(name)) throw placed(new ShapeError("there is no such member"), name);
  const tables = readTables({ types: member("types"), nodes: member("nodes"), reads: member("reads") });
  const read = <Name extends keyof Members>(name: Name): Members[Name] => {
    try {
      return members[name].decode(member(name), tables);
    } catch (error) {
      throw placed(error, name);
    }
  };
  const frame: IrFrame = {
    format: IR_FORMAT,
    packages: read("packages"),
    agent: read("agent"),
    context: read("context"),
    facts: read("facts"),
    actions: read("actions"),
    patterns: read("patterns"),
    labels: read("labels"),
    counters: read("counters"),
    stateDigest: read("stateDigest"),
  };
  const expressions = listOf(member("expressions"), "expressions", tables.expression);
  const rules = listOf(member("rules"), "rules", (row) => ruleRow.decode(row, tables));
  return {
    frame,
    expressions: expressions.length,
    rules: rules.length,
    expression: (at) => (at < expressions.length ? expressions.item(at) : undefined),
    rule: rules.item,
    ruleIds: () => rules.each(ruleId),
    targetsAt: (action) => rules.each((row) => targetAt(row, action)),
    checkSize: tables.checkSize,
    rest: tables.rest,
  };
}

type Decode<T> = (row: JsonValue | undefined) => T;
interface List<T> {
  readonly length: number;
  /** Read once. */
  item(at: number): T;
  /** What can be told of every row. */
  each<Part>(decode: Decode<Part>): Part[];
}

function listOf<T>(json: JsonValue, name: string, decode: Decode<T>): List<T> {
  if (!isArray(json)) throw placed(new ShapeError("expected an array"), name);
  // Own places, or what others put on `Object.prototype` would be found.
  const items: (T | undefined)[] = new Array<undefined>(json.length).fill(undefined);
  return {
    length: json.length,
    item(at) {
      const known = items[at];
      if (known !== undefined) return known;
      try {
        return (items[at] = decode(json[at]));
      } catch (error) {
        throw placed(placed(error, at), name);
      }
    },
    each(part) {
      const parts = [];
      try {
        for (let at = 0; at < json.length; at++) parts.push(part(json[at]));
      } catch (error) {
        throw placed(placed(error, parts.length), name);
      }
      return parts;
    },
  };
}

const objectOf = (json: JsonValue): JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json) && !(json instanceof JsonNumber)
    ? (json as JsonObject)
    : misshapen("expected an object");
