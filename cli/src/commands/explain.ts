// aegisc explain: why a request is decided as it is.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Option } from "commander";
import { explain } from "@aegis/conformance";
import { textOption, type CommandDefinition } from "../command.ts";
import { EXIT } from "../exit-code.ts";
import { decodeText, MAX_SOURCE_BYTES, readText } from "../files/read-file.ts";
import { UsageError } from "../files/usage-error.ts";
import { wantsColour } from "../io.ts";
import { writePrettyExplanation } from "../output/pretty-explanation.ts";
import { writeOutput } from "../output/write-output.ts";
import { compileProject, declarePolicyOptions } from "../policy-options.ts";

export const command: CommandDefinition = {
  declare(command, run) {
    declarePolicyOptions(command)
      .requiredOption("--input <file>", "a request: one JSON document (`-` is standard input)")
      .addOption(
        new Option("--format <format>", "how to print").choices(["pretty", "json"]).default("pretty"),
      )
      .option("-o, --output <file>", "write to a file instead of standard output");
    run((io, positional, options) => {
      const project = compileProject(io, positional, options);
      if (project === null) return EXIT.wanting;
      const path = textOption(options, "input") ?? "-";
      const text =
        path === "-"
          ? decodeText("standard input", readFileSync(0))
          : readText(resolve(io.cwd, path), MAX_SOURCE_BYTES);
      let request: unknown;
      try {
        request = JSON.parse(text);
      } catch {
        throw new UsageError(
          `\`${path}\` is not one JSON document`,
          "`aegisc eval` takes many requests, one a line",
        );
      }
      const explanation = explain(project.compilation, project.analysis.files, request);
      const { files } = project.analysis;
      const json = textOption(options, "format") === "json";
      writeOutput(
        io,
        textOption(options, "output"),
        json
          ? `${JSON.stringify({ version: 1, ...explanation }, null, 2)}\n`
          : writePrettyExplanation(explanation, files, wantsColour(io)),
      );
      return EXIT.ok;
    });
  },
};
