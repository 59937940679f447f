// From an analysis without errors to the optimised IR, with the way back to the text.
import type { IrProgram } from "@aegis/runtime/core";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { hasErrors } from "../diagnostics/diagnostic.ts";
import { lowerProgram } from "../lower/index.ts";
import type { ConditionSource, IrSourceMap, LoweredProperties, RuleSource } from "../lower/index.ts";
import { createSimplifier, optimize } from "../optimize/index.ts";
import type { Simplifier } from "../optimize/index.ts";
import type { Analysis } from "./analyse.ts";

export interface Compilation {
  readonly ok: true;
  readonly ir: IrProgram;
  readonly sourceMap: IrSourceMap;
  readonly properties: LoweredProperties;
  /** Those of the analysis: warnings and information. */
  readonly diagnostics: readonly Diagnostic[];
}
export interface FailedCompilation {
  readonly ok: false;
  /** At least one error. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The same sources in any order give the same IR, byte for byte. */
export function compile(
  analysis: Pick<Analysis, "checked" | "diagnostics" | "ok">,
): Compilation | FailedCompilation {
  if (!analysis.ok) return { ok: false, diagnostics: analysis.diagnostics };
  const lowered = lowerProgram(analysis.checked);
  const diagnostics = [...analysis.diagnostics, ...lowered.diagnostics];
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };
  const { ir, sourceMap, properties } = lowered;
  const simplify = createSimplifier();
  const optimal = { ir: optimize(ir, simplify), sourceMap: new OptimizedSourceMap(sourceMap, simplify) };
  return { ok: true, ...optimal, properties, diagnostics };
}

/**
 * The conditions of the source map as they stand in the optimised program, so that what is evaluated is found there. Made
 * when it is first asked for: building a policy never does.
 */
class OptimizedSourceMap implements IrSourceMap {
  readonly #lowered: IrSourceMap;
  readonly #simplify: Simplifier;
  #rules: IrSourceMap["rules"] | null = null;

  constructor(lowered: IrSourceMap, simplify: Simplifier) {
    this.#lowered = lowered;
    this.#simplify = simplify;
  }

  get rules(): IrSourceMap["rules"] {
    this.#rules ??= optimized(this.#lowered, this.#simplify);
    return this.#rules;
  }
}

function optimized({ rules }: IrSourceMap, simplify: Simplifier): IrSourceMap["rules"] {
  const simpler = (sources: readonly ConditionSource[]): readonly ConditionSource[] =>
    sources.map(({ span, expression }) => ({ span, expression: simplify(expression) }));
  const targets = (rule: RuleSource): RuleSource["targets"] =>
    rule.targets.map(({ action, scope, when, unless }) => ({
      action,
      scope: simpler(scope),
      when: simpler(when),
      unless: simpler(unless),
    }));
  return new Map([...rules].map(([id, rule]) => [id, { ...rule, targets: targets(rule) }]));
}
