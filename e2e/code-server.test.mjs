// The extension in a real VS Code with a Node host: installed from its package, used as a person would.
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchBrowser } from "./lib/browser.mjs";
import { startCodeServer } from "./lib/code-server.mjs";
import { SHOTS, VSIX, WORKSPACE } from "./lib/places.mjs";
import { scenario } from "./scenario.mjs";

let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

test("VS Code with a Node host", { timeout: 420_000 }, async (t) => {
  const server = await startCodeServer({ vsix: VSIX, workspace: WORKSPACE, name: "code-server" });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  try {
    await page.goto(server.url);
    await scenario(t, page, "code-server", { desktop: true });
  } catch (error) {
    await page.screenshot({ path: join(SHOTS, "code-server-failed.png") });
    throw error;
  } finally {
    await page.close();
    await server.stop();
  }
});
