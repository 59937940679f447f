// How aegisc is bundled: everything inside, so that it installs alone, in pieces, so that a command reads only what it needs.
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import nodeModule from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { build, type BuildOptions, type OutputFile, transform } from "esbuild";
import { directImports } from "./direct-imports.ts";
import { lateModules } from "./late-modules.ts";

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

/** Imports an ES module for code that was kept compiled: such code cannot by itself. */
const IMPORT = "import.js";
const cli = (path: string): string => join(import.meta.dirname, "../cli", path);

/** `aegisc.js` and its pieces, in `outdir`: CommonJS, which Node starts in half the time and whose compiled code can be kept. */
export async function buildProgram(outdir: string): Promise<void> {
  const { outputFiles } = await build({
    ...SHARED,
    entryPoints: { aegisc: cli("src/main.ts") },
    outdir,
    splitting: true,
    plugins: [directImports, lateModules],
    minify: true,
    write: false,
  });
  const pieces = outputFiles.filter(({ path }) => path.endsWith(".js"));
  const modern = await modernPieces(pieces);
  mkdirSync(outdir, { recursive: true });
  writeFileSync(join(outdir, "package.json"), '{ "type": "commonjs" }\n');
  for (const { path, contents } of outputFiles.filter((each) => !each.path.endsWith(".js")))
    writeFileSync(path, contents);
  writeFileSync(join(outdir, IMPORT), "module.exports = (piece) => import(piece);\n");
  for (const piece of pieces) {
    const name = basename(piece.path);
    const text = piece.text.replace(/(?<=")\.\/[\w-]+\.js(?=")/g, (at) => nameOf(at, modern));
    const code = modern.has(name) ? `${REQUIRE.js}\n${text}` : await commonJs(text);
    writeFileSync(
      join(outdir, nameOf(name, modern)),
      name === "aegisc.js" ? `#!/usr/bin/env node\n${code}` : code,
    );
  }
}

/** Pieces that stay ES modules: those that await at the top, and those that import one of them. */
async function modernPieces(pieces: readonly OutputFile[]): Promise<ReadonlySet<string>> {
  const modern = new Set<string>();
  for (const { path, text } of pieces)
    await transform(text, { format: "cjs", logLevel: "silent" }).catch(() => modern.add(basename(path)));
  const imported = (text: string): readonly string[] =>
    [...text.matchAll(/(?:from|import)\s*"\.\/([\w-]+\.js)"/g)].map(([, name = ""]) => name);
  for (let size = -1; size !== modern.size;) {
    size = modern.size;
    for (const { path, text } of pieces)
      if (imported(text).some((name) => modern.has(name))) modern.add(basename(path));
  }
  return modern;
}
const nameOf = (piece: string, modern: ReadonlySet<string>): string =>
  modern.has(basename(piece)) ? piece.replace(/\.js$/, ".mjs") : piece;

/** Pieces that are CommonJS too are loaded by `require`, also where they are loaded late. */
async function commonJs(text: string): Promise<string> {
  const late = text
    .replace(/\bimport\(("\.\/[\w-]+\.js")\)/g, "Promise.resolve().then(()=>require($1))")
    .replace(/\bimport\(("\.\/[\w-]+\.mjs")\)/g, `require("./${IMPORT}")($1)`);
  const { code } = await transform(late, {
    format: "cjs",
    platform: "node",
    minify: true,
    define: { "import.meta.url": "__aegisUrl", "import.meta.dirname": "__dirname" },
  });
  return code.includes("__aegisUrl")
    ? `const __aegisUrl=require("node:url").pathToFileURL(__filename).href;${code}`
    : code;
}

const PRIVATE_KEY = { type: "pkcs8", format: "pem" } as const;

/** Nodes from 22.8 on keep compiled code themselves. */
export const NODE_KEEPS_CODE = "enableCompileCache" in nodeModule;

/**
 * Runs the program in `outdir` as most people do, and keeps the compiled code of the pieces that this used: as much of each
 * as its first run compiled, so that the one which compiles most comes first. `policy` has requests in `requests`, a line
 * each.
 */
export async function keepCompiledCode(outdir: string, policy: string, requests: string): Promise<void> {
  if (NODE_KEEPS_CODE) return;
  const folder = mkdtempSync(join(tmpdir(), "aegisc-record-"));
  try {
    const record = join(folder, "record.cjs");
    await build({
      ...SHARED,
      entryPoints: [join(import.meta.dirname, "record-code-cache.ts")],
      outfile: record,
      format: "cjs",
      define: { __PROGRAM__: JSON.stringify(outdir) },
    });
    const key = join(folder, "key.pem");
    writeFileSync(key, generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export(PRIVATE_KEY));
    for (const argv of [
      ["build", policy, "--signing-key", key, "-o", join(folder, "bundle.tar.gz")],
      ["check", policy],
      ["lint", policy],
      ["eval", policy, "--input", requests],
    ])
      execFileSync(process.execPath, ["-r", record, join(outdir, "aegisc.js"), ...argv], { stdio: "pipe" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
