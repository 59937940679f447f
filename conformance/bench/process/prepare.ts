// What children are started from, in a folder of its own: modules without TypeScript, workloads, policies built ahead.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { BenchEngineEntry } from "../engine-registry.ts";
import type { Workload } from "../workload/workloads.ts";

const BENCH = resolve(import.meta.dirname, "..");
/** What is run in processes of its own, beside the engines. */
const PROGRAMS = ["process/child.ts", "process/build-ahead.ts", "timings/load-bundle.ts"] as const;
/** Minified, as the compiler is in what ships: reading its text is a good part of compiling once. */
const MINIFIED = ["timings/compile-all.ts"] as const;
const BUILD_TIMEOUT_MS = 300_000;

export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), "aegis-bench-"));

  /** Bundles what is written in TypeScript, so that no child's start is spent on translating it. */
  async bundle(entries: readonly BenchEngineEntry[]): Promise<void> {
    const modules = entries.flatMap(({ module, build: ahead }) => [
      module,
      ...(ahead === undefined ? [] : [ahead]),
    ]);
    await this.#build([...PROGRAMS, ...new Set(modules.filter(isSource))], false);
    await this.#build(MINIFIED, true);
  }

  async #build(files: readonly string[], minify: boolean): Promise<void> {
    await build({
      entryPoints: files.map((file) => join(BENCH, file)),
      minify,
      outbase: BENCH,
      outdir: this.folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      format: "esm",
      platform: "node",
      target: "es2022",
      conditions: ["@aegis/source"],
      logLevel: "warning",
      // For what is inside a bundle and still asks for `require`.
      banner: {
        js: 'import { createRequire as __benchRequire } from "node:module"; const require = __benchRequire(import.meta.url);',
      },
    });
  }

  /** The file to import for a module of this folder. */
  module(file: string): string {
    return isSource(file) ? join(this.folder, file.replace(/\.ts$/, ".mjs")) : join(BENCH, file);
  }

  workload({ id, rules, requests }: Workload): string {
    const file = join(this.folder, `${id}.json`);
    if (!existsSync(file)) writeFileSync(file, JSON.stringify({ rules, requests }));
    return file;
  }

  /** What the engine is loaded from; made once for all engines that share it. Throws where it cannot be built. */
  built(ahead: string, workload: Workload): string {
    const file = join(this.folder, `${workload.id}.${ahead.replaceAll("/", "-")}.bin`);
    if (!existsSync(file)) {
      const args = [this.module("process/build-ahead.ts"), this.module(ahead), this.workload(workload), file];
      execFileSync(process.execPath, args, {
        stdio: ["ignore", "ignore", "pipe"],
        timeout: BUILD_TIMEOUT_MS,
      });
    }
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const isSource = (file: string): boolean => file.endsWith(".ts");
