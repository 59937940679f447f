// docs/cli.md says what the commands' definitions say.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandPage } from "./testing/command-page.ts";

test("the page is up to date: `npm run generate`", async () => {
  expect(readFileSync(join(import.meta.dirname, "../../docs/cli.md"), "utf8")).toBe(await commandPage());
});
