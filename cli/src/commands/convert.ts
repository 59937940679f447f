// aegisc convert: a policy from Aegis to YAML and back; what the other form cannot say is told.
import { Option } from "commander";
import {
  absentReads,
  convertToAegis,
  convertToYaml,
  frontEndOf,
  standardLibrary,
  yamlEnvironment,
  type Diagnostic,
} from "@aegis/compiler";
import { listOption, textOption, type CommandDefinition } from "../command.ts";
import { EXIT } from "../exit-code.ts";
import { UsageError } from "../files/usage-error.ts";
import { terminalText } from "../output/escape.ts";
import { writeOutput } from "../output/write-output.ts";
import { analyseProject, count, prettyPrinter } from "../policy-options.ts";
import { repeatable } from "../repeatable.ts";

const FORMS = ["aegis", "yaml"] as const;

export const command: CommandDefinition = {
  declare(command, run) {
    command
      .argument("<policy>", "one file; `-` is standard input")
      .addOption(new Option("--to <form>", "what to write (default: the other form)").choices([...FORMS]))
      .addOption(
        repeatable(
          "--with <policy>",
          "a file that it needs to be understood, such as the rest of its package",
        ),
      )
      .option("-o, --output <file>", "write to a file instead of standard output");
    run((io, [path = ""], options) => {
      const to = textOption(options, "to");
      if (path === "-" && to === null)
        throw new UsageError("what is on standard input?", "say what to write: --to yaml or --to aegis");
      const others = listOption(options, "with");
      const stdin = to === "aegis" ? "<stdin>.yaml" : "<stdin>.aegis";
      const { analysis, loaded } = analyseProject(io, [path, ...others], { ...options, stdinName: stdin });
      const errors = analysis.diagnostics.filter((each) => each.severity === "error");
      const show = prettyPrinter(io, analysis.files);
      if (errors.length > 0) {
        io.err(`${errors.map(show).join("\n")}\n${count(errors.length, "error")}; nothing was converted\n`);
        return EXIT.wanting;
      }
      const file =
        loaded.sources.find((each) => each.path === path.replaceAll("\\", "/")) ?? loaded.sources[0];
      const module = analysis.modules.find((each) => each.file === file?.path);
      if (module === undefined) throw new UsageError(`\`${path}\` is no policy`);
      const from = frontEndOf(module.file).name;
      if (from === to) throw new UsageError(`\`${path}\` is ${from} already`, "`aegisc fmt` formats it");
      const lost: readonly Diagnostic[] = [];
      const converted =
        from === "yaml"
          ? { text: convertToAegis(module, absentReads(analysis.checked)), unsupported: lost }
          : convertToYaml(module, yamlEnvironment(standardLibrary));
      const output = textOption(options, "output");
      writeOutput(io, output, output === null ? terminalText(converted.text) : converted.text);
      if (converted.unsupported.length === 0) return EXIT.ok;
      io.err(
        `${converted.unsupported.map(show).join("\n")}\n${count(converted.unsupported.length, "declaration")} could not be converted and must be kept beside it\n`,
      );
      return EXIT.wanting;
    });
  },
};
