// A real VS Code with a Node extension host: code-server, the extension installed from its package as a user would.
import { spawn } from "node:child_process";
import { cpSync, createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answers, freePort } from "./browser.mjs";
import { E2E, SHOTS } from "./places.mjs";

const NODE = join(E2E, "node_modules/.bin/node");
const ENTRY = join(E2E, "node_modules/code-server/out/node/entry.js");
const SETTINGS = {
  "workbench.startupEditor": "none",
  "telemetry.telemetryLevel": "off",
  "workbench.enableExperiments": false,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "update.mode": "none",
  "editor.accessibilitySupport": "off",
  "workbench.tips.enabled": false,
  "editor.hover.delay": 100,
  "editor.wordBasedSuggestions": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  "files.autoSave": "off",
  "window.dialogStyle": "custom",
  "testing.automaticallyOpenTestResults": "neverOpen",
};

/**
 * Starts an editor on a copy of a workspace. `trust`: whether workspace trust is asked at all; without it everything is
 * trusted. Stop it: extension host and language server are its grandchildren.
 */
export async function startCodeServer({ vsix, workspace, settings = {}, trust = false, name }) {
  const home = mkdtempSync(join(tmpdir(), "aegis-e2e-"));
  const [copy, data, extensions] = ["workspace", "data", "extensions"].map((each) => join(home, each));
  cpSync(workspace, copy, { recursive: true });
  for (const folder of [join(data, "User"), extensions, SHOTS]) mkdirSync(folder, { recursive: true });
  const all = { ...SETTINGS, "security.workspace.trust.enabled": trust, ...settings };
  writeFileSync(join(data, "User/settings.json"), JSON.stringify(all));
  const config = join(home, "config.yaml");
  writeFileSync(config, "auth: none\n");
  const log = createWriteStream(join(SHOTS, `${name}.log`));
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    XDG_CACHE_HOME: home,
    TMPDIR: home,
    // No market place is asked.
    EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}',
  };
  const run = (args) => {
    const places = ["--config", config, "--user-data-dir", data, "--extensions-dir", extensions];
    const child = spawn(NODE, [ENTRY, ...places, ...args], { env, detached: true });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.ended = new Promise((resolve) => child.once("exit", resolve));
    return child;
  };
  const installed = await run(["--install-extension", vsix]).ended;
  if (installed !== 0) throw new Error(`the extension was not installed: exit ${installed}`);
  const port = await freePort();
  const flags = [
    "--auth",
    "none",
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-getting-started-override",
  ];
  if (!trust) flags.push("--disable-workspace-trust");
  const server = run(["--bind-addr", `127.0.0.1:${port}`, ...flags]);
  await answers(`http://127.0.0.1:${port}/healthz`);
  return {
    workspace: copy,
    pid: server.pid,
    url: `http://127.0.0.1:${port}/?folder=${encodeURIComponent(copy)}`,
    async stop() {
      const end = (signal) => {
        try {
          process.kill(-server.pid, signal);
        } catch {
          // It is gone.
        }
      };
      end("SIGTERM");
      await Promise.race([server.ended, new Promise((resolve) => setTimeout(resolve, 3000))]);
      end("SIGKILL");
      log.end();
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
