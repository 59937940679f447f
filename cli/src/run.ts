// Runs one command line: parses it, calls the command, and turns what happened into an exit code.
import { Command, CommanderError } from "commander";
import type { CommandDefinition } from "./command.ts";
import { commands } from "./command-registry.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { UsageError } from "./files/usage-error.ts";
import { Interrupted } from "./interrupted.ts";
import type { Io } from "./io.ts";
import { terminalText } from "./output/escape.ts";
import { VERSION } from "./version.ts";

/** `argv` without the program's name. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const asked = askedFor(argv);
    const definition = asked === undefined ? undefined : (await asked.load()).command;
    const loaded = new Map(asked === undefined || definition === undefined ? [] : [[asked.name, definition]]);
    const cut = definition?.takesProgram === true ? argv.indexOf("--") : -1;
    const program = createProgram(io, loaded, cut < 0 ? null : argv.slice(cut + 1));
    await program.command.parseAsync(cut < 0 ? [...argv] : argv.slice(0, cut), { from: "user" });
    return program.exit();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof Interrupted) return EXIT.interrupted;
    if (error instanceof UsageError) {
      const help = error.help === null ? "" : `  ${terminalText(error.help)}\n`;
      io.err(`aegisc: ${terminalText(error.message)}\n${help}`);
      return EXIT.usage;
    }
    const debug = Boolean(io.env["AEGIS_DEBUG"]);
    const text = !(error instanceof Error)
      ? "unknown"
      : debug
        ? (error.stack ?? error.message)
        : error.message;
    const report = "please report this; AEGIS_DEBUG=1 shows where it happened";
    io.err(`aegisc: internal error: ${terminalText(text)}\n  ${report}\n`);
    return EXIT.usage;
  }
}

/** The entry whose name the words begin with; `help NAME` asks for the same. */
function askedFor(argv: readonly string[]): (typeof commands)[number] | undefined {
  const words = argv.filter((each) => !each.startsWith("-"));
  const from = words[0] === "help" ? 1 : 0;
  return commands.find(({ name }) => name === words.slice(from, from + name.split(" ").length).join(" "));
}

/** The whole command line. Only `loaded` commands know their arguments; the others are there for help and suggestions. */
export function createProgram(
  io: Io,
  loaded: ReadonlyMap<string, CommandDefinition>,
  trailing: readonly string[] | null,
): { readonly command: Command; readonly exit: () => ExitCode } {
  let exit: ExitCode = EXIT.ok;
  const root = new Command("aegisc")
    .description("The compiler and test toolkit of the Aegis policy language: what AI agents may do.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .showSuggestionAfterError()
    .showHelpAfterError("(run `aegisc help` for the list of commands)")
    .configureHelp({ minWidthToWrap: 12 })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(terminalText(text)),
      getErrHelpWidth: () => io.columns,
      getOutHelpWidth: () => io.columns,
    });
  for (const { name, summary } of commands) {
    const command = place(root, name)
      .description(summary)
      .showHelpAfterError(`(run \`aegisc help ${name}\` for what it takes)`);
    loaded.get(name)?.declare(command, (action) => {
      command.action(async (...received: unknown[]) => {
        const positional = received
          .slice(0, -2)
          .flat()
          .filter((each): each is string => typeof each === "string");
        exit = await action(io, positional, command.opts(), trailing);
      });
    });
  }
  return { command: root, exit: () => exit };
}

/** The (sub)command of a name; the outer one of two words is made when it is not there yet. Settings are inherited. */
function place(root: Command, name: string): Command {
  const [word = "", ...inner] = name.split(" ");
  if (inner.length === 0) return root.command(word);
  const outer =
    root.commands.find((each) => each.name() === word) ??
    root.command(word).description(`${word} from elsewhere`).helpCommand(false);
  return place(outer, inner.join(" "));
}
