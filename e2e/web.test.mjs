// The extension in the VS Code that runs in a browser alone: the language server is a worker.
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchBrowser } from "./lib/browser.mjs";
import { SHOTS, WORKSPACE } from "./lib/places.mjs";
import { startWebServer } from "./lib/web-server.mjs";
import { scenario } from "./scenario.mjs";

let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

test("VS Code in the browser", { timeout: 420_000 }, async (t) => {
  const server = await startWebServer({ workspace: WORKSPACE });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  try {
    await page.goto(server.url);
    await scenario(t, page, "web", { desktop: false });
  } catch (error) {
    await page.screenshot({ path: join(SHOTS, "web-failed.png") });
    throw error;
  } finally {
    await page.close();
    await server.stop();
  }
});
