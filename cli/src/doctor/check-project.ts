// The project in this folder: its file, its policies, its lock.
import { join } from "node:path";
import { parseProjectFile, PROJECT_FILE_NAME, type ProjectFile } from "@aegis/compiler";
import { decodeText, MAX_SOURCE_BYTES, readBytes } from "../files/read-file.ts";
import { UsageError } from "../files/usage-error.ts";
import type { Io } from "../io.ts";
import { lockStateOf } from "../locked-project.ts";
import { terminalLine } from "../output/escape.ts";
import { analyseProject, count } from "../policy-options.ts";
import { bad, good, note, type Checkup } from "./checkup.ts";

/** `project` is null where there is none, or a broken one. */
export function checkProject(io: Io): {
  readonly project: ProjectFile | null;
  readonly found: readonly Checkup[];
} {
  const bytes = readBytes(join(io.cwd, PROJECT_FILE_NAME), MAX_SOURCE_BYTES);
  if (bytes === null)
    return {
      project: null,
      found: [note("project", `no ${PROJECT_FILE_NAME} in this folder`, "`aegisc init` begins a project")],
    };
  const { project, diagnostics } = parseProjectFile(PROJECT_FILE_NAME, decodeText(PROJECT_FILE_NAME, bytes));
  if (project === null)
    return {
      project,
      found: [
        bad(
          "project",
          `${PROJECT_FILE_NAME}: ${terminalLine(diagnostics[0]?.message ?? "is broken")}`,
          "mend it; `aegisc check` shows every mistake",
        ),
      ],
    };
  try {
    return {
      project,
      found: [good("project", `${PROJECT_FILE_NAME} of \`${project.name}\``), ...checkPolicies(io)],
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return {
      project,
      found: [bad("policies", terminalLine(error.message), error.help ?? "see `aegisc check`")],
    };
  }
}

function checkPolicies(io: Io): readonly Checkup[] {
  const analysed = analyseProject(io, [], {});
  const errors = analysed.diagnostics.filter((each) => each.severity === "error").length;
  const files = count(analysed.loaded.sources.length, "policy file");
  const policies =
    errors === 0
      ? good("policies", `${files}, ${count(analysed.analysis.checked.rules.length, "rule")}`)
      : bad("policies", `${count(errors, "error")} in ${files}`, "see `aegisc check`");
  const { old, differences } = lockStateOf(analysed);
  const lock =
    old === null
      ? note(
          "lock",
          "no aegis.lock: wildcards and groups take in whatever is declared",
          "run `aegisc lock`, and keep the file in git",
        )
      : differences.length === 0
        ? good("lock", "aegis.lock is up to date")
        : bad(
            "lock",
            `aegis.lock is not up to date (${count(differences.length, "difference")})`,
            "see `aegisc lock --check`, then run `aegisc lock`",
          );
  return [policies, lock];
}
