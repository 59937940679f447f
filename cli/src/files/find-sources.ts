// Turns arguments (files, folders, globs, `-`) into policy files.
import { readFileSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { globSync } from "tinyglobby";
import { DEFAULT_SOURCES, SourceFile } from "@aegis/compiler";
import { decodeText, readText } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";

const IGNORED = ["**/node_modules/**", "**/.git/**", "**/dist/**"];
const POLICY_FILE = /\.(aegis|ya?ml|json)$/;

/** Paths relative to the folder, sorted, each once. A named file is taken whatever it is called. */
export function findPolicyFiles(
  cwd: string,
  args: readonly string[],
  exclude: readonly string[] = [],
): string[] {
  const found = new Set<string>();
  for (const arg of args) {
    const stat = statSync(resolve(cwd, arg), { throwIfNoEntry: false });
    if (stat?.isFile()) found.add(relative(cwd, resolve(cwd, arg)) || arg);
    else {
      const patterns = stat?.isDirectory()
        ? DEFAULT_SOURCES.map((each) => `${trimSlash(arg)}/${each}`)
        : [arg];
      const policies = matching(cwd, patterns, exclude);
      if (policies.length === 0) {
        throw new UsageError(
          stat === undefined ? `nothing matches \`${arg}\`` : `no policy in \`${arg}\``,
          "name a .aegis or YAML file, a folder, or a quoted glob",
        );
      }
      for (const each of policies) found.add(relative(cwd, resolve(cwd, each)));
    }
  }
  return [...found].sort();
}

/** The sources of a project: some of its globs may match nothing, all of them may not. */
export function findProjectFiles(
  root: string,
  patterns: readonly string[],
  exclude: readonly string[],
): string[] {
  const found = matching(root, patterns, exclude);
  if (found.length === 0)
    throw new UsageError(
      `there is no policy in this project (${patterns.join(", ")})`,
      "write one, or say under `sources` in aegis.json where they are",
    );
  return [...new Set(found.map((each) => relative(root, resolve(root, each))))].sort();
}

const matching = (cwd: string, patterns: readonly string[], exclude: readonly string[]): string[] =>
  globSync([...patterns], {
    cwd,
    ignore: [...IGNORED, ...exclude],
    onlyFiles: true,
    expandDirectories: false,
  }).filter((each) => POLICY_FILE.test(each));

const trimSlash = (path: string): string => path.replace(/\/+$/, "") || "/";

/** Reads policy files; `-` is standard input, named by `stdinName`. */
export function readSources(cwd: string, paths: readonly string[], stdinName: string): SourceFile[] {
  return paths.map((path) =>
    path === "-"
      ? new SourceFile(stdinName, decodeText("standard input", readFileSync(0)))
      : new SourceFile(path.replaceAll("\\", "/"), readText(resolve(cwd, path))),
  );
}
