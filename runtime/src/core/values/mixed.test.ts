// Mixed numbers: equal constants have one, and the order of two counts.
import { expect, it } from "vitest";
import { mixed, mixedConstant } from "./mixed.ts";

it("gives equal constants one number, and looks into lists", () => {
  const ofText = (text: string): number => text.length;
  expect(mixedConstant(["a", 1, [true]], ofText)).toBe(mixedConstant(["b", 1, [false]], ofText));
  expect(mixedConstant(["a", 1], ofText)).not.toBe(mixedConstant(["aa", 1], ofText));
  expect(mixedConstant([1, 2], ofText)).not.toBe(mixedConstant([2, 1], ofText));
});

it("stays within 32 bits", () => {
  for (const number of [mixed(0x7fffffff, 0x7fffffff), mixed(-1, 1e15), mixed(0.5, 2)])
    expect(number | 0).toBe(number);
});
