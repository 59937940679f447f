// Law: the upper bound of a condition is true where some resolution of uncertain labels makes it true, the lower only where all do.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BOOL, INT, listOf, mapChildren } from "@aegis/runtime/core";
import type { IrExpression } from "@aegis/runtime/core";
import { optimizeExpression } from "../optimize/index.ts";
import { resolveMaybe } from "./resolve-maybe.ts";

type Cell = boolean | "maybe";
type Labels = readonly (readonly Cell[])[];
const LABELS = 2;
const KEYS = 2;

/** Labels with a constant key or the innermost local, booleans read from the arguments, and what is built of them. */
const arbitrary: fc.Arbitrary<IrExpression> = fc.letrec<{ bool: IrExpression; int: IrExpression }>((tie) => {
  const label = fc.record({
    kind: fc.constant("label" as const),
    cell: fc.nat(LABELS - 1),
    key: fc.nat(KEYS - 1).map((value): IrExpression[] => [{ kind: "const", type: INT, value }]),
    maybe: fc.constant(true),
  });
  const read = fc
    .constantFrom("p", "q")
    .map((name): IrExpression => ({ kind: "read", root: "args", path: [name], type: BOOL }));
  const overKeys: IrExpression = {
    kind: "const",
    type: listOf(INT),
    value: Array.from({ length: KEYS }, (_, key) => key),
  };
  const keyed = fc.nat(LABELS - 1).map((cell): IrExpression => ({
    kind: "label",
    cell,
    key: [{ kind: "local", depth: 0, type: INT }],
    maybe: true,
  }));
  const quantified = <Op extends "any" | "all" | "count">(op: Op): fc.Arbitrary<IrExpression> =>
    keyed.map((body): IrExpression => ({ kind: "quantifier", op, over: overKeys, body }));
  return {
    bool: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(label, read, quantified("any"), quantified("all")),
      tie("bool").map((of): IrExpression => ({ kind: "not", of })),
      fc
        .array(tie("bool"), { minLength: 1, maxLength: 3 })
        .map((all): IrExpression => ({ kind: "and", all })),
      fc.array(tie("bool"), { minLength: 1, maxLength: 3 }).map((any): IrExpression => ({ kind: "or", any })),
      fc
        .tuple(tie("bool"), tie("bool"), tie("bool"))
        .map(([condition, then, other]): IrExpression => ({ kind: "if", condition, then, else: other })),
      fc
        .tuple(fc.constantFrom("eq" as const, "ne" as const), tie("bool"), tie("bool"))
        .map(([op, left, right]): IrExpression => ({ kind: "compare", op, left, right })),
      fc
        .tuple(fc.constantFrom("eq", "ne", "lt", "le", "gt", "ge"), tie("int"), tie("int"))
        .map(([op, left, right]): IrExpression => ({ kind: "compare", op, left, right })),
    ),
    int: fc.oneof(
      { maxDepth: 2 },
      fc.integer({ min: 0, max: KEYS }).map((value): IrExpression => ({ kind: "const", type: INT, value })),
      quantified("count"),
      fc
        .tuple(tie("bool"), tie("int"), tie("int"))
        .map(([condition, then, other]): IrExpression => ({ kind: "if", condition, then, else: other })),
    ),
  };
}).bool;

