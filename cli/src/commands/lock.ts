// aegisc lock: pins what manifests say and what wildcards and groups select.
import { join } from "node:path";
import { Option } from "commander";
import type { LockDifference } from "@aegis/compiler";
import { flagOption, textOption, type CommandDefinition } from "../command.ts";
import { EXIT } from "../exit-code.ts";
import { LOCK_FILE_NAME } from "../files/load-project.ts";
import { lockStateOf } from "../locked-project.ts";
import { terminalLine } from "../output/escape.ts";
import { writeOutput } from "../output/write-output.ts";
import { analyseProject, count, declarePolicyOptions, prettyPrinter } from "../policy-options.ts";

export const command: CommandDefinition = {
  declare(command, run) {
    declarePolicyOptions(command)
      .option("--check", "change nothing; exit with 1 when the lock is not up to date")
      .addOption(
        new Option("--format <format>", "how to print").choices(["pretty", "json"]).default("pretty"),
      );
    run((io, positional, options) => {
      const project = analyseProject(io, positional, options);
      // The old lock may be what a diagnostic is about; names that nothing declares are about the sources.
      const errors = project.diagnostics.filter((each) => each.severity === "error");
      const state = lockStateOf(project);
      if (errors.length > 0 && state.differences.length === 0) {
        io.err(
          `${errors.map(prettyPrinter(io, project.analysis.files)).join("\n")}\n${count(errors.length, "error")}; nothing was locked\n`,
        );
        return EXIT.wanting;
      }
      const check = flagOption(options, "check");
      const current = state.old !== null && state.differences.length === 0;
      if (!check && !current) writeOutput(io, join(project.loaded.root, LOCK_FILE_NAME), state.text);
      if (textOption(options, "format") === "json")
        io.out(`${JSON.stringify({ version: 1, current, differences: state.differences }, null, 2)}\n`);
      else io.out(state.differences.map((each) => `${line(each)}\n`).join(""));
      const { actions, manifests } = state.now;
      io.err(
        current
          ? `${LOCK_FILE_NAME} is up to date\n`
          : check
            ? `${LOCK_FILE_NAME} is not up to date: run \`aegisc lock\` when you have looked at the differences\n`
            : `locked ${count(actions.length, "action")} and ${count(manifests.size, "manifest")}\n`,
      );
      return check && !current ? EXIT.wanting : EXIT.ok;
    });
  },
};

export function line({ kind, change, name, added, removed }: LockDifference): string {
  const members = [...added.map((each) => `+${each}`), ...removed.map((each) => `-${each}`)];
  const of = kind === "selection" && members.length > 0 ? `: ${members.join(" ")}` : "";
  return terminalLine(`${change.padEnd(7)} ${kind} ${name}${of}`);
}
