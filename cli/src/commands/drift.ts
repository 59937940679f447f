// aegisc drift: what a server's changed list of tools does to the policy that is written for it.
import { resolve } from "node:path";
import { drift, policyUsage, readManifest, type DriftFinding } from "@aegis/compiler";
import { Option } from "commander";
import { textOption, type CommandDefinition } from "../command.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { readText } from "../files/read-file.ts";
import { UsageError } from "../files/usage-error.ts";
import type { Io } from "../io.ts";
import { askServer, MAX_MANIFEST_BYTES } from "../ask-server.ts";
import { lockStateOf } from "../locked-project.ts";
import { terminalLine } from "../output/escape.ts";
import { analyseProject, count, type AnalysedProject, type Options } from "../policy-options.ts";
import { line } from "./lock.ts";

const FAIL_ON = ["loosened", "any"] as const;

export const command: CommandDefinition = {
  takesProgram: true,
  declare(command, run) {
    command
      .argument(
        "[manifest]",
        "the new manifest; or give the server's command after `--`; neither: what has changed since aegis.lock",
      )
      .usage("[options] [MANIFEST] | [options] --name NAME -- COMMAND [ARGUMENT...]")
      .option("--name <name>", "which `tools` of the policy it is about (default: the only one)")
      .option("--timeout <seconds>", "how long the live server may take", "30")
      .addOption(
        new Option("--fail-on <what>", "exit with 1 on this").choices([...FAIL_ON]).default("loosened"),
      )
      .addOption(
        new Option("--format <format>", "how to print").choices(["pretty", "json"]).default("pretty"),
      );
    run(async (io, [file], options, program) => {
      const project = analyseProject(io, [], options);
      if (file === undefined && program === null) return sinceLock(io, project, options);
      const { manifest: path, from, wire } = toolsOf(project, textOption(options, "name"));
      const kept = project.loaded.inputs.readManifest(from, path);
      if (!kept.ok)
        throw new UsageError(`\`${path}\`: ${kept.reason}`, "import the server first: `aegisc import mcp`");
      const text =
        file === undefined
          ? (await askServer(io, program ?? [], options)).manifest
          : readText(resolve(io.cwd, file.split("#/")[0] ?? file), MAX_MANIFEST_BYTES);
      const usage = policyUsage(project.analysis.resolved);
      const findings = drift(readManifest(kept.text, path), readManifest(text, file ?? path), wire, usage);
      return tell(io, findings, options);
    });
  },
};

interface ToolsItem {
  readonly manifest: string;
  /** The file that names it. */
  readonly from: string;
  readonly wire: string;
}

function toolsOf({ analysis }: AnalysedProject, name: string | null): ToolsItem {
  const all = analysis.modules.flatMap((module) =>
    module.items.flatMap((item) =>
      item.kind === "tools"
        ? [{ name: item.name.text, manifest: item.manifest.value, from: module.file, wire: item.name.text }]
        : [],
    ),
  );
  const named = name === null ? all : all.filter((each) => each.name === name);
  const [first, second] = named;
  const known = all.map((each) => each.name).join(", ");
  if (first === undefined)
    throw new UsageError(
      name === null
        ? "no policy of this project uses a manifest"
        : `no \`tools … as ${name}\` in this project`,
      known === "" ? 'declare one: `tools "x.tools.json" as x`' : `there are: ${known}`,
    );
  if (second !== undefined && name === null)
    throw new UsageError("which tool is it about?", `--name takes one of: ${known}`);
  return first;
}

function tell(io: Io, findings: readonly DriftFinding[], options: Options): ExitCode {
  const of = (severity: DriftFinding["severity"]): number =>
    findings.filter((each) => each.severity === severity).length;
  if (textOption(options, "format") === "json")
    io.out(`${JSON.stringify({ version: 1, findings }, null, 2)}\n`);
  else
    for (const { severity, action, message, rules } of findings) {
      const about = rules.length === 0 ? "" : `\n            rules: ${rules.join(", ")}`;
      io.out(`${severity.padEnd(10)}  ${terminalLine(action)}: ${terminalLine(message)}${about}\n`);
    }
  io.err(
    findings.length === 0
      ? "no difference\n"
      : `${count(of("loosened"), "change")} may let more through, ${of("tightened")} less, ${of("neutral")} neither\n`,
  );
  const failing = textOption(options, "failOn") === "any" ? findings.length : of("loosened");
  return failing > 0 ? EXIT.wanting : EXIT.ok;
}

/** The texts of old manifests are not kept, their digests are: that something has changed is known, not what. */
function sinceLock(io: Io, project: AnalysedProject, options: Options): ExitCode {
  const { old, differences } = lockStateOf(project);
  if (old === null)
    throw new UsageError(
      "there is no aegis.lock to compare with",
      "run `aegisc lock`, or name the new manifest",
    );
  if (textOption(options, "format") === "json")
    io.out(`${JSON.stringify({ version: 1, differences }, null, 2)}\n`);
  else io.out(differences.map((each) => `${line(each)}\n`).join(""));
  io.err(
    differences.length === 0
      ? "no difference to aegis.lock\n"
      : `${count(differences.length, "difference")} to aegis.lock\n`,
  );
  return differences.length > 0 ? EXIT.wanting : EXIT.ok;
}
