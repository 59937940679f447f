// Finds and runs the reference OPA for tests; nothing that ships uses it.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** `AEGIS_OPA`, then `.peers/bin` of this checkout (see scripts/install-peers.sh), then PATH. */
export function findPeer(name: "opa" | "regal"): string | undefined {
  const named = process.env[`AEGIS_${name.toUpperCase()}`];
  const folders = [
    join(import.meta.dirname, "../.peers/bin"),
    ...(process.env["PATH"] ?? "").split(delimiter).filter((each) => each !== ""),
  ];
  return [named, ...folders.map((folder) => join(folder, name))].find(
    (path) => path !== undefined && path !== "" && existsSync(path),
  );
}

export const OPA = findPeer("opa");
/** For `describe.skipIf(OPA === undefined)`: how to get it. */
export const OPA_MISSING = "OPA not found: run scripts/install-peers.sh or set AEGIS_OPA";

/** Standard output of `opa ARGS`; memory and time are bounded, as some inputs never end. Throws when it fails. */
export function runOpa(args: readonly string[], input = ""): string {
  if (OPA === undefined) throw new Error(OPA_MISSING);
  return execFileSync(OPA, args, {
    input,
    encoding: "utf8",
    timeout: 60_000,
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, GOMEMLIMIT: "1GiB" },
  });
}

/** Exit status and all output of `opa ARGS`, also when it fails. */
export function tryOpa(args: readonly string[], input = ""): { status: number | null; output: string } {
  if (OPA === undefined) throw new Error(OPA_MISSING);
  const { status, stdout, stderr } = spawnSync(OPA, args, { input, encoding: "utf8", timeout: 60_000 });
  return { status, output: `${stdout}${stderr}` };
}
