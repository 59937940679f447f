// Peers that take a JSON document a line and answer a line each (conformance/drivers).
import { findProgram } from "@aegis/runtime/testing";
import { runProgram } from "./run-program.ts";

export const driverMissing = (name: string): string | null =>
  findProgram(name) === undefined ? `no ${name} found (scripts/install-peers.ts builds it)` : null;

export async function askDriver(
  name: string,
  args: readonly string[],
  requests: readonly string[],
): Promise<unknown[]> {
  // Line breaks may stand between tokens of JSON text, where a space does as well.
  const lines = requests.map((text) => `${text.replace(/[\r\n]/g, " ")}\n`);
  const output = await runProgram(findProgram(name) ?? name, args, lines.join(""));
  return output
    .split("\n")
    .slice(0, requests.length)
    .map((line): unknown => JSON.parse(line));
}
