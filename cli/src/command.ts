// How a command is declared: one file a command, one line in the registry.
import type { Command } from "commander";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

export interface CommandDefinition {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Declares arguments and options, and what runs: call `run` with an action that gives the exit code. */
  readonly declare: (command: Command, run: (action: Action) => void) => void;
}

/** Gets the positional arguments and options as commander parsed them. */
export type Action = (
  io: Io,
  positional: readonly string[],
  options: Readonly<Record<string, unknown>>,
) => ExitCode | Promise<ExitCode>;

export const textOption = (options: Readonly<Record<string, unknown>>, name: string): string | null => {
  const value = options[name];
  return typeof value === "string" ? value : null;
};
export const flagOption = (options: Readonly<Record<string, unknown>>, name: string): boolean =>
  options[name] === true;
