// From source texts to a checked program and everything that is wrong with it. Pure: the host has read the files.
import { checkProgram } from "../checker/check-program.ts";
import type { RuleCache } from "../checker/rule/rule-cache.ts";
import type { CheckedProgram } from "../checker/checked-program.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { hasErrors } from "../diagnostics/diagnostic.ts";
import { firstUses, tidy } from "../diagnostics/tidy.ts";
import type { ParsedModule } from "../frontends/aegis/parse.ts";
import type { ProjectInputs, ResolvedProgram } from "../resolver/resolved-program.ts";
import { resolveProgram } from "../resolver/resolve-program.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Module } from "../syntax/ast.ts";
import { frontEndOf } from "./front-ends.ts";
import type { Library, LibraryModule } from "./library.ts";
import { standardLibrary } from "./library.ts";
import { withoutEchoes } from "./echoes.ts";

export interface AnalyseOptions {
  /** Another standard library, for tests of it. */
  readonly library?: Library;
  /**
   * Tells what later phases find although a file does not parse: for editors. Otherwise mistakes that only follow from
   * a broken declaration would be told beside it.
   */
  readonly keepGoing?: boolean;
}

export interface Analysis {
  /** The project's files and the library's that are used (`std:<module>`), by path. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** The project's modules, in the order given. */
  readonly modules: readonly Module[];
  readonly resolved: ResolvedProgram;
  /** Whole and fit to be lowered when `ok`; else as much as could be understood. */
  readonly checked: CheckedProgram;
  /** Sorted by place; each told once. */
  readonly diagnostics: readonly Diagnostic[];
  /** True when nothing is wrong enough to stop compiling. */
  readonly ok: boolean;
}

/** What an analysis may take over from the one before it. */
export interface Reuse {
  readonly parse: (file: SourceFile, library: Library) => ParsedModule;
  readonly rules: RuleCache;
}

const parsedFiles = new WeakMap<SourceFile, ParsedModule>();

/** A file is parsed once: an editor passes the same object for a text that has not changed. */
export function parseFile(file: SourceFile, library: Library): ParsedModule {
  const known = parsedFiles.get(file);
  if (known !== undefined) return known;
  const parsed = frontEndOf(file.path).parse(file, library);
  if (library === standardLibrary) parsedFiles.set(file, parsed);
  return parsed;
}

export function analyse(
  sources: readonly SourceFile[],
  inputs: ProjectInputs,
  options: AnalyseOptions = {},
  reuse: Reuse | null = null,
): Analysis {
  const library = options.library ?? standardLibrary;
  const parse = reuse?.parse ?? parseFile;
  const parsed = sources.map((file) => parse(file, library));
  const modules = parsed.map((each) => each.module);
  const needed = library.needed(modules);
  const syntax = [...parsed, ...needed].flatMap((each) => each.diagnostics);
  const resolved = resolve(modules, needed, library, inputs);
  const checked = checkProgram(resolved.program, reuse?.rules ?? null);
  const withheld = hasErrors(syntax) && options.keepGoing !== true;
  const meaning = withheld ? [] : [...resolved.diagnostics, ...checked.diagnostics];
  const files = new Map([...sources, ...needed.map((each) => each.file)].map((file) => [file.path, file]));
  const all = withoutEchoes(tidy([...syntax, ...meaning]), files, modules);
  const diagnostics = options.keepGoing === true ? all : firstUses(all);
  return {
    files,
    modules,
    resolved: resolved.program,
    checked: checked.program,
    diagnostics,
    // Of everything that was found, told or not.
    ok: !hasErrors([...syntax, ...meaning]),
  };
}

/** Where a tool is unknown the library's are brought along, so that the import that is missing can be told. */
function resolve(
  modules: readonly Module[],
  needed: readonly LibraryModule[],
  library: Library,
  inputs: ProjectInputs,
): ReturnType<typeof resolveProgram> {
  const all = [...modules, ...needed.map((each) => each.module)];
  const resolved = resolveProgram(all, inputs);
  if (!resolved.diagnostics.some((each) => each.code === "tools/unknown-tool")) return resolved;
  const more = library.toolModules.map((each) => each.module).filter((module) => !all.includes(module));
  return more.length === 0 ? resolved : resolveProgram([...all, ...more], inputs);
}
