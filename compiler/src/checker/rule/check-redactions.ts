// `redact path matching pattern with method`: per group of actions, what is rewritten and how.
import { parsePattern, printType, redactionProblem } from "@aegis/runtime/core";
import type { RecordType, Type } from "@aegis/runtime/core";
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { RedactClause, RedactPath } from "../../syntax/ast.ts";
import type { CheckContext } from "../check-context.ts";
import { isError } from "../checked.ts";
import type { CheckedRedaction } from "../checked-program.ts";
import { checkAs } from "../expressions/check.ts";
import type { NamedPattern } from "../expressions/pattern-of.ts";
import { patternOf } from "../expressions/pattern-of.ts";
import { jsonPointer } from "../json-pointer.ts";
import type { RedactionPlace } from "./redaction-places.ts";
import { redactionPlaces } from "./redaction-places.ts";

/** One context per group of actions, in order; gives what each group redacts. */
export function checkRedactions(
  contexts: readonly CheckContext[],
  clauses: readonly RedactClause[],
): readonly (readonly CheckedRedaction[])[] {
  const perGroup: CheckedRedaction[][] = contexts.map(() => []);
  for (const clause of clauses) checkClause(contexts, clause, perGroup);
  return perGroup;
}

function checkClause(
  contexts: readonly CheckContext[],
  clause: RedactClause,
  perGroup: readonly CheckedRedaction[][],
): void {
  const everywhere = clause.path.steps.findIndex((step) => step.kind === "everywhere");
  const [first] = contexts;
  if (first === undefined) return;
  if (everywhere >= 0 && everywhere < clause.path.steps.length - 1) {
    first.sink.report(policyDiagnostics["redact-everywhere"](clause.path.span));
    return;
  }
  const matching = clause.matching === null ? null : checkPattern(first, clause);
  if (matching === undefined) return;
  let missing: { readonly name: string; readonly candidates: Set<string> } | null = null;
  let found = false;
  for (const [index, context] of contexts.entries()) {
    const root = rootOf(context, clause.path);
    if (root === null) return;
    const reached = redactionPlaces(root, clause.path);
    if (reached.kind === "missing") {
      missing ??= { name: reached.name, candidates: new Set() };
      for (const each of reached.candidates) missing.candidates.add(each);
      continue;
    }
    if (reached.kind === "misfit") {
      context.sink.report(
        policyDiagnostics["redact-step"](clause.path.span, {
          place: printPath(clause.path, reached.step),
          type: printType(reached.type),
          hint: reached.hint,
        }),
      );
      return;
    }
    if (reached.places.length > 0) found = true;
    for (const place of reached.places) {
      const method = checkMethod(context, clause, place, matching !== null, everywhere >= 0);
      if (method === null) return;
      perGroup[index]?.push({ path: jsonPointer(place.segments), matching, with: method });
    }
  }
  if (!found)
    first.sink.report(
      policyDiagnostics["redact-nowhere"](clause.path.span, {
        place: missing === null ? "a text" : `\`${missing.name}\``,
        hint:
          missing === null
            ? "plain text, maps and lists of it, and json are redacted"
            : didYouMean(missing.name, missing.candidates, "look at the declarations of the actions"),
      }),
    );
}

const rootOf = (context: CheckContext, path: RedactPath): RecordType | null =>
  path.root === "args"
    ? context.roots.args
    : context.roots.result === null
      ? null
      : {
          ...context.roots.result,
          fields: context.roots.result.fields.filter((field) => field.name === "value"),
        };

function checkPattern(context: CheckContext, clause: RedactClause): NamedPattern | undefined {
  if (clause.matching === null) return undefined;
  const pattern = patternOf(context, clause.matching);
  if (pattern === undefined) return undefined;
  const parsed = parsePattern(pattern.pattern);
  const problem = parsed.ok ? redactionProblem(parsed.ast) : parsed.message;
  if (problem === null) return pattern;
  context.sink.report(policyDiagnostics["redact-pattern"](clause.matching.span, { problem }));
  return undefined;
}

function checkMethod(
  context: CheckContext,
  clause: RedactClause,
  place: RedactionPlace,
  spans: boolean,
  everywhere: boolean,
): CheckedRedaction["with"] | null {
  const { with: method } = clause;
  const type: Type = place.type.kind === "optional" ? place.type.of : place.type;
  const text = type.kind === "string" || type.kind === "json";
  const refuse = (hint: string): null => {
    context.sink.report(
      policyDiagnostics["redact-method"](clause.with.span, {
        method: spans ? `matching … with ${method.kind}` : method.kind,
        place: printPath(clause.path, clause.path.steps.length),
        type: printType(place.type),
        hint,
      }),
    );
    return null;
  };
  if (spans && !text)
    return refuse(
      type.kind === "parsed"
        ? "nothing is rewritten inside a parsed value: redact it as a whole"
        : type.kind === "list" || type.kind === "set" || type.kind === "map" || type.kind === "headers"
          ? "write `.*` for every element"
          : "a pattern is looked for in plain text and json",
    );
  switch (method.kind) {
    case "remove":
      return spans || place.removable || everywhere
        ? place.removable || spans
          ? "remove"
          : refuse("an argument that is required cannot be taken away: use `mask` or `replace`")
        : refuse("only optional arguments, members and elements can be taken away: use `mask` or `replace`");
    case "mask":
    case "hash":
      return text
        ? method.kind
        : refuse("plain text and json are masked; other types are replaced or removed");
    case "truncate":
      return type.kind === "string" ? { truncate: method.keep } : refuse("only plain text is cut");
    case "replace": {
      const wanted: Type = spans ? { kind: "string" } : type;
      if (wanted.kind === "json") return { replace: literalJson(method.value) };
      const checked = checkAs({ ...context, types: new Map() }, method.value, wanted);
      return isError(checked.type) ? null : { replace: literalJson(method.value) };
    }
  }
}

/** The value that is forwarded, as JSON. */
function literalJson(node: Extract<RedactClause["with"], { kind: "replace" }>["value"]): unknown {
  switch (node.kind) {
    case "string":
    case "bool":
      return node.value;
    case "number":
      return Number(node.text);
    case "duration":
      return node.milliseconds;
    case "time":
      return new Date(node.milliseconds).toISOString();
  }
}

function printPath(path: RedactPath, steps: number): string {
  let text: string = path.root;
  for (const step of path.steps.slice(0, steps))
    text +=
      step.kind === "field"
        ? `.${step.name.text}`
        : step.kind === "key"
          ? `[${JSON.stringify(step.key.value)}]`
          : step.kind === "each"
            ? ".*"
            : ".**";
  return text;
}
