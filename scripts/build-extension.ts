// Builds the extension for VS Code: client, language server and debug adapter, for a Node host and for the browser.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, type BuildOptions } from "esbuild";
import { directImports } from "./direct-imports.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "vscode-extension");
const dist = join(folder, "dist");
/** The packager: that of the end-to-end tests, or another one. */
const VSCE = process.env["AEGIS_VSCE"] ?? join(root, "e2e/node_modules/.bin/vsce");
const SCHEMAS = ["aegis-project.schema.json", "policy-yaml.schema.json"];

const shared: BuildOptions = {
  bundle: true,
  minify: true,
  target: "es2022",
  conditions: ["@aegis/source"],
  logLevel: "warning",
  legalComments: "none",
  plugins: [directImports],
};
const node: BuildOptions = { ...shared, platform: "node", outdir: dist };
const web: BuildOptions = {
  ...shared,
  platform: "browser",
  conditions: ["@aegis/source", "browser"],
  mainFields: ["browser", "module", "main"],
  outdir: join(dist, "web"),
};

async function buildExtension(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  await Promise.all([
    build({
      ...node,
      format: "cjs",
      external: ["vscode"],
      entryPoints: { extension: join(folder, "src/extension.ts") },
    }),
    // Programs beside the editor are modules: what is inside asks for `require` here and there.
    build({
      ...node,
      format: "esm",
      splitting: true,
      outExtension: { ".js": ".mjs" },
      entryPoints: { server: join(root, "lsp/src/main.ts"), dap: join(root, "cli/src/dap/main.ts") },
      banner: {
        js: 'import { createRequire as __aegisRequire } from "node:module"; const require = __aegisRequire(import.meta.url);',
      },
    }),
    build({
      ...web,
      format: "cjs",
      external: ["vscode"],
      entryPoints: { extension: join(folder, "src/browser.ts") },
    }),
    build({ ...web, format: "iife", entryPoints: { server: join(root, "lsp/src/worker.ts") } }),
  ]);
  mkdirSync(join(folder, "schemas"), { recursive: true });
  for (const name of SCHEMAS)
    copyFileSync(join(root, "compiler/schemas", name), join(folder, "schemas", name));
  copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
}

await buildExtension();
if (process.argv.includes("--package")) {
  if (!existsSync(VSCE)) throw new Error("run `npm run e2e:install` first: it brings the packager");
  execFileSync(VSCE, ["package", "--no-dependencies", "-o", join(dist, "aegis-policy.vsix")], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
  });
}
