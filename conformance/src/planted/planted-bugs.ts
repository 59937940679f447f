// All planted bugs: mistakes that engines have really been seen to make, or could well make.
import { BOOL, INT, NO_READS, type IrExpression, type IrRule, type Obligation } from "@aegis/runtime/core";
import type { PlantedBug } from "./planted-bug.ts";

const truth = (value: boolean): IrExpression => ({ kind: "const", type: BOOL, value });
const targets =
  (change: (target: IrRule["targets"][number]) => IrRule["targets"][number]) => (rule: IrRule) => ({
    ...rule,
    targets: rule.targets.map(change),
  });
const obligations =
  (keep: (each: Obligation) => boolean): NonNullable<PlantedBug["document"]> =>
  (document) => ({ ...document, obligations: document.obligations.filter(keep) });

export const plantedBugs: readonly PlantedBug[] = [
  {
    id: "le-is-lt",
    doc: "`<=` leaves the bound out",
    node: (node) => (node.kind === "compare" && node.op === "le" ? { ...node, op: "lt" } : node),
  },
  {
    id: "ge-is-gt",
    doc: "`>=` leaves the bound out",
    node: (node) => (node.kind === "compare" && node.op === "ge" ? { ...node, op: "gt" } : node),
  },
  {
    id: "and-forgets",
    doc: "`and` does not look at its last operand",
    node: (node) => (node.kind === "and" ? { ...node, all: node.all.slice(0, -1) } : node),
  },
  {
    id: "or-is-first",
    doc: "`or` looks at its first operand only",
    node: (node) => (node.kind === "or" ? { ...node, any: node.any.slice(0, 1) } : node),
  },
  {
    id: "any-is-all",
    doc: "`any` asks all elements",
    node: (node) => (node.kind === "quantifier" && node.op === "any" ? { ...node, op: "all" } : node),
  },
  {
    id: "count-off-by-one",
    doc: "`count … where` counts one too many",
    node: (node) =>
      node.kind === "quantifier" && node.op === "count"
        ? { kind: "arithmetic", op: "add", left: node, right: { kind: "const", type: INT, value: 1 } }
        : node,
  },
  {
    id: "else-takes-fallback",
    doc: "`else` gives the fallback where the value is there",
    node: (node) => (node.kind === "else" ? node.fallback : node),
  },
  {
    id: "present-always",
    doc: "`is present` holds for what is absent",
    node: (node) => (node.kind === "present" ? truth(true) : node),
  },
  {
    id: "maybe-by-wrong-polarity",
    doc: "an uncertain label counts as the other",
    node: (node) => (node.kind === "label" ? { ...node, maybe: !node.maybe } : node),
  },
  {
    id: "sub-is-add",
    doc: "`-` adds",
    node: (node) => (node.kind === "arithmetic" && node.op === "sub" ? { ...node, op: "add" } : node),
  },
  {
    id: "negative-factor",
    doc: "a negative factor loses its sign",
    node: (node) =>
      node.kind === "arithmetic" && node.op === "mul" && node.right.kind === "const"
        ? { ...node, right: { ...node.right, value: Math.abs(Number(node.right.value)) } }
        : node,
  },
  {
    id: "proto-is-no-key",
    doc: "a member named `__proto__` is never found",
    node: (node) => (node.kind === "index" && node.key === "__proto__" ? { ...node, key: "\u0001" } : node),
  },
  {
    id: "gather-skips-parts",
    doc: "`args.all(T)` forgets the values inside parsed ones",
    node: (node) =>
      node.kind === "gather" ? { ...node, places: node.places.filter(({ part }) => part === null) } : node,
  },
  {
    id: "covers-everything",
    doc: "`covers` always holds",
    node: (node) => (node.kind === "call" && node.fn === "covers" ? truth(true) : node),
  },
  {
    id: "exception-for-ever",
    doc: "an exception holds past its date",
    rule: (rule) => ({
      ...rule,
      waivers: rule.waivers.map((waiver) => ({ ...waiver, until: Number.MAX_SAFE_INTEGER })),
    }),
  },
  {
    id: "shadow-one-ms-long",
    doc: "a shadow rule is enforced a millisecond too late",
    rule: (rule) =>
      rule.shadow?.until === undefined ? rule : { ...rule, shadow: { until: rule.shadow.until + 1 } },
  },
  {
    id: "shadow-enforced",
    doc: "a shadow rule is enforced",
    rule: ({ shadow: _, ...rule }) => rule,
  },
  {
    id: "for-ignored",
    doc: "the `for` of a policy is not looked at",
    rule: targets((each) => ({ ...each, scope: 0 })),
  },
  {
    id: "blind-rule-sees",
    doc: "a rule that names what is unreadable is not blind",
    rule: targets((each) => ({ ...each, reads: NO_READS })),
  },
  {
    id: "pattern-lost",
    doc: "a redaction of what a pattern finds redacts the whole value",
    rule: targets((each) => ({
      ...each,
      redactions: each.redactions.map((redaction) => ({ ...redaction, matching: null })),
    })),
  },
  {
    id: "reason-leaks",
    doc: "a reason prints what is redacted",
    rule: (rule) => ({
      ...rule,
      reason: rule.reason?.map((part) => (part.kind === "text" ? part : { ...part, path: "" })) ?? null,
    }),
  },
  {
    id: "one-approver",
    doc: "one approver is asked for where two are",
    rule: (rule) => ({
      ...rule,
      approval: rule.approval && {
        ...rule.approval,
        by: rule.approval.by.map((each) => ({ ...each, count: 1 })),
      },
    }),
  },
  {
    id: "lenient-json",
    doc: "the request is read by `JSON.parse`: doubled keys and rounded numbers pass",
    text(text) {
      try {
        return JSON.stringify(JSON.parse(text)) ?? text;
      } catch {
        return text;
      }
    },
  },
  {
    id: "foreign-state-read",
    doc: "state of another schema counts",
    text: (text) => text.replace("sha256:other", "sha256:state"),
  },
  {
    id: "no-reserve",
    doc: "what a limit counts is not reserved",
    document: obligations(({ type }) => type !== "reserve"),
  },
  {
    id: "rules-unsorted",
    doc: "rules come in another order",
    document: (document) => ({ ...document, rules: document.rules.toReversed() }),
  },
  {
    id: "reason-cut-short",
    doc: "a reason is cut at 120 characters",
    document: (document) => ({ ...document, reason: document.reason.slice(0, 120) }),
  },
  {
    id: "closed-is-open",
    doc: "arguments that an action does not declare pass",
    program: (program) => ({
      ...program,
      actions: program.actions.map((action) => ({ ...action, open: true })),
    }),
  },
  {
    id: "default-not-explicit",
    doc: "a missing argument of a parsed type takes another value than its default",
    program: (program) => ({
      ...program,
      actions: program.actions.map((action) => ({
        ...action,
        params: action.params.map((param) =>
          param.type.kind === "parsed" && param.default !== undefined ? { ...param, default: "dev" } : param,
        ),
      })),
    }),
  },
];
