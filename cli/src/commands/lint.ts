// aegisc lint: what compiles and is still unwise.
import { LINT_RULES, lintProgram } from "@aegis/compiler";
import type { CommandDefinition } from "../command.ts";
import { UsageError } from "../files/usage-error.ts";
import { terminalLine } from "../output/escape.ts";
import { analyseProject, count, declareLibraryOption } from "../policy-options.ts";
import { declareFindingOptions, reportDiagnostics } from "../report-diagnostics.ts";

export const command: CommandDefinition = {
  declare(command, run) {
    declareLibraryOption(declareFindingOptions(command)).option(
      "--rules",
      "list the rules and their severities, and look at nothing",
    );
    run((io, positional, options) => {
      if (options["rules"] === true) {
        io.out(rulesTable(io.columns));
        return 0;
      }
      const project = analyseProject(io, positional, options);
      const { loaded, analysis, diagnostics } = project;
      const errors = diagnostics.filter((each) => each.severity === "error");
      const unknown = [...loaded.project.lint.keys()].find(
        (name) => !LINT_RULES.some((rule) => rule.name === name),
      );
      if (unknown !== undefined)
        throw new UsageError(
          `aegis.json: there is no lint rule \`${unknown}\``,
          "`aegisc lint --rules` lists them",
        );
      // What does not compile has no meaning that could be unwise.
      const found = errors.length > 0 ? errors : lintProgram(analysis, loaded.project.lint);
      const what = `${count(loaded.sources.length, "file")}, ${count(LINT_RULES.length, "lint rule")}`;
      return reportDiagnostics(io, project, found, options, what);
    });
  },
};

/** A line for each rule; two where the terminal is too narrow for a table. */
function rulesTable(columns: number): string {
  const width = Math.max(...LINT_RULES.map((rule) => rule.name.length));
  const rows = LINT_RULES.map(({ name, severity, doc }) => ({
    head: `${name.padEnd(width)}  ${severity.padEnd(11)}`,
    doc: terminalLine(doc),
  }));
  const fits = rows.every(({ head, doc }) => head.length + 2 + doc.length <= columns);
  return rows.map(({ head, doc }) => (fits ? `${head}  ${doc}\n` : `${head.trimEnd()}\n  ${doc}\n`)).join("");
}
