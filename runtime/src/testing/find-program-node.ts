// Where tests find the real programs that they compare with; a missing one skips the test, with a message.
import { accessSync, constants } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The file of a program: the environment variable `AEGIS_<NAME>`, else `PATH`, else `.peers/bin` of the repository. */
export function findProgram(name: string): string | undefined {
  const configured = process.env[`AEGIS_${name.toUpperCase()}`];
  const candidates = [
    ...(configured === undefined ? [] : [configured]),
    ...(process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)),
    join(repository, ".peers", "bin", name),
  ];
  return candidates.find(isExecutable);
}

/** Open Policy Agent. */
export const findOpa = (): string | undefined => findProgram("opa");

/** Tells on standard error why tests are skipped; true when they are. */
export function skipsWithout(program: string, found: string | undefined): boolean {
  if (found === undefined) console.warn(`skipped: no ${program} found (set AEGIS_${program.toUpperCase()})`);
  return found === undefined;
}
