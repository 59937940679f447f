// aegisc import mcp: a tool declaration from an MCP server's own list of tools.
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { Option } from "commander";
import {
  parseProjectFile,
  printManifestAsAegis,
  PROJECT_FILE_NAME,
  readManifest,
  type Manifest,
} from "@aegis/compiler";
import { askServer, MAX_MANIFEST_BYTES } from "../ask-server.ts";
import { flagOption, textOption, type CommandDefinition } from "../command.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { decodeText, MAX_SOURCE_BYTES, readBytes, readText } from "../files/read-file.ts";
import { packageName } from "../package-name.ts";
import { UsageError } from "../files/usage-error.ts";
import type { Io } from "../io.ts";
import { terminalLine, terminalText } from "../output/escape.ts";
import { refinementSkeleton } from "../output/refinement-skeleton.ts";
import { writeOutput } from "../output/write-output.ts";
import { count, type Options } from "../policy-options.ts";

export const command: CommandDefinition = {
  takesProgram: true,
  declare(command, run) {
    command
      .argument(
        "[manifest]",
        "a file with the answer to `tools/list`; or give the server's command after `--`",
      )
      .usage("[options] MANIFEST | [options] --name NAME -- COMMAND [ARGUMENT...]")
      .option("--name <name>", "what the policy calls the server (default: the manifest's file name)")
      .option(
        "--manifest <file>",
        "where the live server's manifest is kept (default: NAME.tools.json beside --output)",
      )
      .option("--package <name>", "package of what is printed (default: the project's name)")
      .option("--force", "replace a manifest that says something else")
      .option("--timeout <seconds>", "how long the live server may take", "30")
      .addOption(
        new Option("--print <what>", "a `tools` item with refinements, or a whole `tool` declaration")
          .choices(["refinement", "declaration"])
          .default("refinement"),
      )
      .addOption(
        new Option("--format <format>", "how to print").choices(["pretty", "json"]).default("pretty"),
      )
      .option("-o, --output <file>", "write what is printed to a file");
    run(importMcp);
  },
};

async function importMcp(
  io: Io,
  [file]: readonly string[],
  options: Options,
  program: readonly string[] | null,
): Promise<ExitCode> {
  if ((file === undefined) === (program === null))
    throw new UsageError(
      "import what?",
      "name a manifest, or give the server's command: `aegisc import mcp --name fs -- npx my-server /work`",
    );
  const source = file === undefined ? await fromServer(io, program ?? [], options) : fromFile(io, file);
  const manifest = readManifest(source.text, source.path);
  if (manifest.problems.length > 0) {
    for (const { pointer, message } of manifest.problems)
      io.err(
        `${terminalLine(source.path)}${terminalLine(pointer === "" ? "" : `#${pointer}`)}: ${terminalLine(message)}\n`,
      );
    io.err("aegisc: this manifest cannot be imported; nothing was written\n");
    return EXIT.wanting;
  }
  if (source.live) keep(io, source, flagOption(options, "force"));
  const tool = textOption(options, "name") ?? nameOf(source.path);
  const output = textOption(options, "output");
  const inPackage = textOption(options, "package") ?? packageNameOf(io, tool);
  const text =
    textOption(options, "print") === "declaration"
      ? printManifestAsAegis(manifest.actions, { tool: identifier(tool), wire: tool, package: inPackage })
      : refinementSkeleton(manifest, { tool, package: inPackage, manifest: seenFrom(output, source.path) });
  const json = textOption(options, "format") === "json";
  const { actions, notes } = manifest;
  writeOutput(
    io,
    output,
    json
      ? `${JSON.stringify({ version: 1, tool, manifest: source.path, text, actions, notes }, null, 2)}\n`
      : output === null
        ? terminalText(text)
        : text,
  );
  if (!json) report(io, manifest);
  return EXIT.ok;
}

interface ManifestSource {
  readonly path: string;
  readonly text: string;
  readonly live: boolean;
}

const fromFile = (io: Io, path: string): ManifestSource => ({
  path: path.replaceAll("\\", "/"),
  text: readText(resolve(io.cwd, path.split("#/")[0] ?? path), MAX_MANIFEST_BYTES),
  live: false,
});

/** Asks the server and keeps what it says, so that the policy stands on a file that people can review. */
async function fromServer(io: Io, program: readonly string[], options: Options): Promise<ManifestSource> {
  const name = textOption(options, "name");
  if (name === null)
    throw new UsageError(
      "what does the policy call this server?",
      "--name NAME: the operator names a server, never the server itself",
    );
  const asked = await askServer(io, program, options);
  return {
    path: textOption(options, "manifest") ?? besideOutput(options, `${fileName(name)}.tools.json`),
    text: asked.manifest,
    live: true,
  };
}

function keep(io: Io, { path, text }: ManifestSource, force: boolean): void {
  const target = resolve(io.cwd, path);
  if (existsSync(target) && !force && readText(target, MAX_MANIFEST_BYTES) !== text)
    throw new UsageError(
      `\`${path}\` is there and says something else`,
      "keep this answer elsewhere with --manifest and compare with `aegisc drift`, or replace it with --force",
    );
  writeOutput(io, path, text);
  io.err(`kept what the server says in ${terminalLine(path)}\n`);
}

function report(io: Io, { actions, notes }: Manifest): void {
  const of = (kind: string): number => notes.filter((each) => each.kind === kind).length;
  io.err(
    `${count(actions.length, "action")}; ${count(of("opaque"), "place")} became json, ${of("widened")} accept more than the schema, ${of("narrowed")} less\n`,
  );
  for (const note of notes)
    io.err(
      `  ${note.kind}: ${terminalLine(note.action)} ${terminalLine(note.pointer)}: ${terminalLine(note.message)}\n`,
    );
}

const besideOutput = (options: Options, name: string): string => {
  const output = textOption(options, "output");
  return output === null ? name : join(dirname(output), name);
};

/** A manifest is named relative to the file that names it. */
const seenFrom = (output: string | null, path: string): string =>
  (output === null ? path : relative(dirname(output), path)).split(sep).join("/");

function packageNameOf(io: Io, tool: string): string {
  const bytes = readBytes(join(io.cwd, PROJECT_FILE_NAME), MAX_SOURCE_BYTES);
  if (bytes === null) return packageName(tool);
  const { project } = parseProjectFile(PROJECT_FILE_NAME, decodeText(PROJECT_FILE_NAME, bytes));
  return packageName(project?.name ?? tool);
}

const nameOf = (path: string): string =>
  (path.split("#/")[0] ?? path)
    .replace(/^.*\//, "")
    .replace(/(\.tools)?\.json$/, "")
    .replace(/\s+/g, "_");
const fileName = (name: string): string => name.replace(/[^A-Za-z0-9._-]/g, "-").replace(/^\.+/, "");
const identifier = (name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9_]/g, "_");
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
};
