// Holds the import rules of docs/architecture.md: packages, layers, siblings, cycles, file headers, sizes and names.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";

/** Which packages a package may import. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  runtime: [],
  stdlib: [],
  compiler: ["runtime", "stdlib"],
  conformance: ["compiler", "runtime", "stdlib"],
  lsp: ["conformance", "compiler", "runtime", "stdlib"],
  cli: ["lsp", "conformance", "compiler", "runtime", "stdlib"],
  "vscode-extension": ["lsp"],
};

/** Layers of a package, lowest first; folders of one entry share a layer and do not import each other. */
const LAYERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  runtime: [
    ["core/types"],
    ["core/values"],
    ["core/digest"],
    ["core/patterns"],
    ["core/request", "core/decision", "core/builtins"],
    ["core/ir"],
    ["core/input"],
    ["core/evaluate"],
    ["core/state", "core/wasm-host"],
    ["core/testing"],
    ["core"],
    ["facts/patterns"],
    ["facts/parsed"],
    ["facts/computed"],
    ["facts"],
    ["testing"],
    ["enforce"],
    [""],
  ],
  compiler: [
    ["source"],
    ["diagnostics"],
    ["syntax"],
    ["manifests"],
    ["frontends"],
    ["format"],
    ["binder"],
    ["resolver"],
    ["checker"],
    ["lint", "lower", "navigate"],
    ["optimize"],
    ["backends"],
    ["bundle", "convert", "lock"],
    ["pipeline", "project"],
    ["testing"],
    [""],
  ],
  lsp: [["host"], ["workspace"], ["features"], ["protocol"], ["testing"], [""]],
};

/** Folders whose subfolders never see each other; a file directly inside (a registry) sees all. */
const SIBLINGS = ["backends", "frontends", "rules", "features", "engines"];
/** What backends and optimizer must not see. */
const IR_ONLY = ["backends", "optimize"];
const HIDDEN_FROM_IR_ONLY = ["syntax", "frontends", "binder", "resolver", "checker", "lower"];
/** Where Node modules may be imported. */
const NODE_ALLOWED = [
  /^(cli|scripts|conformance|e2e|examples|vscode-extension|docs)\//,
  /^lsp\/src\/main\.ts$/,
  /\/testing\//,
  /\.test\.ts$/,
  /-node\.ts$/,
];
/** Files that stand on nothing but our own code: what decides, and what reads the language. */
const OWN_CODE = ["runtime/src/core", "compiler/src/frontends/aegis"];
const MAX_LINES = 500;
const FORBIDDEN_NAMES = /(^|\/)(utils?|helpers?|misc|common)(\.test)?\.ts$/;

export interface Violation {
  readonly file: string;
  readonly message: string;
}

/** Checks a checkout; paths in violations are relative to `root`. */
export function checkArchitecture(root: string): Violation[] {
  const violations: Violation[] = [];
  const graph = new Map<string, readonly string[]>();
  for (const file of [...Object.keys(PACKAGES), "scripts"].flatMap((name) => listSources(root, name))) {
    const text = readFileSync(join(root, file), "utf8");
    violations.push(...checkFile(file, text));
    const local: string[] = [];
    for (const { fileName: specifier } of ts.preProcessFile(text, true, true).importedFiles) {
      const target = specifier.startsWith(".")
        ? normalize(join(dirname(file), specifier))
            .split(sep)
            .join("/")
        : null;
      // AssemblyScript names its modules without an extension.
      if (target !== null) local.push(target.endsWith(".ts") ? target : `${target}.ts`);
      const problem = target === null ? checkPackageImport(file, specifier) : checkLocalImport(file, target);
      if (problem !== null) violations.push({ file, message: problem });
    }
    graph.set(file, local);
  }
  for (const cycle of findCycles(graph)) {
    violations.push({ file: cycle[0] ?? "", message: `import cycle: ${cycle.join(" -> ")}` });
  }
  return violations;
}

function listSources(root: string, folder: string): string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      if (["node_modules", "dist", "fixtures"].includes(entry.name)) continue;
      const child = `${path}/${entry.name}`;
      if (entry.isDirectory()) visit(child);
      else if (entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts")) found.push(child);
    }
  };
  if (statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory()) visit(folder);
  return found;
}

