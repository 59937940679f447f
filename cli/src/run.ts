// Runs one command line: parses it, calls the command, and turns what happened into an exit code.
import { Command, CommanderError } from "commander";
import type { Action } from "./command.ts";
import { commands } from "./command-registry.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { UsageError } from "./files/usage-error.ts";
import type { Io } from "./io.ts";
import { terminalText } from "./output/escape.ts";
import { VERSION } from "./version.ts";

/** `argv` without the program's name. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exit: ExitCode = EXIT.ok;
  const program = new Command("aegisc")
    .description("The compiler and test toolkit of the Aegis policy language: what AI agents may do.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .showSuggestionAfterError()
    .showHelpAfterError("(run `aegisc help` for the list of commands)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(terminalText(text)),
      getErrHelpWidth: () => io.columns,
      getOutHelpWidth: () => io.columns,
    });
  for (const definition of commands) {
    const command = program.command(definition.name).description(definition.summary).exitOverride();
    command.configureOutput(program.configureOutput());
    definition.declare(command, (action: Action) => {
      command.action(async (...received: unknown[]) => {
        const positional = received
          .slice(0, -2)
          .flat()
          .filter((each): each is string => typeof each === "string");
        exit = await action(io, positional, command.opts());
      });
    });
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof UsageError) {
      io.err(
        `aegisc: ${terminalText(error.message)}\n${error.help === null ? "" : `  ${terminalText(error.help)}\n`}`,
      );
      return EXIT.usage;
    }
    const text =
      error instanceof Error
        ? io.env["AEGIS_DEBUG"]
          ? (error.stack ?? error.message)
          : error.message
        : "unknown";
    io.err(
      `aegisc: internal error: ${terminalText(text)}\n  please report this; AEGIS_DEBUG=1 shows where it happened\n`,
    );
    return EXIT.usage;
  }
}
