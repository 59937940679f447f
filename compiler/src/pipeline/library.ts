// The standard library as the pipeline sees it: modules parsed when they are needed, once per text.
import { stdlibModules } from "@aegis/stdlib";
import { dotted } from "../binder/bind-module.ts";
import { parseModule } from "../frontends/aegis/parse.ts";
import type { ParsedModule } from "../frontends/aegis/parse.ts";
import { SourceFile } from "../source/source-file.ts";
import type { Module, ToolDeclaration } from "../syntax/ast.ts";

export type LibraryModules = ReadonlyMap<string, string>;

export interface LibraryModule extends ParsedModule {
  readonly file: SourceFile;
}

/** Modules whose tools are known by name without an import (in YAML). */
const TOOL_MODULES = /^tools(?:\.|$)/;

export class Library {
  readonly #texts: LibraryModules;
  readonly #parsed = new Map<string, LibraryModule>();

  constructor(texts: LibraryModules) {
    this.#texts = texts;
  }

  module(name: string): LibraryModule | undefined {
    const known = this.#parsed.get(name);
    const text = this.#texts.get(name);
    if (known !== undefined || text === undefined) return known;
    const file = new SourceFile(`std:${name}`, text);
    const parsed = { file, ...parseModule(file) };
    this.#parsed.set(name, parsed);
    return parsed;
  }

  /** Modules that declare tools, by their wire names: for front ends in which tools need no import. */
  get tools(): ReadonlyMap<string, ToolDeclaration> {
    const tools = new Map<string, ToolDeclaration>();
    for (const { module } of this.toolModules)
      for (const item of module.items)
        if (item.kind === "tool") tools.set(item.wire?.value ?? item.name.text, item);
    return tools;
  }

  /** The modules that declare tools. */
  get toolModules(): readonly LibraryModule[] {
    return [...this.#texts.keys()]
      .filter((name) => TOOL_MODULES.test(name))
      .map((name) => this.module(name))
      .filter((module) => module !== undefined);
  }

  /** What the imports of `modules` ask for, and what that asks for. Everything, when an import names no module. */
  needed(modules: readonly Module[]): readonly LibraryModule[] {
    const needed = new Map<string, LibraryModule>();
    const queue = [...modules];
    const add = (name: string): void => {
      const module = needed.has(name) ? undefined : this.module(name);
      if (module === undefined) return;
      needed.set(name, module);
      queue.push(module.module);
    };
    for (let module = queue.pop(); module !== undefined; module = queue.pop()) {
      for (const item of module.items) {
        if (item.kind === "tool" && item.inferred)
          for (const name of this.#texts.keys()) if (TOOL_MODULES.test(name)) add(name);
        if (item.kind !== "import") continue;
        const path = dotted(item.path);
        if (path !== "std" && !path.startsWith("std.")) continue;
        const name = path.slice("std.".length);
        const owner = name.slice(0, Math.max(0, name.lastIndexOf(".")));
        if (this.#texts.has(name)) add(name);
        else if (this.#texts.has(owner)) add(owner);
        // A misspelt module: all of them, so that the nearest can be told.
        else for (const each of this.#texts.keys()) add(each);
      }
    }
    return [...needed.values()];
  }
}

/** The texts of those sources that say `package std.NAME`, by NAME; and the sources that do not. */
export function libraryModules(sources: readonly SourceFile[]): {
  readonly modules: ReadonlyMap<string, string>;
  readonly others: readonly SourceFile[];
} {
  const modules = new Map<string, string>();
  const others: SourceFile[] = [];
  for (const source of sources) {
    const { package: written } = parseModule(source).module;
    const name = written === null ? "" : dotted(written);
    if (name.startsWith("std.")) modules.set(name.slice("std.".length), source.text);
    else others.push(source);
  }
  return { modules, others };
}

export const standardLibrary = new Library(stdlibModules);
