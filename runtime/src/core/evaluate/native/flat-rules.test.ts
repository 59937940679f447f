// Every instruction of the flat code, against the interpreter: each condition holds for one request and fails for another.
import { expect, it } from "vitest";
import type { IrExpression } from "../../ir/ir.ts";
import {
  action,
  agentFields,
  and,
  arg,
  buildProgram,
  call,
  compare,
  constant,
  field,
  int,
  not,
  present,
  read,
  text,
} from "../../testing/build-program.ts";
import { createEveryEngine } from "../../testing/every-engine.ts";
import { testPlatform } from "../../testing/test-platform.ts";
import type { ConstValue } from "../../types/type.ts";
import { INT, STRING, listOf, optional } from "../../types/type.ts";
import { createNativeEngine } from "./create-native-engine.ts";

const run = action("t", "run", [field("name", STRING), field("size", INT), field("note", optional(STRING))]);
const groups = read("agent", listOf(STRING), "groups");
const agent = [...agentFields, field("groups", listOf(STRING))];
const note = arg("note");
const size = arg("size", INT);
const among = (...names: string[]): IrExpression => ({
  kind: "member",
  item: arg("name"),
  of: constant(listOf(STRING), names as unknown as ConstValue),
});
const inGroup = (name: string): IrExpression => ({ kind: "member", item: text(name), of: groups });

const request = (args: object, roles: readonly string[] = []) => ({
  agent: { id: "a", groups: roles },
  tool: "t",
  action: "run",
  args: { name: "x", size: 5, ...args },
});
const rulesOf = (scopes: readonly (IrExpression | undefined)[], when: IrExpression, asked: object) => {
  const rules = scopes.map((scope, index) => ({
    id: `p.r${index}`,
    on: [0],
    when,
    ...(scope === undefined ? {} : { scope }),
  }));
  return createEveryEngine(buildProgram({ actions: [run], agent, rules }), testPlatform).decide(asked).rules;
};

it.each<[string, IrExpression, object, object]>([
  ["equal", compare("eq", arg("name"), text("x")), {}, { name: "y" }],
  ["unequal", compare("ne", arg("name"), text("y")), {}, { name: "y" }],
  ["less", compare("lt", size, int(6)), {}, { size: 6 }],
  ["at most", compare("le", size, int(5)), {}, { size: 6 }],
  ["more", compare("gt", size, int(4)), {}, { size: 4 }],
  ["at least", compare("ge", size, int(5)), {}, { size: 4 }],
  ["one of few", among("x", "z"), {}, { name: "y" }],
  ["one of many", among("a", "b", "c", "d", "x"), {}, { name: "y" }],
  ["a builtin", call("starts_with", arg("name"), text("x")), { name: "xy" }, { name: "y" }],
  ["a closure", not(compare("eq", arg("name"), text("y"))), {}, { name: "y" }],
  [
    "an optional argument behind its guard, and a cheaper test behind both",
    and(present(note), call("starts_with", note, text("n")), compare("gt", size, int(4))),
    { note: "n1" },
    {},
  ],
  [
    "nested conditions",
    and(and(compare("eq", arg("name"), text("x")), among("x")), compare("le", size, int(5))),
    {},
    { size: 6 },
  ],
])("%s", (_name, when, holds, fails) => {
  expect(rulesOf([undefined], when, request(holds))).toEqual(["p.r0"]);
  expect(rulesOf([undefined], when, request(fails))).toEqual([]);
});

it("asks few scopes one by one, looks many up, and counts a role that is named twice once", () => {
  const when = compare("eq", arg("name"), text("x"));
  const few = [inGroup("g0"), inGroup("g1")];
  const many = [...few, inGroup("g2"), inGroup("g3"), undefined];
  expect(rulesOf(few, when, request({}, ["g1"]))).toEqual(["p.r1"]);
  expect(rulesOf(many, when, request({}, ["g3", "other", "g1", "g3"]))).toEqual(["p.r1", "p.r3", "p.r4"]);
  expect(rulesOf(many, when, request({}, []))).toEqual(["p.r4"]);
});

it("hands out one frozen document where nothing in it depends on the call", () => {
  const rules = [{ id: "p.r", on: [0] }];
  const engine = createNativeEngine(buildProgram({ actions: [run], agent, rules }), testPlatform);
  const first = engine.decide(request({}));
  expect(engine.decide(request({ name: "y" }))).toBe(first);
  expect([first, first.rules, first.obligations].every(Object.isFrozen)).toBe(true);
});
