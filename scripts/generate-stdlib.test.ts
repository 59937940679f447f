// The generated text of the standard library is current.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { GENERATED, generateStdlib } from "./generate-stdlib.ts";

test("stdlib/src/modules.generated.ts is what `npm run generate` writes", () => {
  expect(readFileSync(GENERATED, "utf8")).toBe(generateStdlib());
});
