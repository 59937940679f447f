// Tables that grow or are looked up while a program is lowered: labels, patterns, expressions.
import type { IrExpression, IrPattern, ParsedTypes } from "@aegis/runtime/core";
import type { CheckedLabel } from "../checker/checked-program.ts";
import type { Tables } from "./environment.ts";
import { InternalError } from "./internal-error.ts";

export class ProgramTables implements Tables {
  readonly parsedTypes: ParsedTypes;
  /** In the order in which they came, each once. */
  readonly patterns: IrPattern[] = [];
  readonly #patternIndices = new Map<string, number>();
  /** Equal expressions are shared by the optimiser; here only those that are one object. */
  readonly expressions: IrExpression[] = [];
  readonly #expressionIndices = new Map<IrExpression, number>();
  readonly #labels: ReadonlyMap<string, number>;

  /** `labels` in the order of the IR. */
  constructor(labels: readonly CheckedLabel[], parsedTypes: ParsedTypes) {
    this.parsedTypes = parsedTypes;
    this.#labels = new Map(labels.map((label, index) => [label.id, index]));
  }

  labelIndex(label: CheckedLabel): number {
    const index = this.#labels.get(label.id);
    if (index === undefined) throw new InternalError(`no label ${label.id}`);
    return index;
  }
  patternIndex(name: string, pattern: string): number {
    const key = JSON.stringify([name, pattern]);
    const index = this.#patternIndices.get(key) ?? this.patterns.push({ name, pattern }) - 1;
    this.#patternIndices.set(key, index);
    return index;
  }
  expressionIndex(expression: IrExpression): number {
    const index = this.#expressionIndices.get(expression) ?? this.expressions.push(expression) - 1;
    this.#expressionIndices.set(expression, index);
    return index;
  }
}
