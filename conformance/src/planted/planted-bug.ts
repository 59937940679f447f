// A bug put into an engine on purpose, to see that the harness finds it: the reference with one thing wrong.
import {
  createInterpreter,
  mapChildren,
  type DecisionDocument,
  type IrExpression,
  type IrProgram,
  type IrRule,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";

export interface PlantedBug {
  readonly id: string;
  /** What the engine does wrong. */
  readonly doc: string;
  /** Applied to every node of every expression, children first. */
  readonly node?: (node: IrExpression) => IrExpression;
  readonly rule?: (rule: IrRule) => IrRule;
  readonly program?: (program: IrProgram) => IrProgram;
  readonly text?: (text: string) => string;
  readonly document?: (document: DecisionDocument) => DecisionDocument;
}

/** Decides by the reference interpreter with the bug in it. */
export function plant(bug: PlantedBug, program: IrProgram): (text: string) => DecisionDocument {
  const { node, rule, text: read, document: write } = bug;
  const rewrite = (each: IrExpression): IrExpression => node?.(mapChildren(each, rewrite)) ?? each;
  const changed = bug.program?.(program) ?? program;
  const engine = createInterpreter(
    {
      ...changed,
      expressions: node === undefined ? changed.expressions : changed.expressions.map(rewrite),
      rules: rule === undefined ? changed.rules : changed.rules.map(rule),
    },
    platform,
  );
  return (text) => {
    const decided = engine.decideText(read?.(text) ?? text);
    return write?.(decided) ?? decided;
  };
}
