// Which engines a command compares: all that run here, or those named.
import type { Command } from "commander";
import type { ConformanceEngine } from "@aegis/conformance";
import { UsageError } from "./files/usage-error.ts";
import type { Io } from "./io.ts";

export const declareConformOptions = (command: Command): Command =>
  command.option("--engines <engines>", "names with commas between, or `all` that run here", "all");

/** The reference first. Engines that are missing are told for `all`, and an error where they are named. */
export function enginesOf(
  io: Io,
  names: string,
  known: ReadonlyMap<string, ConformanceEngine>,
): readonly ConformanceEngine[] {
  const ids = names === "all" ? [...known.keys()] : names.split(",");
  const chosen = ids.flatMap((id) => {
    const engine = known.get(id);
    if (engine === undefined)
      throw new UsageError(`there is no engine \`${id}\``, `engines are ${[...known.keys()].join(", ")}`);
    const missing = engine.missing();
    if (missing === null) return [engine];
    if (names !== "all") throw new UsageError(`engine \`${id}\`: ${missing}`);
    io.err(`left out: ${id}: ${missing}\n`);
    return [];
  });
  const reference = known.get("reference");
  return [...(reference === undefined ? [] : [reference]), ...chosen.filter((each) => each !== reference)];
}
