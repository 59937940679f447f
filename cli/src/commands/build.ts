// aegisc build: a policy as a bundle, or as the files of targets that stand alone.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Option } from "commander";
import { type Backend, backends, bannerOf, buildBundle, emitArtifacts } from "@aegis/compiler";
import { digestOfBytes } from "../files/digest.ts";
import { listOption, textOption, type CommandDefinition } from "../command.ts";
import { buildMetadata } from "../build-metadata.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { prebuilt } from "../files/prebuilt.ts";
import { readSigningKey } from "../files/signing-key-file.ts";
import { UsageError } from "../files/usage-error.ts";
import type { Io } from "../io.ts";
import { lockNotice } from "../locked-project.ts";
import { optimisingLate } from "../optimise-late.ts";
import { terminalLine } from "../output/escape.ts";
import { writeOutput } from "../output/write-output.ts";
import { compileProject, count, declarePolicyOptions, type Options } from "../policy-options.ts";
import { repeatable } from "../repeatable.ts";
import { TOOLCHAIN } from "../version.ts";

export const command: CommandDefinition = {
  declare(command, run) {
    declarePolicyOptions(command)
      .option("-o, --output <path>", "the bundle, or the folder of a target that stands alone")
      .addOption(
        repeatable("-t, --target <id>", `what to make (default: ${byDefault().join(", ")})`, [
          ...backends.keys(),
        ]),
      )
      .option("--signing-key <file>", "sign with this private key (ES256, PEM or JWK)")
      .option("--revision <text>", "revision that decisions name (default: digest of the program)")
      .option("--serial <number>", "never goes back; a runtime refuses a lower one (default: aegis.json)")
      .option("--not-before <time>", "the bundle decides from this time on, such as 2026-01-01T00:00:00Z")
      .option("--not-after <time>", "the bundle decides until this time")
      .addOption(
        new Option("--mode <mode>", "observe: record and let every call run (default: aegis.json)").choices([
          "enforce",
          "observe",
        ]),
      )
      .option("--observe-until <time>", "with --mode observe: from this time on the bundle enforces")
      .addOption(
        new Option("--format <format>", "how to report").choices(["pretty", "json"]).default("pretty"),
      );
    run((io, positional, options) => optimisingLate(() => build(io, positional, options)));
  },
};

const isDefault = (each: Backend): boolean => each.bundled && each.onDemand !== true;
const byDefault = (): string[] => [...backends.values()].filter(isDefault).map((each) => each.id);

async function build(io: Io, positional: readonly string[], options: Options): Promise<ExitCode> {
  const asked = listOption(options, "target");
  // In the order of the registry, so that the order of options does not show in the bundle.
  const targets = [...backends.values()].filter((each) =>
    asked.length === 0 ? isDefault(each) : asked.includes(each.id),
  );
  const alone = targets.filter((each) => !each.bundled);
  if (alone.length > 0 && alone.length < targets.length)
    throw new UsageError(
      `\`${alone[0]?.id ?? ""}\` stands alone and does not go into a bundle`,
      "build it by itself, with a folder as --output",
    );
  const output = textOption(options, "output");
  if (alone.length > 0 && output === null) throw new UsageError("where to?", "name a folder with --output");
  const project = compileProject(io, positional, options);
  if (project === null) return EXIT.wanting;
  const notice = lockNotice(project, positional);
  if (notice !== null) io.err(`note: ${notice}\n`);
  const { ir } = project.compilation;
  const metadata = buildMetadata(project, options, targets);
  const artifacts = emitArtifacts(ir, targets, { banner: bannerOf(TOOLCHAIN), prebuilt });
  const what = `${count(ir.rules.length, "rule")}, ${count(ir.actions.length, "action")}`;
  if (alone.length > 0 && output !== null) {
    mkdirSync(resolve(io.cwd, output), { recursive: true });
    const files = artifacts.map(({ path, content }) => {
      writeOutput(io, join(output, path), content);
      return join(output, path);
    });
    report(io, options, { files }, `built ${files.join(", ")}: ${what}`);
    return EXIT.ok;
  }
  const keyFile = textOption(options, "signingKey");
  const signer = keyFile === null ? undefined : await readSigningKey(io, keyFile);
  const revision = textOption(options, "revision");
  const input = { metadata, ...(revision === null ? {} : { revision }) };
  const bytes = await buildBundle(ir, artifacts, input, signer);
  const file = output ?? `${project.loaded.project.name}.tar.gz`;
  writeOutput(io, file, bytes);
  const details = {
    file,
    bytes: bytes.length,
    sha256: digestOfBytes(bytes),
    serial: metadata.serial,
    mode: metadata.mode ?? "enforce",
    targets: targets.map((each) => each.id),
    signed_by: signer?.id ?? null,
  };
  const by = signer === undefined ? "unsigned" : `signed by ${signer.id}`;
  report(io, options, details, `built ${file}: ${what}, serial ${metadata.serial}, ${by}`);
  if (metadata.observe_until !== undefined)
    io.err(`note: it only observes until ${metadata.observe_until}: every call runs, whatever is decided\n`);
  if (signer === undefined)
    io.err(
      "warning: the bundle is unsigned and will be refused; build with --signing-key FILE, or use `aegisc sign`\n",
    );
  return EXIT.ok;
}

function report(io: Io, options: Options, details: object, line: string): void {
  if (textOption(options, "format") === "json")
    io.out(`${JSON.stringify({ version: 1, ...details }, null, 2)}\n`);
  else io.err(`${terminalLine(line)}\n`);
}
