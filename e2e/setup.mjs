// Finishes what `npm ci --ignore-scripts` leaves out. Nothing is compiled, and nothing but the npm registry is asked.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VSCODE_WEB_COMMIT } from "./lib/places.mjs";

const here = import.meta.dirname;
const modules = join(here, "node_modules");
const server = join(modules, "code-server/lib/vscode");
const ready = join(server, ".e2e-ready");
if (!existsSync(ready)) {
  // The editor's own dependencies, at the versions that its package locks.
  execFileSync(
    "npm",
    [
      "install",
      "--omit=dev",
      "--omit=optional",
      "--ignore-scripts",
      "--no-save",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ],
    { cwd: server, stdio: "inherit" },
  );
  // The editor's logger is native; it only appends to files, which the Output panel then follows.
  cpSync(join(here, "lib/file-logger.cjs"), join(server, "node_modules/@vscode/spdlog/index.js"));
  writeFileSync(ready, "");
}
// What the web test server takes for a downloaded editor: a folder of this name with a file `version`.
const data = join(here, ".vscode-test-web");
mkdirSync(data, { recursive: true });
const link = join(data, `vscode-web-stable-${VSCODE_WEB_COMMIT}`);
const web = join(modules, "vscode-web/dist");
rmSync(link, { force: true });
symlinkSync(web, link);
writeFileSync(join(web, "version"), VSCODE_WEB_COMMIT);
