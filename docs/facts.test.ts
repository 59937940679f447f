// The page on facts names every fact that the runtime computes, and no other.
import { readFileSync } from "node:fs";
import { computedFacts } from "@aegis/runtime/facts";
import { expect, test } from "vitest";

test("docs/facts.md lists the computed facts", () => {
  const page = readFileSync(new URL("facts.md", import.meta.url), "utf8");
  const named = [...page.matchAll(/^\| `(std\.[a-z_.]+)` \|/gm)].map((match) => match[1]);
  expect(named).toEqual([...computedFacts.keys()].sort());
});
