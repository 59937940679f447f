// The grammar itself: no ambiguity that Chevrotain can find.
import { expect, test } from "vitest";
import { AegisParser } from "./aegis-parser.ts";

test("the grammar passes Chevrotain's validation", () => {
  expect(() => new AegisParser(true)).not.toThrow();
});
