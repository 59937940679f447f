// Builds what ships: one ES module per package entry, the aegisc program in one file, and with --types declarations.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { buildJsRuntime } from "./build-js-runtime.ts";
import { directImports } from "./direct-imports.ts";
import { buildProgram, keepCompiledCode, REQUIRE, SHARED } from "./program-build.ts";

const root = join(import.meta.dirname, "..");
const PACKAGES = ["runtime", "stdlib", "compiler", "conformance", "lsp", "cli"];

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly exports?: Record<string, { readonly "@aegis/source"?: string } | string>;
}

const manifestOf = (name: string): Manifest =>
  JSON.parse(readFileSync(join(root, name, "package.json"), "utf8")) as Manifest;

/** Library packages keep their dependencies external; a chunk is shared between the entries of a package. */
async function buildLibrary(name: string): Promise<void> {
  const manifest = manifestOf(name);
  const entries = Object.values(manifest.exports ?? {})
    .map((each) => (typeof each === "string" ? undefined : each["@aegis/source"]))
    .filter((each) => each !== undefined)
    .map((each) => join(root, name, each));
  await build({
    ...SHARED,
    entryPoints: entries,
    outbase: join(root, name, "src"),
    outdir: join(root, name, "dist"),
    splitting: true,
    external: [...Object.keys(manifest.dependencies ?? {}), "@aegis/*"],
  });
}

/** The language server in one file each: for a process, and for a web worker. */
async function buildServer(): Promise<void> {
  const outdir = join(root, "lsp/dist");
  await build({
    ...SHARED,
    outdir,
    entryPoints: { server: join(root, "lsp/src/main.ts") },
    plugins: [directImports],
    banner: REQUIRE,
  });
  await build({
    ...SHARED,
    outdir,
    entryPoints: { worker: join(root, "lsp/src/worker.ts") },
    plugins: [directImports],
    format: "iife",
    platform: "browser",
    conditions: ["@aegis/source", "browser"],
    mainFields: ["browser", "module", "main"],
  });
}

function buildTypes(): void {
  const config = join(root, "node_modules/.cache/tsconfig.types.json");
  mkdirSync(join(root, "node_modules/.cache"), { recursive: true });
  const out = join(root, "node_modules/.cache/types");
  rmSync(out, { recursive: true, force: true });
  writeFileSync(
    config,
    JSON.stringify({
      extends: "../../tsconfig.json",
      compilerOptions: {
        noEmit: false,
        emitDeclarationOnly: true,
        declaration: true,
        incremental: false,
        tsBuildInfoFile: null,
        rootDir: "../..",
        outDir: "types",
      },
      include: PACKAGES.map((name) => `../../${name}/src`),
      exclude: ["../../**/*.test.ts", "../../**/node_modules", "../../**/dist"],
    }),
  );
  execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", config], {
    stdio: "inherit",
  });
  for (const name of PACKAGES) {
    const from = join(out, name, "src");
    if (existsSync(from)) cpSync(from, join(root, name, "dist"), { recursive: true });
  }
}

for (const name of PACKAGES) rmSync(join(root, name, "dist"), { recursive: true, force: true });
for (const name of PACKAGES.filter((each) => each !== "cli")) await buildLibrary(name);
await buildProgram(join(root, "cli/dist"));
await buildServer();
// The engine of standalone JavaScript modules stands as text beside the code that reads it.
const jsRuntime = await buildJsRuntime();
for (const name of ["compiler", "cli"]) writeFileSync(join(root, name, "dist/js-runtime.txt"), jsRuntime);
const example = join(root, "examples/codegen");
await keepCompiledCode(
  join(root, "cli/dist"),
  join(example, "codegen-agent.yaml"),
  join(example, "requests.jsonl"),
);
if (process.argv.includes("--types")) buildTypes();
