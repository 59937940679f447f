// An esbuild plugin: names imported through an index file come from the file that defines them, so that code splits.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Plugin } from "esbuild";

const root = join(import.meta.dirname, "..");
const IMPORT = /^import (type )?\{([^}]*)\} from "([^"]+)";$/gm;
const EXPORT = /^export (type )?(?:\{([^}]*)\}|\*) from "([^"]+)";$/gm;

interface Named {
  readonly outer: string;
  readonly inner: string;
}

const textOf = new Map<string, string>();
function read(path: string): string {
  const known = textOf.get(path) ?? readFileSync(path, "utf8");
  textOf.set(path, known);
  return known;
}

/** `a, type B, c as d`: types are left out. */
const namesOf = (list: string): Named[] =>
  list
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "" && !each.startsWith("type "))
    .map((each) => {
      const [inner = "", outer = inner] = each.split(" as ");
      return { inner, outer };
    });

/** The source file of an import of our own code; null for any other. */
function sourceOf(specifier: string, importer: string): string | null {
  if (specifier.startsWith(".")) {
    const path = resolve(dirname(importer), specifier);
    return path.endsWith(".ts") && existsSync(path) ? path : null;
  }
  const [, name, rest = ""] = /^@aegis\/([a-z]+)(\/.*)?$/.exec(specifier) ?? [];
  if (name === undefined) return null;
  const { exports } = JSON.parse(read(join(root, name, "package.json"))) as {
    readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  };
  const entry = exports?.[`.${rest}`];
  const source = typeof entry === "object" ? entry["@aegis/source"] : undefined;
  return source === undefined ? null : join(root, name, source);
}

/** Where an index file has a name from: the file that defines it and what it is called there. */
function definitionOf(name: string, index: string): { readonly file: string; readonly name: string } | null {
  for (const [, type, list, from = ""] of read(index).matchAll(EXPORT)) {
    const file = sourceOf(from, index);
    if (type !== undefined || file === null) continue;
    const found = list === undefined ? name : namesOf(list).find((each) => each.outer === name)?.inner;
    if (found === undefined) continue;
    const deeper = definitionOf(found, file);
    if (deeper !== null) return deeper;
    if (list !== undefined || defines(file, found)) return { file, name: found };
  }
  return null;
}

const defines = (file: string, name: string): boolean =>
  new RegExp(`^export (?:abstract |async )*(?:const|let|function\\*?|class) ${name}\\b`, "m").test(
    read(file),
  );

function rewrite(text: string, importer: string): string {
  return text.replace(IMPORT, (statement, type: string | undefined, list: string, specifier: string) => {
    const index = type === undefined ? sourceOf(specifier, importer) : null;
    if (index === null) return statement;
    const lines = namesOf(list).map(({ inner, outer }) => {
      const found = definitionOf(inner, index);
      const name = found?.name ?? inner;
      return `import { ${name === outer ? name : `${name} as ${outer}`} } from ${JSON.stringify(found?.file ?? specifier)};`;
    });
    return lines.join(" ");
  });
}

/** For programs: a library keeps its own index files. */
export const directImports: Plugin = {
  name: "direct-imports",
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) =>
      path.startsWith(root) && !path.includes("node_modules")
        ? { contents: rewrite(read(path), path), loader: "ts" }
        : undefined,
    );
  },
};
