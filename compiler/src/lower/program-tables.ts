// Tables that grow or are looked up while a program is lowered: labels, patterns, expressions.
import { canonicalJson } from "@aegis/runtime/core";
import type { IrExpression, IrPattern, ParsedTypes } from "@aegis/runtime/core";
import type { CheckedLabel } from "../checker/checked-program.ts";
import type { Tables } from "./environment.ts";
import { InternalError } from "./internal-error.ts";

/** Items by the text of their canonical form, each once, in the order in which they came. */
class Interned<Item> {
  readonly items: Item[] = [];
  readonly #indices = new Map<string, number>();
  add(item: Item): number {
    const key = canonicalJson(item);
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    this.#indices.set(key, this.items.length);
    return this.items.push(item) - 1;
  }
}

export class ProgramTables implements Tables {
  readonly parsedTypes: ParsedTypes;
  readonly #patterns = new Interned<IrPattern>();
  readonly #expressions = new Interned<IrExpression>();
  readonly #labels: ReadonlyMap<string, number>;

  /** `labels` in the order of the IR. */
  constructor(labels: readonly CheckedLabel[], parsedTypes: ParsedTypes) {
    this.parsedTypes = parsedTypes;
    this.#labels = new Map(labels.map((label, index) => [label.id, index]));
  }

  get patterns(): readonly IrPattern[] {
    return this.#patterns.items;
  }
  get expressions(): readonly IrExpression[] {
    return this.#expressions.items;
  }

  labelIndex(label: CheckedLabel): number {
    const index = this.#labels.get(label.id);
    if (index === undefined) throw new InternalError(`no label ${label.id}`);
    return index;
  }
  patternIndex(name: string, pattern: string): number {
    return this.#patterns.add({ name, pattern });
  }
  expressionIndex(expression: IrExpression): number {
    return this.#expressions.add(expression);
  }
}