function evaluate(
  node: IrExpression,
  labels: Labels,
  args: ReadonlyMap<string, boolean>,
  local: readonly number[] = [],
): boolean | number {
  const at = (child: IrExpression): boolean | number => evaluate(child, labels, args, local);
  switch (node.kind) {
    case "const":
      return node.value as boolean | number;
    case "read":
      return args.get(node.path[0] ?? "") ?? false;
    case "local":
      return local[node.depth] ?? 0;
    case "label": {
      const cell = labels[node.cell]?.[Number(at(node.key[0] as IrExpression))] ?? false;
      return cell === "maybe" ? node.maybe : cell;
    }
    case "not":
      return !at(node.of);
    case "and":
      return node.all.every(at);
    case "or":
      return node.any.some(at);
    case "if":
      return at(node.condition) ? at(node.then) : at(node.else);
    case "compare": {
      const [left, right] = [Number(at(node.left)), Number(at(node.right))];
      const holds = {
        eq: left === right,
        ne: left !== right,
        lt: left < right,
        le: left <= right,
        gt: left > right,
        ge: left >= right,
      };
      return holds[node.op];
    }
    case "quantifier": {
      const items = (node.over.kind === "const" ? node.over.value : []) as readonly number[];
      const held = items.filter((item) => evaluate(node.body, labels, args, [item, ...local]));
      if (node.op === "count") return held.length;
      return node.op === "any" ? held.length > 0 : held.length === items.length;
    }
    default:
      throw new Error(node.kind);
  }
}

/** Every way to make the uncertain cells certain. */
function worlds(labels: Labels): readonly Labels[] {
  const flat = labels.flat();
  const index = flat.indexOf("maybe");
  if (index < 0) return [labels];
  return [true, false].flatMap((value) => {
    const next = flat.with(index, value);
    return worlds(labels.map((row, at) => next.slice(at * KEYS, at * KEYS + row.length)));
  });
}

const cell = fc.constantFrom<Cell>(true, false, "maybe");
const labelsArbitrary = fc.array(fc.array(cell, { minLength: KEYS, maxLength: KEYS }), {
  minLength: LABELS,
  maxLength: LABELS,
});
const argsArbitrary = fc
  .record({ p: fc.boolean(), q: fc.boolean() })
  .map((args) => new Map(Object.entries(args)));

describe("resolveMaybe", () => {
  it("bounds every resolution of the uncertain labels", () => {
    fc.assert(
      fc.property(arbitrary, labelsArbitrary, argsArbitrary, (node, labels, args) => {
        const upper = evaluate(resolveMaybe(node, "upper"), labels, args);
        const lower = evaluate(resolveMaybe(node, "lower"), labels, args);
        const outcomes = worlds(labels).map((world) => evaluate(node, world, args));
        if (outcomes.includes(true)) expect(upper).toBe(true);
        if (outcomes.includes(false)) expect(lower).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it("is exact where every label is certain", () => {
    fc.assert(
      fc.property(arbitrary, labelsArbitrary, argsArbitrary, (node, labels, args) => {
        const [certain = labels] = worlds(labels);
        const plain = evaluate(node, certain, args);
        expect(evaluate(resolveMaybe(node, "upper"), certain, args)).toBe(plain);
        expect(evaluate(resolveMaybe(node, "lower"), certain, args)).toBe(plain);
      }),
      { numRuns: 500 },
    );
  });

  it("leaves what reads no label as it is", () => {
    const read: IrExpression = { kind: "read", root: "args", path: ["p"], type: BOOL };
    const node: IrExpression = { kind: "if", condition: read, then: read, else: { kind: "not", of: read } };
    expect(resolveMaybe(node, "upper")).toBe(node);
  });
});

describe("optimizeExpression", () => {
  it("never changes a value", () => {
    fc.assert(
      fc.property(arbitrary, labelsArbitrary, argsArbitrary, (node, labels, args) => {
        // Reads of `q` become constants, so that there is something to fold.
        const fix = (each: IrExpression): IrExpression =>
          each.kind === "read" && each.path[0] === "q"
            ? { kind: "const", type: BOOL, value: args.get("q") ?? false }
            : mapChildren(each, fix);
        const fixed = fix(node);
        expect(evaluate(optimizeExpression(fixed), labels, args)).toBe(evaluate(node, labels, args));
      }),
      { numRuns: 1000 },
    );
  });

  it("is idempotent", () => {
    fc.assert(
      fc.property(arbitrary, (node) => {
        const once = optimizeExpression(node);
        expect(optimizeExpression(once)).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });
});
