// Tokens and grammar themselves: no mistake and no ambiguity that Chevrotain can find.
import { expect, test } from "vitest";
import { AegisParser } from "./aegis-parser.ts";
import { createLexer } from "./lexer.ts";

test("the tokens pass Chevrotain's validation", () => {
  expect(() => createLexer(true)).not.toThrow();
});

test("the grammar passes Chevrotain's validation", () => {
  expect(() => new AegisParser(true)).not.toThrow();
});
