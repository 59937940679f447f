// Rules in the JSON of a program: what most of them have in a row, what few have by name behind it.
import type {
  IrApproval,
  IrReasonPart,
  IrRedaction,
  IrRedactionMethod,
  IrRule,
  IrTarget,
  IrWaiver,
} from "../ir.ts";
import { newJsonObject } from "../../values/json-object.ts";
import type { JsonValue } from "../../values/value.ts";
import { NO_READS } from "../reads-of.ts";
import type { Codec, TableReader } from "./codec.ts";
import {
  anyJson,
  array,
  byKind,
  index,
  integer,
  isArray,
  itemsOf,
  misshapen,
  oneOf,
  orEmpty,
  orMissing,
  orNull,
  orUsual,
  placed,
  reads,
  row,
  string,
} from "./codec.ts";
import { bare } from "./type-row.ts";

type MethodOf<Kind extends IrRedactionMethod["kind"]> = Extract<IrRedactionMethod, { kind: Kind }>;
type PartOf<Kind extends IrReasonPart["kind"]> = Extract<IrReasonPart, { kind: Kind }>;

const indices = array(index);
/** Most rules read nothing that could be unreadable. */
const someReads = orUsual(reads, NO_READS, ({ labels, counters, facts, context }) =>
  [labels, counters, facts, context].every(({ length }) => length === 0),
);

const alone = <Kind extends string>(kind: Kind): Codec<{ readonly kind: Kind }> =>
  row(
    [],
    () => [],
    () => ({ kind }),
    [kind],
  );
const method: Codec<IrRedactionMethod> = byKind<IrRedactionMethod>({
  remove: alone,
  mask: alone,
  hash: alone,
  replace: (kind) =>
    row(
      [anyJson],
      ({ value }: MethodOf<"replace">) => [value],
      (value) => ({ kind, value }),
      [kind],
    ),
  truncate: (kind) =>
    row(
      [index],
      ({ keep }: MethodOf<"truncate">) => [keep],
      (keep) => ({ kind, keep }),
      [kind],
    ),
});
const redaction = row(
  [string, method, orNull(index)],
  (value: IrRedaction) => [value.path, value.with, value.matching],
  (path, how, matching) => ({ path, matching, with: how }),
);

const redactions = array(redaction);
/** What most rules have of redactions, exceptions and annotations. */
const NONE: readonly never[] = [];

/** Plain steps, as in `expression-row`. */
const target: Codec<IrTarget> = {
  encode(value, to) {
    const three = `${value.action},${value.scope},${value.when}`;
    const read = someReads.encode(value.reads, to);
    if (value.redactions.length > 0) return `[${three},${read},${redactions.encode(value.redactions, to)}]`;
    return read === "null" ? `[${three}]` : `[${three},${read}]`;
  },
  decode(json, from) {
    const items = itemsOf(json, 3, 5);
    const found = items.length > 4 ? items[4] : null;
    return {
      action: index.decode(items[0], from),
      scope: index.decode(items[1], from),
      when: index.decode(items[2], from),
      reads: items.length > 3 ? someReads.decode(items[3], from) : NO_READS,
      redactions: found === null ? NONE : redactions.decode(found, from),
    };
  },
};

const targetsRow = array(target);

const waiver = row(
  [string, integer(0), indices, array(someReads)],
  (value: IrWaiver) => [value.id, value.until, value.when, value.reads],
  (id, until, when, names) => ({ id, until, when, reads: names }),
);

const reasonPart: Codec<IrReasonPart> = byKind<IrReasonPart>({
  text: (kind) =>
    row(
      [string],
      ({ text }: PartOf<"text">) => [text],
      (text) => ({ kind, text }),
      [kind],
    ),
  value: (kind) =>
    row(
      [indices, string],
      ({ values, path }: PartOf<"value">) => [values, path],
      (values, path) => ({ kind, values, path }),
      [kind],
    ),
});

const approver = row(
  [integer(1, 1000), orMissing(string), orMissing(string)],
  (value: IrApproval["by"][number]) => [value.count, value.role, value.user],
  (count, role, user) => bare<IrApproval["by"][number]>({ role, user, count }),
);
const approval = row(
  [array(approver), orEmpty(array(string)), orNull(integer(1))],
  ({ by, via, within }: IrApproval) => [by, via, within],
  (by, via, within) => ({ by, via, within }),
);
const shadow = row(
  [orMissing(integer(0))],
  ({ until }: NonNullable<IrRule["shadow"]>) => [until],
  (until) => bare<NonNullable<IrRule["shadow"]>>({ until }),
);
const annotation = row(
  [string, string],
  (value: IrRule["annotations"][number]) => [value.name, value.value],
  (name, value) => ({ name, value }),
);

