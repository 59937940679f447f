// Counts what a run has exercised: every kind of expression, every builtin, and what else a program is made of.
import {
  builtins,
  eachChild,
  type EvaluationObserver,
  type IrExpression,
  type IrProgram,
  type IrRule,
} from "@aegis/runtime/core";

/** Evaluations by the reference interpreter, by name; the cells are shared, so that counting looks nothing up. */
export type ConstructCount = Map<string, { count: number }>;

const KINDS = [
  ...[
    "const",
    "read",
    "local",
    "field",
    "part",
    "index",
    "not",
    "and",
    "or",
    "if",
    "member",
    "present",
    "else",
  ],
  ...["matches", "gather", "cast", "label", "counter", "fact"],
  ...["compare eq", "compare ne", "compare lt", "compare le", "compare gt", "compare ge"],
  ...["arithmetic add", "arithmetic sub", "arithmetic mul", "arithmetic mod"],
  ...["quantifier any", "quantifier all", "quantifier count"],
  ...["read args", "read agent", "read context", "read result"],
  ...[
    "rule allow",
    "rule sanitize",
    "rule approval",
    "rule deny",
    "rule result",
    "rule shadow",
    "rule waived",
  ],
  ...["rule blind", "rule out_of_scope", "rule reason", "rule hint"],
  ...["redact remove", "redact replace", "redact mask", "redact hash", "redact truncate", "redact matching"],
];

/** Every name that a complete run has counted, at zero. */
export const newConstructCount = (): ConstructCount =>
  new Map(
    [...KINDS, ...[...builtins.keys()].map((name) => `call ${name}`)].map((name) => [name, { count: 0 }]),
  );

export const countsOf = (constructs: ConstructCount): Record<string, number> =>
  Object.fromEntries([...constructs].map(([name, { count }]) => [name, count]));

/** An observer that counts for this program; names of nodes are worked out once. */
export function countingObserver(program: IrProgram, constructs: ConstructCount): EvaluationObserver {
  const cellsOf = (names: readonly string[]): readonly { count: number }[] =>
    names.map((name) => {
      const cell = constructs.get(name) ?? { count: 0 };
      constructs.set(name, cell);
      return cell;
    });
  const nodes = new Map<IrExpression, readonly { count: number }[]>();
  const visit = (node: IrExpression): void => {
    nodes.set(node, cellsOf(namesOf(node)));
    eachChild(node, visit);
  };
  program.expressions.forEach(visit);
  const add = (cells: readonly { count: number }[] | undefined): void => {
    for (const cell of cells ?? []) cell.count += 1;
  };
  return {
    expression: (node) => add(nodes.get(node)),
    rule(rule, target, outcome) {
      if (outcome === "matched") add(cellsOf(matchedNames(rule, target)));
      else if (outcome !== "unmatched") add(cellsOf([`rule ${outcome}`]));
    },
  };
}

function namesOf(node: IrExpression): readonly string[] {
  switch (node.kind) {
    case "call":
      return [`call ${node.fn}`];
    case "compare":
    case "arithmetic":
    case "quantifier":
      return [`${node.kind} ${node.op}`];
    case "read":
      return ["read", `read ${node.root}`];
    default:
      return [node.kind];
  }
}

function matchedNames(rule: IrRule, target: number): readonly string[] {
  const redactions = rule.targets[target]?.redactions ?? [];
  return [
    `rule ${rule.effect}`,
    ...(rule.phase === "result" ? ["rule result"] : []),
    ...(rule.shadow === undefined ? [] : ["rule shadow"]),
    ...(rule.reason === null ? [] : ["rule reason"]),
    ...(rule.hint === null ? [] : ["rule hint"]),
    ...redactions.map((each) => `redact ${each.with.kind}`),
    ...redactions.flatMap(({ matching }) => (matching === null ? [] : ["redact matching"])),
  ];
}
