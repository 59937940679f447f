// aegisc fmt: formats policies in place, or says which are not formatted.
import { formatText } from "@aegis/compiler";
import { flagOption, type CommandDefinition } from "../command.ts";
import { EXIT } from "../exit-code.ts";
import { loadProject } from "../files/load-project.ts";
import { lockedActionsOf } from "../files/lock-file.ts";
import { terminalLine } from "../output/escape.ts";
import { writeOutput } from "../output/write-output.ts";
import { count, prettyPrinter } from "../policy-options.ts";

export const command: CommandDefinition = {
  declare(command, run) {
    command
      .argument(
        "[policy...]",
        "files, folders or globs; `-` formats standard input to standard output; none: the project",
      )
      .option("--check", "change nothing; exit with 1 when a file is not formatted");
    run((io, positional, options) => {
      const { sources } = loadProject(
        { cwd: io.cwd, paths: positional, environment: null, now: null },
        lockedActionsOf,
      );
      const check = flagOption(options, "check");
      const onlyStdin = positional.every((each) => each === "-") && positional.length > 0;
      const files = new Map(sources.map((each) => [each.path, each]));
      const aegis = sources.filter((each) => each.path.endsWith(".aegis"));
      let broken = 0;
      const changed: string[] = [];
      for (const source of aegis) {
        const { text, diagnostics } = formatText(source);
        if (diagnostics.some((each) => each.severity === "error")) {
          io.err(diagnostics.map(prettyPrinter(io, files)).join("\n"));
          broken += 1;
        } else if (source.path.startsWith("<stdin>") && !check) io.out(text);
        else if (text !== source.text) {
          changed.push(source.path);
          if (!check) writeOutput(io, source.path, text);
        }
      }
      if (onlyStdin && !check) return broken > 0 ? EXIT.wanting : EXIT.ok;
      for (const path of changed) io.out(`${terminalLine(path)}\n`);
      const verb = check ? "would change" : "formatted";
      io.err(`${verb} ${count(changed.length, "file")} of ${aegis.length}\n`);
      return broken > 0 || (check && changed.length > 0) ? EXIT.wanting : EXIT.ok;
    });
  },
};