function checkFile(file: string, text: string): Violation[] {
  const found: Violation[] = [];
  const lines = text.split("\n").length;
  if (!/^(#!.*\n)?(\/\/|\/\*)/.test(text)) {
    found.push({ file, message: "the first line must be a comment that says what the file is for" });
  }
  if (lines > MAX_LINES && !/\.(generated|data)\.ts$/.test(file)) {
    found.push({ file, message: `${lines} lines; at most ${MAX_LINES}` });
  }
  if (FORBIDDEN_NAMES.test(file)) found.push({ file, message: "name the file for what it does" });
  if (!/^[a-z0-9.-]+$/.test(file.slice(file.lastIndexOf("/") + 1))) {
    found.push({ file, message: "file names are kebab-case" });
  }
  return found;
}

function checkPackageImport(file: string, specifier: string): string | null {
  const owner = file.slice(0, file.indexOf("/"));
  if (specifier.startsWith("node:")) {
    return NODE_ALLOWED.some((pattern) => pattern.test(file)) ? null : `\`${specifier}\` outside the rim`;
  }
  const target = /^@aegis\/([^/]+)/.exec(specifier)?.[1];
  if (target !== undefined) {
    if (target === owner) return `imports its own package by name: \`${specifier}\``;
    const allowed = PACKAGES[owner];
    return allowed === undefined || allowed.includes(target)
      ? null
      : `\`${owner}\` may not import \`${target}\``;
  }
  const own = OWN_CODE.find((folder) => file.startsWith(`${folder}/`));
  if (own !== undefined && !file.endsWith(".test.ts")) {
    return `${own} has no dependency, but imports \`${specifier}\``;
  }
  return null;
}

function checkLocalImport(file: string, target: string): string | null {
  const owner = file.slice(0, file.indexOf("/"));
  const test = file.endsWith(".test.ts");
  if (!target.startsWith(`${owner}/`)) {
    return test || owner === "scripts" ? null : `relative import into another package: \`${target}\``;
  }
  const layers = LAYERS[owner];
  const prefix = `${owner}/src/`;
  if (layers === undefined || !file.startsWith(prefix) || !target.startsWith(prefix) || test) return null;
  const from = file.slice(prefix.length);
  const to = target.slice(prefix.length);
  const fromLayer = layerOf(from, layers);
  const toLayer = layerOf(to, layers);
  if (fromLayer === null || toLayer === null) {
    return `\`${fromLayer === null ? from : to}\` has no layer; add its folder to scripts/check-architecture.ts`;
  }
  for (const parent of SIBLINGS) {
    const a = siblingUnder(from, parent);
    const b = siblingUnder(to, parent);
    if (a !== null && b !== null && a !== b)
      return `siblings in \`${parent}/\` never see each other: \`${to}\``;
  }
  if (IR_ONLY.includes(fromLayer.folder) && HIDDEN_FROM_IR_ONLY.includes(toLayer.folder)) {
    return `\`${fromLayer.folder}\` sees the IR only, not \`${to}\``;
  }
  if (toLayer.index > fromLayer.index) return `imports upwards: \`${to}\``;
  if (toLayer.index === fromLayer.index && toLayer.folder !== fromLayer.folder) {
    return `\`${fromLayer.folder}\` and \`${toLayer.folder}\` share a layer`;
  }
  return null;
}

function layerOf(
  path: string,
  layers: readonly (readonly string[])[],
): { index: number; folder: string } | null {
  let best: { index: number; folder: string } | null = null;
  layers.forEach((folders, index) => {
    for (const folder of folders) {
      const inside = folder === "" ? !path.includes("/") : path.startsWith(`${folder}/`);
      if (inside && (best === null || folder.length > best.folder.length)) best = { index, folder };
    }
  });
  return best;
}

function siblingUnder(path: string, parent: string): string | null {
  const parts = path.split("/");
  const at = parts.indexOf(parent);
  return at < 0 || at + 2 >= parts.length ? null : (parts[at + 1] ?? null);
}

function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const state = new Map<string, "open" | "done">();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): void => {
    state.set(file, "open");
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      const seen = state.get(next);
      if (seen === "open") cycles.push([...stack.slice(stack.indexOf(next)), next]);
      else if (seen === undefined) visit(next);
    }
    stack.pop();
    state.set(file, "done");
  };
  for (const file of graph.keys()) if (!state.has(file)) visit(file);
  return cycles;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = process.argv[2] ?? process.cwd();
  const violations = checkArchitecture(root);
  for (const violation of violations) {
    console.error(`${relative(".", join(root, violation.file))}: ${violation.message}`);
  }
  if (violations.length > 0) process.exit(1);
  console.log("architecture: ok");
}
