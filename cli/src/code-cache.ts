// Compiled code that was kept when aegisc was built: a Node of the same version and machine need not compile it again.
import { readFileSync } from "node:fs";
import nodeModule from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";

/** What Node's loader of CommonJS does with a text. It has no name in the documentation, and no change to come in the Nodes that we ask. */
interface Loader {
  _compile(this: NodeModule, content: string, file: string): unknown;
}
const loader = nodeModule.prototype as unknown as Loader;

/** Code is kept by the Node that it was compiled by; V8 refuses what does not fit all the same. */
export const codeCacheFolder = (beside: string): string =>
  join(beside, "code-cache", `${process.version}-${process.platform}-${process.arch}`);
export const codeCacheFile = (folder: string, file: string): string => join(folder, `${basename(file)}.bin`);

/** Runs the text of a module as Node does, with code that was compiled before where there is some. */
export function runModule(module: NodeModule, content: string, file: string, cachedData?: Buffer): Script {
  const script = new Script(nodeModule.wrap(content), {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run.call(module.exports, module.exports, nodeModule.createRequire(file), module, file, dirname(file));
  return script;
}

/** Has each module in `beside` run by `run`, or by Node where it says false. */
export function onModules(
  beside: string,
  run: (module: NodeModule, content: string, file: string) => boolean,
): void {
  const compile = loader._compile;
  loader._compile = function (content, file) {
    if (dirname(file) !== beside || content.startsWith("#!") || !run(this, content, file))
      compile.call(this, content, file);
  };
}

/** For Nodes that keep no compiled code themselves. */
export function useCodeCache(beside: string): void {
  const folder = codeCacheFolder(beside);
  onModules(beside, (module, content, file) => {
    const cached = read(codeCacheFile(folder, file));
    if (cached !== undefined) runModule(module, content, file, cached);
    return cached !== undefined;
  });
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
