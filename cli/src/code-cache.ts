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
type ModuleConstructor = new (id: string) => NodeModule;

/** Code is kept by the Node that it was compiled by; V8 refuses what does not fit all the same. */
export const codeCacheFolder = (beside: string): string =>
  join(beside, "code-cache", `${process.version}-${process.platform}-${process.arch}`);
export const codeCacheFile = (folder: string, file: string): string => join(folder, `${basename(file)}.bin`);

/** Runs the text of a module as Node does, with code that was compiled before where there is some. */
export function runModule(
  module: NodeModule,
  content: string,
  file: string,
  require: NodeJS.Require,
  cachedData?: Buffer,
): Script {
  const script = new Script(nodeModule.wrap(content), {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run.call(module.exports, module.exports, require, module, file, dirname(file));
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
  const require = pieceLoader(beside, folder);
  onModules(beside, (module, content, file) => {
    const cached = read(codeCacheFile(folder, file));
    if (cached !== undefined) runModule(module, content, file, require, cached);
    return cached !== undefined;
  });
}

/** What pieces ask for each other by: they stand in one folder, so there is nothing to look for. The rest is Node's. */
function pieceLoader(beside: string, folder: string): NodeJS.Require {
  const ofNode = nodeModule.createRequire(join(beside, "aegisc.js"));
  const pieces = new Map<string, NodeModule>();
  const require = (name: string): unknown => {
    if (!name.startsWith("./")) return ofNode(name);
    const file = join(beside, name);
    const known = pieces.get(file);
    if (known !== undefined) return known.exports;
    // What ES modules import too, Node has begun to load.
    const cached = ofNode.cache[file] === undefined ? read(codeCacheFile(folder, file)) : undefined;
    if (cached === undefined) return ofNode(file);
    const module = new (nodeModule as unknown as ModuleConstructor)(file);
    pieces.set(file, module);
    ofNode.cache[file] = module;
    try {
      runModule(module, readFileSync(file, "utf8"), file, loadPiece, cached);
      module.loaded = true;
    } catch (error) {
      pieces.delete(file);
      delete ofNode.cache[file];
      throw error;
    }
    return module.exports;
  };
  const loadPiece = Object.assign(require, ofNode);
  return loadPiece;
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
