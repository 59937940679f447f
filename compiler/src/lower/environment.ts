// What lowering an expression looks at: meanings, tables of the program, and what names are bound to.
import type { IrExpression, ParsedTypes, RecordType, Type } from "@aegis/runtime/core";
import type { CheckedLabel, ExpressionInfo, ExpressionTypes } from "../checker/checked-program.ts";
import type { Expression } from "../syntax/expression.ts";
import type { Span } from "../source/span.ts";
import { InternalError } from "./internal-error.ts";

/** An IR expression with its type; optional where the place may be absent. */
export interface Lowered {
  readonly expression: IrExpression;
  readonly type: Type;
}

/** What a variable or parameter stands for: valid below `depth` binders, moved further down where it is used. */
export interface Binding extends Lowered {
  readonly depth: number;
}

/** Tables shared by all expressions of a program. */
export interface Tables {
  readonly parsedTypes: ParsedTypes;
  labelIndex(label: CheckedLabel): number;
  patternIndex(name: string, pattern: string): number;
}

/** The three ways to lower an expression. */
export interface ExpressionLowering {
  /** As it stands: the value may be absent. */
  place(node: Expression, environment: Environment): Lowered;
  /** As a value that is there: what narrowing has proved present, or else an optional that is passed on. */
  value(node: Expression, environment: Environment): Lowered;
  /** As a condition; its source is recorded. */
  condition(node: Expression, environment: Environment): IrExpression;
}

/** A condition of a rule and the text that it came from. */
export interface ConditionSource {
  readonly span: Span;
  readonly expression: IrExpression;
}

export interface Environment {
  readonly lower: ExpressionLowering;
  readonly tables: Tables;
  readonly types: ExpressionTypes;
  /** Types of what can be read, `result` being `{ status, value? }`. */
  readonly roots: Readonly<Record<"args" | "agent" | "context" | "result", RecordType>>;
  readonly variables: ReadonlyMap<object, Binding>;
  readonly parameters: ReadonlyMap<string, Binding>;
  /** Binders around. */
  readonly depth: number;
  /** Collects the conditions met outside quantifiers and functions; null inside. */
  readonly sources: ConditionSource[] | null;
  /** Collects optional places that were read as if present. */
  readonly assumedPresent: IrExpression[];
  /** Steps left before the rule counts as too large. */
  readonly budget: { steps: number };
  /** Whether a label was met: mostly none is, and none needs to be looked for. */
  readonly labels: { met: boolean };
}

export function infoOf(node: Expression, environment: Environment): ExpressionInfo {
  const info = environment.types.get(node);
  if (info === undefined)
    throw new InternalError(`no type for ${node.kind} at ${node.span.file}:${node.span.start}`);
  return info;
}
