// The annotations that exist, and what each takes.
import { nameDiagnostics as report } from "../diagnostics/catalogue/name.ts";
import { didYouMean } from "../diagnostics/closest-name.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { Annotation, Module } from "../syntax/ast.ts";
import type { Literal } from "../syntax/expression.ts";

export interface AnnotationDefinition {
  readonly name: string;
  readonly doc: string;
  /** Of positional arguments. */
  readonly least: number;
  readonly most: number;
  /** Kind of every argument. */
  readonly kind: Literal["kind"];
  /** The name under which the first argument may be written. */
  readonly label?: string;
  /** Closed set of values. */
  readonly values?: readonly string[];
  readonly expects: string;
  readonly example: string;
}

const text = (name: string, doc: string, least: number, most: number, expects: string, example: string) =>
  ({ name, doc, least, most, kind: "string", expects, example }) as const;
const flag = (name: string, doc: string): AnnotationDefinition => ({
  name,
  doc,
  least: 0,
  most: 0,
  kind: "string",
  expects: "no arguments",
  example: `\`@${name}\``,
});
const SEVERITIES = ["info", "low", "medium", "high", "critical"];

/** One row for each; reports carry them as they are written. */
export const ANNOTATIONS: readonly AnnotationDefinition[] = [
  text("owner", "Who answers for it.", 1, 1, "one text", '`@owner("secops")`'),
  {
    ...text(
      "severity",
      "How bad a match is, for alerts.",
      1,
      1,
      `one of ${SEVERITIES.join(", ")}`,
      '`@severity("high")`',
    ),
    values: SEVERITIES,
  },
  text("control", "Controls of a standard that it meets.", 1, 32, "texts", '`@control("SOC2 CC6.1")`'),
  text("ticket", "Why it is there, in the tracker.", 1, 32, "texts", '`@ticket("SEC-4711")`'),
  text("tags", "Words to filter reports by.", 1, 32, "texts", '`@tags("egress")`'),
  {
    ...text(
      "waivable",
      "An exception may waive the rule.",
      0,
      1,
      "nothing, or who may: `by:`",
      '`@waivable(by: "role:security")`',
    ),
    label: "by",
  },
  {
    name: "review",
    doc: "How often somebody must look at it.",
    least: 1,
    most: 1,
    kind: "duration",
    label: "every",
    expects: "a duration",
    example: "`@review(every: 180d)`",
  },
  text(
    "internal",
    "Text for the audit log only.",
    0,
    1,
    "nothing, or one text",
    '`@internal("see the runbook")`',
  ),
  text("deprecated", "What to use instead.", 0, 1, "nothing, or one text", '`@deprecated("use base.push")`'),
  flag("trusted", "Results of the action do not taint."),
  flag("self_reported", "The agent itself writes the amount that a limit sums."),
  flag("read_only", "The action changes nothing."),
  flag("destructive", "The action destroys something."),
  flag("idempotent", "Calling it twice does what calling it once does."),
  flag("open_world", "The action reaches the world outside."),
];
const BY_NAME: ReadonlyMap<string, AnnotationDefinition> = new Map(
  ANNOTATIONS.map((each) => [each.name, each]),
);

export function checkAnnotations(module: Module, sink: DiagnosticSink): void {
  for (const item of module.items) {
    checkAll(item.annotations, sink);
    if (item.kind === "policy") for (const rule of item.rules) checkAll(rule.annotations, sink);
    if (item.kind === "tool") for (const action of item.actions) checkAll(action.annotations, sink);
  }
}

function checkAll(annotations: readonly Annotation[], sink: DiagnosticSink): void {
  if (annotations.length === 0) return;
  for (const annotation of annotations) {
    const name = annotation.name.text;
    if (name === "") continue;
    const definition = BY_NAME.get(name);
    if (definition === undefined) {
      const hint = didYouMean(name, BY_NAME.keys(), `there are ${[...BY_NAME.keys()].join(", ")}`);
      sink.report(report["unknown-annotation"](annotation.name.span, { name, hint }));
    } else if (!takes(definition, annotation)) {
      const { expects, example } = definition;
      sink.report(report["annotation-arguments"](annotation.span, { name, expected: expects, example }));
    }
  }
}

const takes = (definition: AnnotationDefinition, annotation: Annotation): boolean =>
  annotation.args.length >= definition.least &&
  annotation.args.length <= definition.most &&
  annotation.args.every(
    ({ name, value }) =>
      (name === null || name.text === definition.label) &&
      value.kind === definition.kind &&
      (definition.values === undefined ||
        (value.kind === "string" && definition.values.includes(value.value))),
  );
