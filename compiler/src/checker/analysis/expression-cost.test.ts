// The bound on a decision's work: what multiplies, and what shares one bound.
import { expect, it } from "vitest";
import { compileText } from "../../testing/compile-text.ts";

const compiles = (tool: string, when: string): boolean => {
  try {
    compileText(`package p\ntool t { x(${tool}) }\nallow a: t.x when ${when}\n`);
    return true;
  } catch (error) {
    // The decoder of bundles counts by itself, and alike.
    if (/policy\/too-costly|may cost too much/.test(String(error))) return false;
    throw error;
  }
};
const NESTED = (lists: string): string =>
  `any call in ${lists}: any a in call.args: a == "x" or a == "y" or a == "z" or a == "w" or a matches re"v"`;

it("words of all calls of a shell line share one bound", () => {
  expect(compiles("line: command", `args.line.calls is present and (${NESTED("args.line.calls")})`)).toBe(
    true,
  );
});

it("lists in the items of an argument do not", () => {
  const calls = "calls: list<{ args: list<string> }> max 100";
  expect(compiles(calls, NESTED("args.calls"))).toBe(false);
});

it("a list of an outer variable counts in each round of an inner one", () => {
  const inner = "any call in args.line.calls: any n in args.ns: any a in call.args: a == n";
  expect(compiles("line: command, ns: list<string> max 2", `args.line.calls is present and (${inner})`)).toBe(
    true,
  );
  expect(compiles("line: command, ns: list<string>", `args.line.calls is present and (${inner})`)).toBe(
    false,
  );
});

it("the decoder refuses what multiplies", () => {
  const text = "package p\ntool t { x(line: command, ns: list<string> max 400) }\n";
  const nested = "any call in args.line.calls: any n in args.ns: any a in call.args: a == n";
  expect(() => compileText(`${text}allow a: t.x when args.line.calls is present and (${nested})`)).toThrow();
  const calls = "calls: list<{ args: list<string> max 300 }> max 100, ns: list<string> max 40";
  const other = "any call in args.calls: any a in call.args: any n in args.ns: a == n";
  expect(() => compileText(`package p\ntool t { x(${calls}) }\nallow a: t.x when ${other}`)).toThrow();
});
