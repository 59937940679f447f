// The shape of a whole IR program in JSON.
import type { IrProgram } from "../ir.ts";
import { IR_FORMAT } from "../ir.ts";
import { decodeExpression } from "./expression-shape.ts";
import type { Decoder } from "./shape.ts";
import { anyJson, array, boolean, byKind, index, integer, nullable, object, oneOf, string } from "./shape.ts";
import { decodeFields, decodeType } from "./type-shape.ts";
import type { IrReasonPart, IrRedactionMethod } from "../ir.ts";

const indices = array(index);
const scope = oneOf("session", "agent", "tenant");

const reads = object({
  labels: indices,
  counters: indices,
  facts: array(object({ path: string, fact: string })),
  context: array(string),
});

const method = byKind<IrRedactionMethod>(
  new Map<string, Decoder<IrRedactionMethod>>([
    ["remove", object({ kind: oneOf("remove") })],
    ["mask", object({ kind: oneOf("mask") })],
    ["hash", object({ kind: oneOf("hash") })],
    ["replace", object({ kind: oneOf("replace"), value: anyJson })],
    ["truncate", object({ kind: oneOf("truncate"), keep: index })],
  ]),
);

const reasonPart = byKind<IrReasonPart>(
  new Map<string, Decoder<IrReasonPart>>([
    ["text", object({ kind: oneOf("text"), text: string })],
    ["value", object({ kind: oneOf("value"), values: indices, path: string })],
  ]),
);

const rule = object(
  {
    id: string,
    effect: oneOf("allow", "sanitize", "approval", "deny"),
    phase: oneOf("call", "result"),
    targets: array(
      object({
        action: index,
        scope: index,
        when: index,
        reads,
        redactions: array(object({ path: string, matching: nullable(index), with: method })),
      }),
    ),
    waivers: array(object({ id: string, until: integer(0), when: indices, reads: array(reads) })),
    reason: nullable(array(reasonPart)),
    hint: nullable(string),
    approval: nullable(
      object({
        by: array(object({ count: integer(1, 1000) }, { role: string, user: string })),
        via: array(string),
        within: nullable(integer(1)),
      }),
    ),
    limit: nullable(index),
    annotations: array(object({ name: string, value: string })),
  },
  { shadow: object({}, { until: integer(0) }) },
);

const label = object({
  id: string,
  scope,
  key: array(decodeType),
  max: integer(1, 1_000_000),
  transitions: array(
    object({
      op: oneOf("set", "clear"),
      on: oneOf("call", "result", "approval", "denied"),
      rules: nullable(array(string)),
      targets: array(object({ action: index, when: index, each: nullable(index), key: indices })),
    }),
  ),
});

const counter = object({
  id: string,
  type: oneOf("int", "decimal"),
  scope,
  key: array(decodeType),
  window: nullable(integer(60)),
  max: integer(1, 1_000_000),
  targets: array(object({ action: index, key: indices, amount: index, settle: nullable(index) })),
});

export const decodeProgram: Decoder<IrProgram> = object({
  format: oneOf(IR_FORMAT),
  packages: array(object({ name: string, guard: boolean })),
  agent: decodeFields,
  context: decodeFields,
  facts: array(object({ name: string, type: decodeType })),
  actions: array(
    object({
      tool: string,
      action: string,
      params: decodeFields,
      open: boolean,
      result: decodeType,
      visible: index,
    }),
  ),
  patterns: array(object({ name: string, pattern: string })),
  expressions: array(decodeExpression),
  labels: array(label),
  counters: array(counter),
  stateDigest: string,
  rules: array(rule),
});
