// Tests of walking and rebuilding IR expressions.
import { describe, expect, it } from "vitest";
import { BOOL, INT, listOf } from "../types/type.ts";
import type { IrExpression } from "./ir.ts";
import { eachChild, mapChildren, shiftLocals, someNode } from "./traverse.ts";

const list: IrExpression = { kind: "read", root: "args", path: ["xs"], type: listOf(INT) };
const local = (depth: number): IrExpression => ({ kind: "local", depth, type: INT });
const anyOf = (body: IrExpression): IrExpression => ({ kind: "quantifier", op: "any", over: list, body });
const equal = (left: IrExpression, right: IrExpression): IrExpression => ({
  kind: "compare",
  op: "eq",
  left,
  right,
});

describe("traverse", () => {
  it("keeps a node whose children do not change", () => {
    const node = anyOf(equal(local(0), local(1)));
    expect(mapChildren(node, (child) => child)).toBe(node);
  });

  it("shifts free locals and leaves bound ones", () => {
    expect(shiftLocals(anyOf(equal(local(0), local(1))), 2)).toEqual(anyOf(equal(local(0), local(3))));
  });

  it("finds nodes at any depth", () => {
    const node: IrExpression = { kind: "not", of: anyOf({ kind: "const", type: BOOL, value: true }) };
    expect(someNode(node, (each) => each.kind === "const")).toBe(true);
    expect(someNode(node, (each) => each.kind === "label")).toBe(false);
  });

  const [a, b, c] = [local(1), local(2), local(3)];
  it.each<IrExpression>([
    { kind: "field", of: a, name: "n" },
    { kind: "not", of: a },
    { kind: "matches", of: a, pattern: 0 },
    { kind: "cast", of: a, type: BOOL },
    { kind: "and", all: [a, b, c] },
    { kind: "or", any: [a, b, c] },
    { kind: "if", condition: a, then: b, else: c },
    equal(a, b),
    { kind: "arithmetic", op: "add", left: a, right: b },
    { kind: "member", item: a, of: b },
    { kind: "else", of: a, fallback: b },
    { kind: "quantifier", op: "any", over: a, body: b },
    { kind: "call", fn: "f", args: [a, b] },
    { kind: "label", cell: 0, key: [a, b], maybe: true },
    { kind: "counter", cell: 0, key: [a, b] },
    { kind: "fact", name: "f", path: "", type: BOOL },
  ])("goes the same way down $kind, looking or changing", (node) => {
    const seen: IrExpression[] = [];
    eachChild(node, (child) => seen.push(child));
    const mapped: IrExpression[] = [];
    mapChildren(node, (child) => {
      mapped.push(child);
      return child;
    });
    const searched: IrExpression[] = [];
    someNode(node, (each) => {
      searched.push(each);
      return false;
    });
    expect(mapped).toEqual(seen);
    expect(searched).toEqual([node, ...seen]);
    const changed = mapChildren(node, (child) => ({ kind: "not", of: child }));
    expect(JSON.stringify(changed).match(/"kind":"not","of":\{"kind":"local"/g)?.length ?? 0).toBe(
      seen.length,
    );
  });
});
