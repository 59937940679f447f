// What a rule decides, in a sentence: for which actions, under which conditions, with which answer.
import type { RuleDeclaration } from "@aegis/compiler";
import type { View } from "../../workspace/view.ts";
import type { HoverPart } from "./hover-part.ts";

const ANSWERS: { readonly [Effect in RuleDeclaration["effect"]]: string } = {
  allow: "Grants",
  deny: "Denies, whatever is granted elsewhere,",
  withhold: "Keeps back the result (the call has happened and is not undone) of",
  sanitize: "Redacts parts of",
  approval: "Asks people before",
};

/** Most actions that are named one by one. */
const MOST = 8;

export function describeRule(view: View, rule: RuleDeclaration): HoverPart[] {
  const text = (span: { readonly start: number; readonly end: number }) =>
    (view.analysis.files.get(rule.span.file)?.text.slice(span.start, span.end) ?? "").replace(/\s+/g, " ");
  const checked = view.analysis.checked.rules.filter((each) => each.declaration === rule);
  const ids = [...new Set(checked.map((each) => each.id))];
  const actions = [...new Set(checked.flatMap((each) => each.groups.flatMap((group) => group.actions)))].map(
    (index) => {
      const action = view.analysis.checked.actions[index];
      return action === undefined ? "" : `${action.tool}.${action.action}`;
    },
  );
  const named = actions.slice(0, MOST).join(", ");
  const more = actions.length > MOST ? ` and ${String(actions.length - MOST)} more actions` : "";
  const scopes = checked[0]?.scopes ?? [];
  const conditions = [
    ...scopes.map((scope) => `for ${text(scope.expression.span)}`),
    ...(rule.when === null ? [] : [`when ${text(rule.when.span)}`]),
    ...(rule.unless === null ? [] : [`unless ${text(rule.unless.span)}`]),
  ];
  const shadow = checked.some((each) => each.shadow !== null)
    ? "In the shadow only, without effect yet: "
    : "";
  const sentence = `${shadow}${ANSWERS[rule.effect]} ${actions.length === 0 ? "no action" : `${named}${more}`}`;
  return [
    { kind: "code", text: `${ids.join(", ")}` },
    { kind: "text", text: `${sentence}${conditions.length === 0 ? ", always." : "."}` },
    ...(conditions.length === 0 ? [] : [{ kind: "code" as const, text: conditions.join("\n") }]),
  ];
}
