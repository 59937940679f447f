// How aegisc is bundled: everything inside, so that it installs alone, in pieces, so that a command reads only what it needs.
import { join } from "node:path";
import type { BuildOptions } from "esbuild";
import { directImports } from "./direct-imports.ts";

/** For what is inside a bundle and still asks for `require`. */
export const REQUIRE = {
  js: 'import { createRequire as __aegisRequire } from "node:module"; const require = __aegisRequire(import.meta.url);',
};

/** What every bundle of Node programs shares. */
export const SHARED: BuildOptions = {
  bundle: true,
  format: "esm",
  target: "es2022",
  platform: "node",
  conditions: ["@aegis/source"],
  logLevel: "warning",
  sourcemap: false,
  legalComments: "linked",
};

/** `aegisc.js` and its pieces, in `outdir`. */
export const programBuild = (outdir: string): BuildOptions => ({
  ...SHARED,
  entryPoints: { aegisc: join(import.meta.dirname, "../cli/src/main.ts") },
  outdir,
  splitting: true,
  plugins: [directImports],
  minify: true,
  banner: { js: `#!/usr/bin/env node\n${REQUIRE.js}` },
});
