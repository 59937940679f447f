// A program made ready to run: constants in runtime form, patterns compiled, readers of casts. Shared by native engines.
import type { ExpressionIndex, IrExpression, IrProgram, IrReads, PatternIndex } from "../ir/ir.ts";
import { readsOf } from "../ir/reads-of.ts";
import type { RuleSource } from "../ir/rule-source.ts";
import { rulesIn } from "../ir/rule-source.ts";
import type { TypeSources } from "../ir/type-of.ts";
import type { ReadValue } from "../input/validate-value.ts";
import { compileReader } from "../input/validate-value.ts";
import type { Matcher, Platform } from "../types/parsed-type.ts";
import { NOT_OF_TYPE, constToValue } from "../values/const-value.ts";
import type { Value } from "../values/value.ts";

type NodeOf<Kind extends IrExpression["kind"]> = Extract<IrExpression, { kind: Kind }>;

export interface LinkedProgram {
  readonly ir: IrProgram;
  readonly sources: TypeSources;
  constant(node: NodeOf<"const">): Value;
  reader(node: NodeOf<"cast">): ReadValue;
  matcher(pattern: PatternIndex): Matcher;
  expression(index: ExpressionIndex): IrExpression;
  /** What an expression by itself names that may be unreadable. */
  reads(index: ExpressionIndex): IrReads;
}

/** Prepares things when they are first used; throws only on a program that `decodeIr` refuses. */
export function linkProgram(
  ir: IrProgram,
  platform: Platform,
  { expression }: Pick<RuleSource, "expression"> = rulesIn(ir),
): LinkedProgram {
  const { parsedTypes } = platform;
  const constants = new WeakMap<IrExpression, { readonly value: Value }>();
  const readers = new WeakMap<IrExpression, ReadValue>();
  const matchers = new Map<PatternIndex, Matcher>();
  const reads = new Map<ExpressionIndex, IrReads>();
  return {
    expression,
    reads(index) {
      const known = reads.get(index) ?? readsOf(expression(index));
      reads.set(index, known);
      return known;
    },
    ir,
    sources: { counters: ir.counters, parsedTypes },
    constant(node) {
      const known = constants.get(node);
      if (known !== undefined) return known.value;
      const value = constToValue(node.type, node.value, parsedTypes);
      if (value === NOT_OF_TYPE) throw new Error("constant of another type");
      constants.set(node, { value });
      return value;
    },
    reader(node) {
      const known = readers.get(node) ?? compileReader(node.type, parsedTypes);
      readers.set(node, known);
      return known;
    },
    matcher(index) {
      const known = matchers.get(index) ?? platform.compilePattern(ir.patterns[index]?.pattern ?? "");
      matchers.set(index, known);
      return known;
    },
  };
}
