// Every policy in the repository, and every example of its documentation: the texts that tests damage.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FOLDERS = ["compiler/fixtures", "docs", "examples", "stdlib/src"];

/** In the order of their paths, so that a seed finds the same texts again. */
export const policyTexts = (): readonly string[] => FOLDERS.flatMap((each) => textsIn(join(ROOT, each)));

function textsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["node_modules", "dist"].includes(entry.name) ? [] : textsIn(path);
    if (entry.name.endsWith(".aegis")) return [readFileSync(path, "utf8")];
    if (!entry.name.endsWith(".md")) return [];
    return [...readFileSync(path, "utf8").matchAll(/```aegis\n([\s\S]*?)```/g)].map(
      ([, example = ""]) => example,
    );
  });
}
