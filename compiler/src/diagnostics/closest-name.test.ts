// Tests of did-you-mean.
import fc from "fast-check";
import { expect, test } from "vitest";
import { closestName, didYouMean } from "./closest-name.ts";

test("finds a slip of the keyboard", () => {
  expect(closestName("psuh", ["pull", "push", "commit"])).toBe("push");
  expect(closestName("Push", ["push"])).toBe("push");
  expect(closestName("protected_brnaches", ["protected_branches", "x"])).toBe("protected_branches");
});

test("says nothing when nothing is near", () => {
  expect(closestName("push", ["deploy", "rm"])).toBeUndefined();
  expect(closestName("a", ["xyz"])).toBeUndefined();
  expect(didYouMean("push", ["deploy"], "declare it")).toBe("declare it");
});

test("never proposes the name itself, and does not depend on order", () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string(), { maxLength: 8 }), (name, names) => {
      const found = closestName(name, names);
      expect(found).not.toBe(name);
      expect(closestName(name, [...names].reverse())).toBe(found);
    }),
  );
});
