// The peers of the benchmark: in a package of their own, so that installing the project stays quick; and their versions.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const HERE = import.meta.dirname;
const ROOT = join(HERE, "../..");

/** Null when they are there, else why not: the run goes on without those that are missing. */
export function installPeers(): string | null {
  const { dependencies = {} } = wanted();
  const installed = Object.entries(dependencies).every(
    ([name, version]) => versionIn(join(HERE, "node_modules", name))?.version === version,
  );
  if (installed) return null;
  console.error("installing the peers …");
  try {
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: HERE,
      stdio: "inherit",
    });
    return null;
  } catch (error) {
    return `the peers cannot be installed (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** Of everything that may be compared and is here. */
export function versionsOfPeers(): Readonly<Record<string, string>> {
  const { dependencies = {}, optionalDependencies = {} } = wanted();
  const own = Object.keys({ ...dependencies, ...optionalDependencies }).map((name) =>
    join(HERE, "node_modules", name),
  );
  const found = [...own, join(ROOT, "node_modules/@open-policy-agent/opa-wasm")].flatMap((folder) => {
    const told = versionIn(folder);
    return told === null ? [] : [[told.name, told.version] as const];
  });
  return Object.fromEntries([["aegis", versionOfAegis()], ...found, ...opaVersion()]);
}

const versionOfAegis = (): string => versionIn(ROOT)?.version ?? "unknown";

type Dependencies = Readonly<
  Partial<Record<"dependencies" | "optionalDependencies", Record<string, string>>>
>;

const wanted = (): Dependencies =>
  JSON.parse(readFileSync(join(HERE, "package.json"), "utf8")) as Dependencies;

function versionIn(folder: string): { readonly name: string; readonly version: string } | null {
  const file = join(folder, "package.json");
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as { readonly name: string; readonly version: string })
    : null;
}

function opaVersion(): readonly (readonly [string, string])[] {
  const opa = opaProgram();
  if (opa === null) return [];
  const told = execFileSync(opa, ["version"], { encoding: "utf8", timeout: 20_000 });
  return [["opa", /Version:\s*(\S+)/.exec(told)?.[1] ?? "unknown"]];
}

/** Named by `AEGIS_OPA`, or where `scripts/install-peers.ts` puts it. */
export function opaProgram(): string | null {
  const places = [process.env["AEGIS_OPA"], join(ROOT, ".peers/bin/opa")];
  return places.find((place) => place !== undefined && existsSync(place)) ?? null;
}
