// The generated runtime of WASM policies is what its sources say.
import { expect, test } from "vitest";
import { generatedDigest, sourcesDigest } from "./build-wasm-runtime.ts";

test("compiler/src/backends/wasm/runtime.generated.ts is what `npm run generate` writes", () => {
  expect(generatedDigest()).toBe(sourcesDigest());
});
