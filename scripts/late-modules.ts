// An esbuild plugin: modules that few runs of aegisc need are loaded when one of their functions is first called.
import { dirname } from "node:path";
import type { Plugin } from "esbuild";

/** By what they are imported as: the functions that are called of them. */
const LATE: ReadonlyMap<string, readonly string[]> = new Map([
  // Only for globs and folders: a command that is given files needs none.
  ["tinyglobby", ["globSync"]],
  // commander starts programs by it, which aegisc never has it do.
  ["node:child_process", ["spawn"]],
]);
const IMPORTERS = /[\\/]commander[\\/]|[\\/]find-sources\.ts$/;
const NAMESPACE = "late";

export const lateModules: Plugin = {
  name: NAMESPACE,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(?:${[...LATE.keys()].join("|")})$`) }, ({ path, importer }) =>
      IMPORTERS.test(importer) ? { path, namespace: NAMESPACE, pluginData: dirname(importer) } : undefined,
    );
    onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path, pluginData }) => ({
      contents: (LATE.get(path) ?? [])
        .map((each) => `export const ${each} = (...args) => require("${path}").${each}(...args);`)
        .join("\n"),
      resolveDir: String(pluginData),
    }));
  },
};
