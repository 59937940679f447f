// The editor that runs in the browser alone, its extensions in a worker.
import { createRequire } from "node:module";
import { join } from "node:path";
import { answers, freePort } from "./browser.mjs";
import { E2E, EXTENSION, VSCODE_WEB_COMMIT } from "./places.mjs";

const { open } = createRequire(import.meta.url)("@vscode/test-web");

export async function startWebServer({ workspace }) {
  const port = await freePort();
  const server = await open({
    browserType: "none",
    host: "localhost",
    port,
    quality: "stable",
    commit: VSCODE_WEB_COMMIT,
    testRunnerDataDir: join(E2E, ".vscode-test-web"),
    extensionDevelopmentPath: EXTENSION,
    folderPath: workspace,
  });
  const url = `http://localhost:${port}/`;
  await answers(url);
  return { url, stop: () => server.dispose() };
}
