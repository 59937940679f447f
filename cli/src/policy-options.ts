// Options that every command over policies shares, and the way from arguments to a compiled program.
import type { Command } from "commander";
import {
  analyse,
  compile,
  Library,
  libraryModules,
  renderPretty,
  type Analysis,
  type Compilation,
  type Diagnostic,
  type ProjectInputs,
  type SourceFile,
} from "@aegis/compiler";
import { stdlibModules } from "@aegis/stdlib";
import { flagOption, textOption } from "./command.ts";
import { loadProject, type LoadedProject } from "./files/load-project.ts";
import { lockedActionsOf } from "./files/lock-file.ts";
import { UsageError } from "./files/usage-error.ts";
import { wantsColour, type Io } from "./io.ts";

export type Options = Readonly<Record<string, unknown>>;

export const declarePolicyOptions = (command: Command): Command =>
  command
    .argument(
      "[policy...]",
      "files, folders or globs; `-` is standard input; none: the project in this folder",
    )
    .option("--environment <name>", "params of this environment of aegis.json")
    .option(
      "--stdin-name <name>",
      "name of what `-` reads; its ending tells Aegis from YAML (default: <stdin>.aegis)",
    )
    .option("--at <time>", "moment for expiry diagnostics, such as 2026-01-01T00:00:00Z (default: now)");

/** For commands that authors of the standard library need on its own sources. */
export const declareLibraryOption = (command: Command): Command =>
  command.option("--as-library", "take sources of packages `std.…` as modules of the standard library");

export interface AnalysedProject {
  readonly loaded: LoadedProject;
  readonly analysis: Analysis;
  /** Of aegis.json, then of the sources. */
  readonly diagnostics: readonly Diagnostic[];
}

export function analyseProject(io: Io, paths: readonly string[], options: Options): AnalysedProject {
  const stdinName = textOption(options, "stdinName");
  const loaded = loadProject(
    {
      cwd: io.cwd,
      paths,
      environment: textOption(options, "environment"),
      now: momentOf(io, options),
      ...(stdinName === null ? {} : { stdinName }),
    },
    lockedActionsOf,
  );
  const analysis = flagOption(options, "asLibrary")
    ? analyseLibrary(loaded.sources, loaded.inputs)
    : analyse(loaded.sources, loaded.inputs);
  return { loaded, analysis, diagnostics: [...loaded.diagnostics, ...analysis.diagnostics] };
}

/** Sources of `std.…` stand in the place of the library's own modules of that name; the others are the project. */
function analyseLibrary(sources: readonly SourceFile[], inputs: ProjectInputs): Analysis {
  const { modules, others } = libraryModules(sources);
  if (others.length === 0)
    throw new UsageError(
      "only modules of the library are here, and nothing imports them",
      "name their tests too, or the folder that holds both",
    );
  return analyse(others, inputs, { library: new Library(new Map([...stdlibModules, ...modules])) });
}

/** Compiles, or prints what is wrong on standard error and gives null. */
export function compileProject(
  io: Io,
  paths: readonly string[],
  options: Options,
): (AnalysedProject & { readonly compilation: Compilation }) | null {
  const project = analyseProject(io, paths, options);
  const compilation = compile(project.analysis);
  const errors = [...project.loaded.diagnostics, ...(compilation.ok ? [] : compilation.diagnostics)].filter(
    (each) => each.severity === "error",
  );
  if (!compilation.ok || errors.length > 0) {
    io.err(errors.map(prettyPrinter(io, project.analysis.files)).join("\n"));
    io.err(`\n${count(errors.length, "error")}; nothing was done\n`);
    return null;
  }
  return { ...project, compilation };
}

export const prettyPrinter =
  (io: Io, files: ReadonlyMap<string, SourceFile>) =>
  (diagnostic: Diagnostic): string =>
    renderPretty(diagnostic, {
      color: wantsColour(io),
      width: io.columns,
      source: (path) => files.get(path),
    });

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

function momentOf(io: Io, options: Options): number {
  const text = textOption(options, "at");
  if (text === null) return io.now();
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z)?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError(`--at: \`${text}\` is no time`, "write 2026-01-01 or 2026-01-01T00:00:00Z");
  return time;
}
