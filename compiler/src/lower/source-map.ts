// From the IR back to the text: what `explain`, coverage and reports show.
import type { ActionIndex } from "@aegis/runtime/core";
import type { Span } from "../source/span.ts";
import type { ConditionSource } from "./environment.ts";

export interface IrSourceMap {
  /** By rule id; limits included. */
  readonly rules: ReadonlyMap<string, RuleSource>;
}

export interface RuleSource {
  readonly id: string;
  readonly package: string;
  /** The whole declaration, and its name. */
  readonly span: Span;
  readonly name: Span;
  /** In the order of `IrRule.targets` as lowered: ascending actions. */
  readonly targets: readonly TargetSource[];
}

export interface TargetSource {
  readonly action: ActionIndex;
  /** Conditions from the inside out, so the last is the whole; each can be evaluated on its own. */
  readonly scope: readonly ConditionSource[];
  readonly when: readonly ConditionSource[];
  readonly unless: readonly ConditionSource[];
}
