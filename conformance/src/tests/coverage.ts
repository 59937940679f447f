// Collects which rules matched, which did not, and which of their conditions were true and false.
import type { Compilation, RuleSource } from "@aegis/compiler";
import type { EvaluationObserver, IrExpression, IrRule, RuleOutcome, Value } from "@aegis/runtime/core";
import type { Coverage, FileCoverage, RuleCoverage } from "./test-report.ts";

interface Counts {
  yes: number;
  no: number;
}

export class CoverageCollector implements EvaluationObserver {
  readonly #compilation: Compilation;
  readonly #rules = new Map<string, Counts>();
  readonly #expressions = new Map<string, Counts>();
  #values = new Map<string, boolean>();

  constructor(compilation: Compilation) {
    this.#compilation = compilation;
  }

  expression(node: IrExpression, value: Value): void {
    if (typeof value === "boolean") this.#values.set(JSON.stringify(node), value);
  }

  rule(rule: IrRule, target: number, outcome: RuleOutcome): void {
    const counts = this.#countsOf(this.#rules, rule.id);
    if (outcome === "matched" || outcome === "waived") counts.yes += 1;
    else counts.no += 1;
    const source = this.#compilation.sourceMap.rules.get(rule.id);
    const action = rule.targets[target]?.action;
    const where = source?.targets.find((each) => each.action === action);
    for (const condition of where === undefined ? [] : [...where.scope, ...where.when, ...where.unless]) {
      const value = this.#valueOf(condition.expression);
      if (value === undefined) continue;
      const seen = this.#countsOf(this.#expressions, spanKey(rule.id, condition.span));
      if (value) seen.yes += 1;
      else seen.no += 1;
    }
    this.#values = new Map();
  }

  /** The optimiser merges conditions into those around them, and turns negated ones around: their parts tell then. */
  #valueOf(node: IrExpression): boolean | undefined {
    const known = this.#values.get(JSON.stringify(node));
    if (known !== undefined) return known;
    switch (node.kind) {
      case "not":
        return negated(this.#valueOf(node.of));
      case "and":
        return this.#decided(node.all, false);
      case "or":
        return this.#decided(node.any, true);
      case "compare":
        return negated(this.#values.get(JSON.stringify({ ...node, op: OPPOSITE[node.op] })));
      default:
        return undefined;
    }
  }

  /** `by` if one part is that, the opposite if all parts are; a part that was not looked at tells nothing. */
  #decided(parts: readonly IrExpression[], by: boolean): boolean | undefined {
    const values = parts.map((part) => this.#valueOf(part));
    if (values.includes(by)) return by;
    return values.includes(undefined) ? undefined : !by;
  }

  /** `library`: rules of the standard library too. */
  coverage(library = false): Coverage {
    const files = new Map<string, RuleCoverage[]>();
    for (const source of this.#compilation.sourceMap.rules.values()) {
      if (!library && source.span.file.startsWith("std:")) continue;
      files.set(source.span.file, [...(files.get(source.span.file) ?? []), this.#ruleCoverage(source)]);
    }
    const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      files: sorted.map(([file, rules]): FileCoverage => ({
        file,
        rules: rules.sort((a, b) => a.span.start - b.span.start),
      })),
    };
  }

  #ruleCoverage(source: RuleSource): RuleCoverage {
    const counts = this.#rules.get(source.id);
    const spans = new Map(
      source.targets
        .flatMap((target) => [...target.scope, ...target.when, ...target.unless])
        .map(({ span }) => [spanKey(source.id, span), span]),
    );
    const conditions = [...spans].map(([key, span]) => {
      const seen = this.#expressions.get(key);
      return { span, held: seen?.yes ?? 0, failed: seen?.no ?? 0 };
    });
    return {
      id: source.id,
      span: source.name,
      matched: counts?.yes ?? 0,
      missed: counts?.no ?? 0,
      conditions,
    };
  }

  #countsOf(map: Map<string, Counts>, key: string): Counts {
    const known = map.get(key) ?? { yes: 0, no: 0 };
    map.set(key, known);
    return known;
  }
}

const spanKey = (rule: string, span: { readonly start: number; readonly end: number }): string =>
  `${rule}@${span.start}-${span.end}`;

const negated = (value: boolean | undefined): boolean | undefined =>
  value === undefined ? undefined : !value;

const OPPOSITE = { eq: "ne", ne: "eq", lt: "ge", ge: "lt", le: "gt", gt: "le" } as const;
