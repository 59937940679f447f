// Tests of walking and rebuilding IR expressions.
import { describe, expect, it } from "vitest";
import { BOOL, INT, listOf } from "../types/type.ts";
import type { IrExpression } from "./ir.ts";
import { mapChildren, shiftLocals, someNode } from "./traverse.ts";

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
});
