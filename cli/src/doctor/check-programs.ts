// The programs around aegisc: Node itself, and peers that some commands and tests use.
import { spawnSync } from "node:child_process";
import type { Io } from "../io.ts";
import { terminalLine } from "../output/escape.ts";
import { bad, good, note, type Checkup } from "./checkup.ts";

const LOWEST_NODE = [20, 11] as const;

/** `version` as `process.versions.node`. */
export function checkNode(version: string): Checkup {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const enough = major > LOWEST_NODE[0] || (major === LOWEST_NODE[0] && minor >= LOWEST_NODE[1]);
  return enough
    ? good("node", `Node ${version}`)
    : bad("node", `Node ${version} is too old`, `install Node ${LOWEST_NODE.join(".")} or later`);
}

/** First line of what a program says; null when it is not there, fails or does not answer within five seconds. */
export function sayVersion(io: Io, program: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync(program, [...args], {
    cwd: io.cwd,
    encoding: "utf8",
    timeout: 5000,
    shell: false,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? terminalLine(stdout.split("\n")[0]?.trim() ?? "") : null;
}

export function checkOpa(io: Io): Checkup {
  const said = sayVersion(io, io.env["AEGIS_OPA"] ?? "opa", ["version"]);
  if (said === null)
    return note(
      "opa",
      "no opa found",
      "only `--engine rego` and comparisons need it: put opa 1.0 or later into PATH, or name it in AEGIS_OPA",
    );
  const major = Number(/(\d+)\./.exec(said)?.[1] ?? 0);
  return major >= 1
    ? good("opa", said)
    : note("opa", `${said} is too old for Rego v1`, "install opa 1.0 or later");
}
