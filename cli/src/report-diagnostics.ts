// How `check` and `lint` tell what they found: in the format asked for, with a last line for people and the exit code.
import { Option, type Command } from "commander";
import type { Diagnostic } from "@aegis/compiler";
import { flagOption, textOption } from "./command.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { FINDING_FORMATS, isFindingFormat, reportFindings } from "./output/report-findings.ts";
import { writeOutput } from "./output/write-output.ts";
import {
  count,
  declarePolicyOptions,
  prettyPrinter,
  type AnalysedProject,
  type Options,
} from "./policy-options.ts";

export const declareFindingOptions = (command: Command): Command =>
  declarePolicyOptions(command)
    .addOption(
      new Option("--format <format>", "how to print").choices([...FINDING_FORMATS]).default("pretty"),
    )
    .option("-o, --output <file>", "write to a file instead of standard output")
    .option("--strict", "warnings count as errors")
    .option("--verbose", "print information too, which needs nothing to be done");

/** `what` names what was looked at, for people. Errors, and with --strict warnings, are found wanting. */
export function reportDiagnostics(
  io: Io,
  { loaded, analysis }: AnalysedProject,
  diagnostics: readonly Diagnostic[],
  options: Options,
  what: string,
): ExitCode {
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
  if (format === "pretty")
    io.err(
      errors + warnings === 0
        ? `ok: ${what}\n`
        : `\n${count(errors, "error")}, ${count(warnings, "warning")} in ${what}\n`,
    );
  return errors > 0 || (warnings > 0 && flagOption(options, "strict")) ? EXIT.wanting : EXIT.ok;
}
