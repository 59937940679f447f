// aegisc check: everything that is wrong with a policy.
import { Option } from "commander";
import { flagOption, textOption, type CommandDefinition } from "../command.ts";
import { EXIT } from "../exit-code.ts";
import { FINDING_FORMATS, isFindingFormat, reportFindings } from "../output/report-findings.ts";
import { writeOutput } from "../output/write-output.ts";
import { analyseProject, count, declarePolicyOptions, prettyPrinter } from "../policy-options.ts";

export const command: CommandDefinition = {
  declare(command, run) {
    declarePolicyOptions(command)
      .addOption(
        new Option("--format <format>", "how to print").choices([...FINDING_FORMATS]).default("pretty"),
      )
      .option("-o, --output <file>", "write to a file instead of standard output")
      .option("--strict", "warnings count as errors")
      .option("--verbose", "print information too: what selectors and `having` select");
    run((io, positional, options) => {
      const { loaded, analysis, diagnostics } = analyseProject(io, positional, options);
      const shown = diagnostics.filter(
        (each) => each.severity !== "information" || flagOption(options, "verbose"),
      );
      const format = textOption(options, "format") ?? "pretty";
      const text = reportFindings(
        shown,
        loaded.sources,
        isFindingFormat(format) ? format : "pretty",
        prettyPrinter(io, analysis.files),
      );
      writeOutput(io, textOption(options, "output"), text);
      const errors = shown.filter((each) => each.severity === "error").length;
      const warnings = shown.filter((each) => each.severity === "warning").length;
      if (format === "pretty") {
        const rules = analysis.checked.rules.length;
        const what = `${count(loaded.sources.length, "file")}, ${count(rules, "rule")}, ${count(analysis.checked.actions.length, "action")}`;
        io.err(
          errors + warnings === 0
            ? `ok: ${what}\n`
            : `\n${count(errors, "error")}, ${count(warnings, "warning")} in ${what}\n`,
        );
      }
      return errors > 0 || (warnings > 0 && flagOption(options, "strict")) ? EXIT.wanting : EXIT.ok;
    });
  },
};
