// How a command is declared: one file a command, one line in the registry.
import type { Command } from "commander";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

/** A line of the registry: what help needs to know. The command's file is read only when the command is asked for. */
export interface CommandEntry {
  /** One word, or two for a command inside a command (`import mcp`). */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: CommandDefinition }>;
}

export interface CommandDefinition {
  /** Declares arguments and options, and what runs: call `run` with an action that gives the exit code. */
  readonly declare: (command: Command, run: (action: Action) => void) => void;
  /** What stands after `--` is a program with its arguments, handed to the action as `program`. */
  readonly takesProgram?: true;
}

/** Gets the positional arguments and options as commander parsed them. */
export type Action = (
  io: Io,
  positional: readonly string[],
  options: Readonly<Record<string, unknown>>,
  /** What stands after `--`, where the command takes a program; else null. */
  program: readonly string[] | null,
) => ExitCode | Promise<ExitCode>;

export const textOption = (options: Readonly<Record<string, unknown>>, name: string): string | null => {
  const value = options[name];
  return typeof value === "string" ? value : null;
};
export const listOption = (options: Readonly<Record<string, unknown>>, name: string): readonly string[] => {
  const value = options[name];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
};
export const flagOption = (options: Readonly<Record<string, unknown>>, name: string): boolean =>
  options[name] === true;
