// The project in a folder: aegis.json, sources, data, params, manifests and lock, as inputs of the compiler.
import { dirname, join, relative, resolve, sep } from "node:path";
import {
  PROJECT_FILE_NAME,
  defaultProject,
  paramsOf,
  parseProjectFile,
  splitManifestPath,
  type Diagnostic,
  type ManifestResult,
  type ProjectFile,
  type ProjectInputs,
  type SourceFile,
} from "@aegis/compiler";
import { findPolicyFiles, findProjectFiles, readSources } from "./find-sources.ts";
import { MAX_SOURCE_BYTES, decodeText, isInside, readBytes, readText } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";

export interface LoadOptions {
  /** Folder of the project. */
  readonly cwd: string;
  /** Files, folders and globs; none: the project's sources. */
  readonly paths: readonly string[];
  readonly environment: string | null;
  /** Moment for expiry diagnostics, in ms. */
  readonly now: number | null;
  /** Name given to standard input. */
  readonly stdinName?: string;
}

export interface LoadedProject {
  readonly root: string;
  /** Null where there is no aegis.json. */
  readonly file: string | null;
  readonly project: ProjectFile;
  readonly sources: readonly SourceFile[];
  readonly inputs: ProjectInputs;
  /** Text of aegis.lock; null where there is none. */
  readonly lockText: string | null;
  /** About aegis.json itself. */
  readonly diagnostics: readonly Diagnostic[];
}

export const LOCK_FILE_NAME = "aegis.lock";

/** Throws `UsageError` when something cannot be read or there is nothing to do. */
export function loadProject(
  options: LoadOptions,
  lockedActions: (lockText: string) => ReadonlySet<string>,
): LoadedProject {
  const root = resolve(options.cwd);
  const file = join(root, PROJECT_FILE_NAME);
  const bytes = readBytes(file, MAX_SOURCE_BYTES);
  const parsed =
    bytes === null
      ? { project: defaultProject(), diagnostics: [] }
      : parseProjectFile(PROJECT_FILE_NAME, decodeText(PROJECT_FILE_NAME, bytes));
  const project = parsed.project ?? defaultProject();
  const params = paramsOf(project, options.environment);
  if (params === null) {
    const known = [...project.environments.keys()].join(", ");
    throw new UsageError(
      `no environment \`${options.environment ?? ""}\` in ${PROJECT_FILE_NAME}`,
      known === "" ? "declare it under `environments`" : `there are: ${known}`,
    );
  }
  if (options.paths.length === 0 && bytes === null) {
    throw new UsageError(
      `no policy named and no ${PROJECT_FILE_NAME} in this folder`,
      "name a policy file, or run `aegisc init` to begin a project",
    );
  }
  const paths =
    options.paths.length === 0
      ? findProjectFiles(root, project.sources, project.exclude)
      : options.paths.flatMap((each) =>
          each === "-" ? ["-"] : findPolicyFiles(root, [each], project.exclude),
        );
  const lock = readBytes(join(root, LOCK_FILE_NAME), MAX_SOURCE_BYTES);
  const lockText = lock === null ? null : decodeText(LOCK_FILE_NAME, lock);
  return {
    root,
    file: bytes === null ? null : file,
    project,
    sources: readSources(root, [...new Set(paths)], options.stdinName ?? "<stdin>.aegis"),
    lockText,
    diagnostics: parsed.diagnostics,
    inputs: {
      readManifest: (from, path) => readManifestFile(root, from, path),
      data: readData(root, project),
      params,
      lockedActions: lockText === null ? null : lockedActions(lockText),
      channels: bytes === null ? null : project.channels,
      now: options.now,
    },
  };
}

function readManifestFile(root: string, from: string, path: string): ManifestResult {
  // `suites.json#/suites/banking` is a part of a file.
  const target = resolve(root, dirname(from), splitManifestPath(path).file);
  try {
    const bytes = readBytes(target, MAX_SOURCE_BYTES);
    if (bytes === null) return { ok: false, reason: "the file does not exist" };
    if (!isInside(root, target)) return { ok: false, reason: "the file lies outside the project" };
    // The lock file names it: the same on every machine.
    const name = relative(root, target).split(sep).join("/");
    return { ok: true, path: name, text: decodeText(path, bytes) };
  } catch (error) {
    return { ok: false, reason: error instanceof UsageError ? error.message : "the file cannot be read" };
  }
}

function readData(root: string, project: ProjectFile): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, source] of project.data) {
    if ("value" in source) values.set(name, source.value);
    else {
      const path = resolve(root, source.file);
      const text = readText(path);
      if (!isInside(root, path))
        throw new UsageError(`data \`${name}\`: \`${source.file}\` lies outside the project`);
      try {
        values.set(name, JSON.parse(text));
      } catch {
        throw new UsageError(`data \`${name}\`: \`${source.file}\` is not JSON`);
      }
    }
  }
  return values;
}
