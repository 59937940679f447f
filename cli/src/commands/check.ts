// aegisc check: everything that is wrong with a policy.
import type { CommandDefinition } from "../command.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { lockNotice } from "../locked-project.ts";
import { optimisingLate } from "../optimise-late.ts";
import { analyseProject, count, declareLibraryOption, type Options } from "../policy-options.ts";
import { declareFindingOptions, reportDiagnostics } from "../report-diagnostics.ts";

export const command: CommandDefinition = {
  declare(command, run) {
    declareLibraryOption(declareFindingOptions(command));
    run((io, positional, options) => optimisingLate(() => check(io, positional, options)));
  },
};

function check(io: Io, positional: readonly string[], options: Options): ExitCode {
  const project = analyseProject(io, positional, options);
  const { rules, actions } = project.analysis.checked;
  const what = `${count(project.loaded.sources.length, "file")}, ${count(rules.length, "rule")}, ${count(actions.length, "action")}`;
  const exit = reportDiagnostics(io, project, project.diagnostics, options, what);
  const notice = lockNotice(project, positional);
  if (notice !== null) io.err(`note: ${notice}\n`);
  return exit;
}
