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
import { NO_READS } from "../reads-of.ts";
import type { Codec } from "./codec.ts";
import {
  anyJson,
  array,
  byKind,
  index,
  integer,
  oneOf,
  orEmpty,
  orMissing,
  orNull,
  orUsual,
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

const target = row(
  [index, index, index, someReads, orEmpty(array(redaction))],
  (value: IrTarget) => [value.action, value.scope, value.when, value.reads, value.redactions],
  (action, scope, when, names, redactions) => ({ action, scope, when, reads: names, redactions }),
);

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

export const ruleRow: Codec<IrRule> = row(
  [
    string,
    oneOf("allow", "sanitize", "approval", "deny"),
    array(target),
    orUsual(oneOf("call", "result"), "call"),
    orNull(array(reasonPart)),
    orNull(string),
    orNull(approval),
    orNull(index),
    orEmpty(array(waiver)),
    orEmpty(array(annotation)),
    orMissing(shadow),
  ],
  (rule: IrRule) => [
    rule.id,
    rule.effect,
    rule.targets,
    rule.phase,
    rule.reason,
    rule.hint,
    rule.approval,
    rule.limit,
    rule.waivers,
    rule.annotations,
    rule.shadow,
  ],
  (id, effect, targets, phase, reason, hint, approved, limit, waivers, annotations, observed) =>
    bare<IrRule>({
      id,
      effect,
      phase,
      targets,
      shadow: observed,
      waivers,
      reason,
      hint,
      approval: approved,
      limit,
      annotations,
    }),
);
