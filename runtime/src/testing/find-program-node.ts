// Where tests find the real programs that they compare with; a missing one skips the test, with a message.
// With `AEGIS_PEERS=required`, as in continuous integration, a missing one that .ci/peers.json installs is an error.
import { accessSync, constants, readFileSync } from "node:fs";
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
  const found = candidates.find(isExecutable);
  if (found === undefined && isRequired(name))
    throw new Error(`no ${name} found, and AEGIS_PEERS=required: run scripts/install-peers.ts`);
  return found;
}

function isRequired(name: string): boolean {
  if (process.env["AEGIS_PEERS"] !== "required") return false;
  const { peers, unobtainable } = JSON.parse(
    readFileSync(join(repository, ".ci", "peers.json"), "utf8"),
  ) as Record<"peers" | "unobtainable", readonly { readonly name: string }[]>;
  const names = (list: readonly { readonly name: string }[]): boolean =>
    list.some((each) => each.name === name);
  return names(peers) && !names(unobtainable);
}

/** Open Policy Agent. */
export const findOpa = (): string | undefined => findProgram("opa");

/** Tells on standard error why tests are skipped; true when they are. */
export function skipsWithout(program: string, found: string | undefined): boolean {
  if (found === undefined) console.warn(`skipped: no ${program} found (set AEGIS_${program.toUpperCase()})`);
  return found === undefined;
}