const effect = oneOf("allow", "sanitize", "approval", "deny");

/** What few rules have, in the order of the row. */
const rest = row(
  [
    orUsual(oneOf("call", "result"), "call"),
    orNull(array(reasonPart)),
    orNull(string),
    orNull(approval),
    orNull(index),
    orEmpty(array(waiver)),
    orEmpty(array(annotation)),
    orMissing(shadow),
  ],
  (rule: Rest) => [
    rule.phase,
    rule.reason,
    rule.hint,
    rule.approval,
    rule.limit,
    rule.waivers,
    rule.annotations,
    rule.shadow,
  ],
  (phase, reason, hint, approved, limit, waivers, annotations, observed) =>
    bare<Rest>({ phase, shadow: observed, waivers, reason, hint, approval: approved, limit, annotations }),
);
type Rest = Omit<IrRule, "id" | "effect" | "targets">;
const USUAL: Rest = bare<Rest>({
  phase: "call",
  shadow: undefined,
  waivers: NONE,
  reason: null,
  hint: null,
  approval: null,
  limit: null,
  annotations: NONE,
});

const isUsual = ({ phase, shadow, waivers, reason, hint, approval, limit, annotations }: IrRule): boolean =>
  phase === "call" &&
  shadow === undefined &&
  reason === null &&
  hint === null &&
  approval === null &&
  limit === null &&
  waivers.length + annotations.length === 0;

/** A rule: id, effect, targets; then, where it is not what most have, the rest in an array of its own. */
export const ruleRow: Codec<IrRule> = {
  encode(rule, to) {
    const more = isUsual(rule) ? "" : `,${rest.encode(rule, to)}`;
    return `[${JSON.stringify(rule.id)},"${rule.effect}",${targetsRow.encode(rule.targets, to)}${more}]`;
  },
  decode(json, from) {
    const items = itemsOf(json, 3, 4);
    // Bare, as it may lack `shadow`; member by member, as there are many.
    const rule = newJsonObject() as unknown as { -readonly [Name in keyof IrRule]: IrRule[Name] };
    rule.id = string.decode(items[0], from);
    rule.effect = effect.decode(items[1], from);
    rule.targets = readTargets(items[2], from);
    const more = items.length > 3 ? placing(3, rest, items[3], from) : USUAL;
    rule.phase = more.phase;
    rule.waivers = more.waivers;
    rule.reason = more.reason;
    rule.hint = more.hint;
    rule.approval = more.approval;
    rule.limit = more.limit;
    rule.annotations = more.annotations;
    if (more.shadow !== undefined) rule.shadow = more.shadow;
    return rule;
  },
};

/** What a rule is called, without the rest of it. Throws a `ShapeError`. */
export const ruleId = (json: JsonValue | undefined): string => {
  const [id] = itemsOf(json, 3, 4);
  return typeof id === "string" ? id : misshapen("expected a string");
};

/** Which target of a rule is at an action, without the rest of it; -1 if none. Throws a `ShapeError`. */
export function targetAt(json: JsonValue | undefined, action: number): number {
  const targets = itemsOf(json, 3, 4)[2];
  if (!isArray(targets)) return misshapen("expected an array");
  let found = -1;
  for (let at = 0; at < targets.length; at++) {
    const named = itemsOf(targets[at], 3, 5)[0];
    if (typeof named !== "number" || !Number.isInteger(named)) return misshapen("expected an action");
    if (named === action) found = at;
  }
  return found;
}

function readTargets(json: JsonValue | undefined, from: TableReader): readonly IrTarget[] {
  if (!isArray(json)) return misshapen("expected an array");
  const read: IrTarget[] = [];
  try {
    for (let at = 0; at < json.length; at++) read.push(target.decode(json[at], from));
  } catch (error) {
    throw placed(placed(error, read.length), 2);
  }
  return read;
}

function placing<T>(at: number, codec: Codec<T>, json: JsonValue | undefined, from: TableReader): T {
  try {
    return codec.decode(json, from);
  } catch (error) {
    throw placed(error, at);
  }
}
