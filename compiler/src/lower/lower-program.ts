// From checked program to IR: tables sorted, expressions interned, every engine's one input.
import { compareUtf8, IR_FORMAT } from "@aegis/runtime/core";
import type { IrAction, IrPattern, IrProgram, ParsedTypes } from "@aegis/runtime/core";
import { parsedTypes as standardParsedTypes } from "@aegis/runtime/facts";
import type { CheckedException, CheckedProgram } from "../checker/checked-program.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { lowerDiagnostics } from "../diagnostics/catalogue/lower.ts";
import type { Span } from "../source/span.ts";
import { FALSE } from "./build.ts";
import { emitCounter, emitLabel, emitRule } from "./emit.ts";
import { lowerLabel } from "./lower-label.ts";
import { lowerLimit } from "./lower-limit.ts";
import { lowerProperty } from "./lower-property.ts";
import type { LoweredProperty } from "./lower-property.ts";
import { lowerRule } from "./lower-rule.ts";
import type { LoweredRule } from "./lower-rule.ts";
import { ProgramTables } from "./program-tables.ts";
import type { IrSourceMap } from "./source-map.ts";
import { stateDigest } from "./state-digest.ts";
import type { ProgramContext } from "./target-environment.ts";
import { TooLarge } from "./too-large.ts";
import { visibleActions } from "./visible-actions.ts";

export interface LoweredProgram {
  readonly ir: IrProgram;
  readonly sourceMap: IrSourceMap;
  readonly properties: LoweredProperties;
  /** Rules that grow too large; they are left out of `ir`, which must not be used then. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Properties with their `where` per action: by the tables of `ir`, but for patterns, of which they may have more. */
export interface LoweredProperties {
  readonly properties: readonly LoweredProperty[];
  readonly patterns: readonly IrPattern[];
}

/** The same sources in any order of files give the same IR. */
export function lowerProgram(
  program: CheckedProgram,
  parsedTypes: ParsedTypes = standardParsedTypes,
): LoweredProgram {
  const diagnostics: Diagnostic[] = [];
  const attempt = <Result>(span: Span, name: string, run: () => Result): readonly Result[] => {
    try {
      return [run()];
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      diagnostics.push(lowerDiagnostics["too-large"](span, { name }));
      return [];
    }
  };

  const checkedLabels = sortedBy(program.labels, (label) => label.id);
  const checkedLimits = sortedBy(program.limits, (limit) => limit.id);
  const tables = new ProgramTables(checkedLabels, parsedTypes);
  const context: ProgramContext = {
    actions: program.actions,
    agent: sortedBy(program.agent, (field) => field.name),
    context: sortedBy(program.context, (field) => field.name),
    tables,
    scopes: new Map(),
    roots: new Map(),
  };

  const limits = checkedLimits.flatMap((limit, cell) =>
    attempt(limit.declaration.span, limit.id, () => lowerLimit(context, limit, cell)),
  );
  const policies = new Map(
    program.modules.flatMap((module) =>
      module.items.flatMap((item) =>
        item.kind === "policy" ? item.rules.map((rule) => [rule, item] as const) : [],
      ),
    ),
  );
  const exceptions = new Map<string, CheckedException[]>();
  for (const exception of sortedBy(program.exceptions, (each) => each.id)) {
    const known = exceptions.get(exception.rule);
    if (known === undefined) exceptions.set(exception.rule, [exception]);
    else known.push(exception);
  }
  const ownRules = sortedBy(program.rules, (rule) => rule.id).flatMap((rule) =>
    attempt(rule.declaration.span, rule.id, () =>
      lowerRule(context, rule, exceptions.get(rule.id) ?? [], policies.get(rule.declaration)),
    ),
  );
  const rules: readonly LoweredRule[] = sortedBy(
    [...ownRules, ...limits.map((limit) => limit.rule)],
    (rule) => rule.id,
  );
  const labels = checkedLabels.flatMap((label) =>
    attempt(label.declaration.span, label.id, () => lowerLabel(context, label)),
  );

  const visible = visibleActions(context, rules);
  const actions = context.actions.map(({ tool, action, params, open, result }, index): IrAction => ({
    tool,
    action,
    params,
    open,
    result,
    visible: tables.expressionIndex(visible[index] ?? FALSE),
  }));
  const irRules = rules.map((rule) => emitRule(rule, tables));
  const irLabels = labels.map((label) => emitLabel(label, tables));
  const counters = limits.map((limit) => emitCounter(limit.counter, tables));
  const ir: IrProgram = {
    format: IR_FORMAT,
    packages: sortedBy(program.packages, (each) => each.name),
    agent: context.agent,
    context: context.context,
    facts: sortedBy(program.facts, (fact) => fact.name).map(({ name, type }) => ({ name, type })),
    actions,
    patterns: [...tables.patterns],
    expressions: tables.expressions,
    labels: irLabels,
    counters,
    stateDigest: stateDigest(irLabels, counters),
    rules: irRules,
  };
  const sourceMap: IrSourceMap = { rules: new Map(rules.map((rule) => [rule.id, rule.source])) };
  const properties = program.properties.flatMap((property) =>
    attempt(property.declaration.span, property.declaration.title.value, () =>
      lowerProperty(context, property),
    ),
  );
  return { ir, sourceMap, properties: { properties, patterns: tables.patterns }, diagnostics };
}

const sortedBy = <Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] =>
  [...items].sort((left, right) => compareUtf8(key(left), key(right)));
