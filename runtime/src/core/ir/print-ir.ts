// A whole IR program as text for people and goldens: one line for each thing, tables with their indices.
import { printType } from "../types/type-relations.ts";
import type { Field } from "../types/type.ts";
import { quoteText } from "../values/quote-text.ts";
import { printDuration, printTime } from "../values/time-text.ts";
import type { IrApproval, IrCounter, IrLabel, IrProgram, IrReads, IrRule, IrTarget } from "./ir.ts";
import { printConst, printExpression, printName } from "./print-expression.ts";

/** Ends in a line feed; equal programs give equal text. */
export function printIr(ir: IrProgram): string {
  const actionName = (index: number): string => {
    const action = ir.actions[index];
    return action === undefined ? `action ${index}` : `${printName(action.tool)}.${printName(action.action)}`;
  };
  const lines = [
    ir.format,
    `state ${ir.stateDigest}`,
    ...ir.packages.map(({ name, guard }) => `${guard ? "guard " : ""}package ${name}`),
    `agent ${printFields(ir.agent, true)}`,
    `context ${printFields(ir.context, true)}`,
    ...ir.facts.map(({ name, type }) => `fact ${printName(name)}: ${printType(type)}`),
    ...ir.patterns.map(({ name, pattern }, at) => `pattern ${at} ${quoteText(name)} = ${quoteText(pattern)}`),
    ...ir.actions.map(
      ({ params, open, result, visible }, at) =>
        `action ${at} ${actionName(at)}${printFields(params, open)}: ${printType(result)} visible e${visible}`,
    ),
    ...ir.labels.flatMap((label, at) => printLabel(label, at, actionName)),
    ...ir.counters.flatMap((counter, at) => printCounter(counter, at, actionName)),
    ...ir.expressions.map((expression, at) => `e${at} = ${printExpression(expression)}`),
    ...ir.rules.flatMap((rule) => printRule(rule, actionName)),
  ];
  return `${lines.join("\n")}\n`;
}

type NameOf = (action: number) => string;

function printFields(fields: readonly Field[], open: boolean): string {
  const texts = fields.map(({ name, type, default: value }) => {
    const fallback = value === undefined ? "" : ` = ${printConst(type, value)}`;
    return `${printName(name)}: ${printType(type)}${fallback}`;
  });
  return `(${[...texts, ...(open ? ["..."] : [])].join(", ")})`;
}

function printLabel(label: IrLabel, at: number, nameOf: NameOf): readonly string[] {
  const key = label.key.length === 0 ? "" : `(${label.key.map(printType).join(", ")})`;
  return [
    `label ${at} ${label.id}${key} per ${label.scope} max ${label.max}`,
    ...label.transitions.flatMap(({ op, on, rules, targets }) =>
      targets.map(({ action, when, each, key: keys }) => {
        const by = rules === null ? "" : ` by ${rules.join(", ")}`;
        const over = each === null ? "" : ` for each e${each}`;
        return `  ${op} on ${on}${by} ${nameOf(action)} when e${when}${over}${printIndices(" key", keys)}`;
      }),
    ),
  ];
}

function printCounter(counter: IrCounter, at: number, nameOf: NameOf): readonly string[] {
  const key = counter.key.length === 0 ? "" : `(${counter.key.map(printType).join(", ")})`;
  const window = counter.window === null ? "" : ` over ${printDuration(counter.window)}`;
  return [
    `counter ${at} ${counter.id}${key}: ${counter.type} per ${counter.scope}${window} max ${counter.max}`,
    ...counter.targets.map(({ action, key: keys, amount, settle }) => {
      const settled = settle === null ? "" : ` settle e${settle}`;
      return `  ${nameOf(action)}${printIndices(" key", keys)} amount e${amount}${settled}`;
    }),
  ];
}

function printRule(rule: IrRule, nameOf: NameOf): readonly string[] {
  const shadow =
    rule.shadow === undefined
      ? ""
      : `shadow ${rule.shadow.until === undefined ? "" : `until ${printTime(rule.shadow.until)} `}`;
  return [
    `${shadow}${rule.effect} ${rule.id} in ${rule.phase}${rule.limit === null ? "" : ` limit ${rule.limit}`}`,
    ...(rule.approval === null ? [] : [`  ${printApproval(rule.approval)}`]),
    ...(rule.reason === null
      ? []
      : [
          `  because ${rule.reason
            .map((part) =>
              part.kind === "text"
                ? quoteText(part.text)
                : `{${part.values.map((value) => `e${value}`).join(" ")} at ${quoteText(part.path)}}`,
            )
            .join(" ")}`,
        ]),
    ...(rule.hint === null ? [] : [`  hint ${quoteText(rule.hint)}`]),
    ...rule.annotations.map(({ name, value }) => `  @${printName(name)} ${quoteText(value)}`),
    ...rule.waivers.map(
      ({ id, until, when }) => `  waived by ${id} until ${printTime(until)}${printIndices(" when", when)}`,
    ),
    ...rule.targets.flatMap((target) => printTarget(target, nameOf)),
  ];
}

function printTarget(
  { action, scope, when, reads, redactions }: IrTarget,
  nameOf: NameOf,
): readonly string[] {
  return [
    `  ${nameOf(action)} scope e${scope} when e${when}${printReads(reads)}`,
    ...redactions.map(({ path, matching, with: method }) => {
      const pattern = matching === null ? "" : ` matching pattern ${matching}`;
      const detail =
        method.kind === "replace"
          ? ` ${JSON.stringify(method.value)}`
          : method.kind === "truncate"
            ? ` ${method.keep}`
            : "";
      return `    redact ${quoteText(path)}${pattern} with ${method.kind}${detail}`;
    }),
  ];
}

function printReads({ labels, counters, facts, context }: IrReads): string {
  const texts = [
    ...labels.map((cell) => `label ${cell}`),
    ...counters.map((cell) => `counter ${cell}`),
    ...facts.map(({ path, fact }) => `fact ${printName(fact)} of ${quoteText(path)}`),
    ...context.map((name) => `context.${printName(name)}`),
  ];
  return texts.length === 0 ? "" : ` reads ${texts.join(", ")}`;
}

function printApproval({ by, via, within }: IrApproval): string {
  const people = by.map(({ role, user, count }) =>
    role !== undefined
      ? `${count} of role ${quoteText(role)}`
      : user !== undefined
        ? `user ${quoteText(user)}`
        : `${count} of any`,
  );
  const channels = via.length === 0 ? "" : ` via ${via.map(printName).join(", ")}`;
  return `approval by ${people.join(" and ")}${channels}${within === null ? "" : ` within ${printDuration(within)}`}`;
}

const printIndices = (word: string, indices: readonly number[]): string =>
  indices.length === 0 ? "" : `${word} ${indices.map((index) => `e${index}`).join(" ")}`;
