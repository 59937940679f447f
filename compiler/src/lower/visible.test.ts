// Tests of the list phase: unknown atoms count for the allow and against the deny, by polarity.
import { describe, expect, it } from "vitest";
import { BOOL, optional, STRING } from "@aegis/runtime/core";
import type { IrExpression } from "@aegis/runtime/core";
import { optimizeExpression } from "../optimize/index.ts";
import { FALSE, TRUE } from "./build.ts";
import { ListPhase } from "./visible.ts";

const text = (root: "args" | "agent" | "context", name: string): IrExpression => ({
  kind: "compare",
  op: "eq",
  left: { kind: "read", root, path: [name], type: STRING },
  right: { kind: "const", type: STRING, value: "x" },
});
const not = (of: IrExpression): IrExpression => ({ kind: "not", of });
const and = (...all: IrExpression[]): IrExpression => ({ kind: "and", all });
const label: IrExpression = { kind: "label", cell: 0, key: [], maybe: true };
const agent = text("agent", "id");
const args = text("args", "branch");
const context = [
  { name: "environment", type: STRING },
  { name: "region", type: optional(STRING) },
  { name: "time", type: optional({ kind: "time" } as const) },
];
const visible = (allows: IrExpression[], denies: IrExpression[]): IrExpression => {
  const listed = (scope: IrExpression) => ({ scope, when: TRUE, waivers: [] });
  return optimizeExpression(new ListPhase(context).visibleCondition(allows.map(listed), denies.map(listed)));
};

describe("visibleCondition", () => {
  it("hides what nothing allows", () => {
    expect(visible([], [])).toEqual(FALSE);
  });

  it("takes unknown atoms of an allow for true, under `not` too", () => {
    expect(visible([and(agent, args, not(label))], [])).toEqual(agent);
  });

  it("takes unknown atoms of a deny for false", () => {
    expect(visible([TRUE], [and(agent, args)])).toEqual(TRUE);
    expect(visible([TRUE], [agent])).toEqual({ ...agent, op: "ne" });
    expect(visible([TRUE], [not(args)])).toEqual(TRUE);
  });

  it("knows required attributes of the context and no others", () => {
    const environment = text("context", "environment");
    expect(visible([environment], [])).toEqual(environment);
    expect(visible([text("context", "region"), text("context", "time")], [])).toEqual(TRUE);
  });

  it("lets an exception that may hold make a denied action visible", () => {
    const deny = { scope: TRUE, when: TRUE, waivers: [args] };
    const allow = { scope: TRUE, when: TRUE, waivers: [] };
    expect(optimizeExpression(new ListPhase(context).visibleCondition([allow], [deny]))).toEqual(TRUE);
  });

  it("splits an `if` whose condition is unknown", () => {
    const node: IrExpression = { kind: "if", condition: args, then: agent, else: FALSE };
    expect(visible([node], [])).toEqual(agent);
    expect(visible([TRUE], [node])).toEqual(TRUE);
  });

  it("looks into quantifiers over what is known", () => {
    const roles: IrExpression = {
      kind: "read",
      root: "agent",
      path: ["roles"],
      type: { kind: "set", of: STRING, max: 10 },
    };
    const body = and({ kind: "const", type: BOOL, value: true }, args);
    const some: IrExpression = { kind: "quantifier", op: "any", over: roles, body };
    expect(visible([some], [])).toEqual({ ...some, body: TRUE });
  });
});
