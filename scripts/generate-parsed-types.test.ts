// The page of the parsed types says what the definitions say.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PARSED_TYPES_PAGE, parsedTypesPage } from "./generate-parsed-types.ts";

it("docs/parsed-types.md is up to date (run: npx tsx scripts/generate-parsed-types.ts)", () => {
  expect(readFileSync(PARSED_TYPES_PAGE, "utf8")).toBe(parsedTypesPage());
});
