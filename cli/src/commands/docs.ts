// aegisc docs: what a project declares, or the standard library, for people to read.
import { Option } from "commander";
import { analyse, SourceFile, NO_INPUTS } from "@aegis/compiler";
import { stdlibModules } from "@aegis/stdlib";
import { flagOption, textOption, type CommandDefinition } from "../command.ts";
import { documentOf, type ProjectDocument } from "../document/document.ts";
import { writeMarkdown } from "../document/write-markdown.ts";
import { EXIT } from "../exit-code.ts";
import { writeOutput } from "../output/write-output.ts";
import { analyseProject, count, declarePolicyOptions, prettyPrinter } from "../policy-options.ts";

export const command: CommandDefinition = {
  declare(command, run) {
    declarePolicyOptions(command)
      .option("--library", "document the standard library instead of a policy")
      .addOption(
        new Option("--format <format>", "how to print").choices(["markdown", "json"]).default("markdown"),
      )
      .option("-o, --output <file>", "write to a file instead of standard output");
    run((io, positional, options) => {
      const print = (document: ProjectDocument): void => {
        const json = textOption(options, "format") === "json";
        const text = json ? `${JSON.stringify(document, null, 2)}\n` : writeMarkdown(document);
        writeOutput(io, textOption(options, "output"), text);
      };
      if (flagOption(options, "library")) {
        print(libraryDocument());
        return EXIT.ok;
      }
      const { analysis, diagnostics } = analyseProject(io, positional, options);
      const errors = diagnostics.filter((each) => each.severity === "error");
      if (errors.length > 0) {
        io.err(
          `${errors.map(prettyPrinter(io, analysis.files)).join("\n")}\n${count(errors.length, "error")}; nothing was documented\n`,
        );
        return EXIT.wanting;
      }
      print(documentOf(analysis));
      return EXIT.ok;
    });
  },
};

/** Every module of the library, as its own sources. */
function libraryDocument(): ProjectDocument {
  const sources = [...stdlibModules].map(([name, text]) => new SourceFile(`std:${name}.aegis`, text));
  return documentOf(analyse(sources, NO_INPUTS));
}
