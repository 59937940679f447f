// Tests of the optimiser on whole programs and on single expressions.
import { describe, expect, it } from "vitest";
import { BOOL, INT, IR_FORMAT, JSON_TYPE, MAX_INTEGER, STRING, setOf } from "@aegis/runtime/core";
import type { IrExpression, IrProgram, IrReads, IrRule } from "@aegis/runtime/core";
import { fingerprint } from "./fingerprint.ts";
import { optimize, optimizeExpression } from "./optimize.ts";

const bool = (value: boolean): IrExpression => ({ kind: "const", type: BOOL, value });
const int = (value: number): IrExpression => ({ kind: "const", type: INT, value });
const read = (name: string): IrExpression => ({ kind: "read", root: "args", path: [name], type: BOOL });
const not = (of: IrExpression): IrExpression => ({ kind: "not", of });
const and = (...all: IrExpression[]): IrExpression => ({ kind: "and", all });
const or = (...any: IrExpression[]): IrExpression => ({ kind: "or", any });
const [p, q] = [read("p"), read("q")];

describe("expressions", () => {
  it.each<[string, IrExpression, IrExpression]>([
    ["flattens and drops what repeats", and(and(p, q), p, bool(true)), and(p, q)],
    ["decides a contradiction", and(p, q, not(p)), bool(false)],
    ["decides a tautology", or(p, q, not(p)), bool(true)],
    [
      "turns an `if` with constant branches into a junction",
      { kind: "if", condition: p, then: bool(true), else: q },
      or(p, q),
    ],
    ["negates a comparison", not({ kind: "compare", op: "lt", left: int(1), right: int(1) }), bool(true)],
    ["saturates", { kind: "arithmetic", op: "add", left: int(MAX_INTEGER), right: int(5) }, int(MAX_INTEGER)],
    ["gives no negative remainder", { kind: "arithmetic", op: "mod", left: int(-1), right: int(3) }, int(2)],
    ["never gives -0", { kind: "arithmetic", op: "mul", left: int(0), right: int(-1) }, int(0)],
    [
      "knows members of constants",
      {
        kind: "member",
        item: { kind: "const", type: STRING, value: "a" },
        of: { kind: "const", type: setOf(STRING), value: ["a", "b"] },
      },
      bool(true),
    ],
  ])("%s", (_, before, after) => {
    expect(optimizeExpression(before)).toEqual(after);
  });
});

const NO_READS: IrReads = { labels: [], counters: [], facts: [], context: [] };
const rule = (id: string, when: readonly [index: number, reads: IrReads][]): IrRule => ({
  id,
  effect: "deny",
  phase: "call",
  targets: when.map(([index, reads], action) => ({ action, scope: 0, when: index, reads, redactions: [] })),
  waivers: [{ id: "e", until: 0, when: when.map(([index]) => index), reads: when.map(() => NO_READS) }],
  reason: [{ kind: "value", values: when.map(([index]) => index), path: "" }],
  hint: null,
  approval: null,
  limit: null,
  annotations: [],
});
const program = (expressions: readonly IrExpression[], rules: readonly IrRule[]): IrProgram => ({
  format: IR_FORMAT,
  packages: [],
  agent: [],
  context: [],
  facts: [],
  actions: ["a", "b"].map((action) => ({
    tool: "t",
    action,
    params: [],
    open: false,
    result: JSON_TYPE,
    visible: 0,
  })),
  patterns: [],
  expressions,
  labels: [],
  counters: [],
  stateDigest: "",
  rules,
});

describe("programs", () => {
  it("sorts rules and shares equal expressions", () => {
    const before = program(
      [bool(true), p, and(p), q],
      [rule("p.b", [[2, NO_READS]]), rule("p.a", [[1, NO_READS]])],
    );
    const after = optimize(before);
    expect(after.rules.map((each) => each.id)).toEqual(["p.a", "p.b"]);
    expect(after.expressions).toEqual([bool(true), p]);
    expect(after.rules.map((each) => each.targets[0]?.when)).toEqual([1, 1]);
  });

  it("keeps apart what has one fingerprint and is not equal", () => {
    const [one, other] = [read("a-b"), read("a+b")];
    expect(fingerprint(one)).toBe(fingerprint(other));
    const before = program(
      [bool(true), one, other, read("a-b")],
      [1, 2, 3].map((index) => rule(`p.r${index}`, [[index, NO_READS]])),
    );
    const after = optimize(before);
    expect(after.expressions).toEqual([bool(true), one, other]);
    expect(after.rules.map((each) => each.targets[0]?.when)).toEqual([1, 2, 1]);
  });

  it("takes many that have one fingerprint in its stride", () => {
    const many = Array.from({ length: 20_000 }, (_, index) => read(`user-${String(100_000 + index)}-x`));
    expect(new Set(many.map(fingerprint)).size).toBe(1);
    const before = program(
      [bool(true), ...many, ...many],
      [...many, ...many].map((_, index) => rule(`p.r${String(index)}`, [[index + 1, NO_READS]])),
    );
    const start = performance.now();
    const after = optimize(before);
    // Each compared with each would take minutes.
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(after.expressions.length).toBe(many.length + 1);
  });

  it("drops dead targets together with what stands beside them, and rules without targets", () => {
    const before = program(
      [bool(true), bool(false), p],
      [
        rule("p.some", [
          [1, NO_READS],
          [2, NO_READS],
        ]),
        rule("p.none", [[1, NO_READS]]),
      ],
    );
    const after = optimize(before);
    expect(after.rules.map((each) => each.id)).toEqual(["p.some"]);
    const [only] = after.rules;
    expect(only?.targets.map((target) => target.action)).toEqual([1]);
    expect(only?.waivers[0]?.when).toHaveLength(1);
    expect(only?.waivers[0]?.reads).toHaveLength(1);
    expect(only?.reason?.[0]).toMatchObject({ values: [only?.targets[0]?.when] });
  });

  it("keeps a dead restriction that may be blind", () => {
    const reads = { ...NO_READS, labels: [0] };
    expect(optimize(program([bool(true), bool(false)], [rule("p.blind", [[1, reads]])])).rules).toHaveLength(
      1,
    );
  });
});
