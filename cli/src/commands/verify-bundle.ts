// aegisc verify-bundle: is a bundle signed by whom it should be, and do all its files say the same?
import { Option } from "commander";
import { declareTrustOptions, openTrusted } from "../bundle-options.ts";
import { textOption, type CommandDefinition } from "../command.ts";
import { contentsAreOne } from "../contents-are-one.ts";
import { EXIT } from "../exit-code.ts";
import { RefusedBundle } from "../files/open-bundle-file.ts";
import { terminalLine } from "../output/escape.ts";
import { count } from "../policy-options.ts";

export const command: CommandDefinition = {
  declare(command, run) {
    declareTrustOptions(command.argument("<bundle>", "the bundle")).addOption(
      new Option("--format <format>", "how to print").choices(["pretty", "json"]).default("pretty"),
    );
    run(async (io, [path = ""], options) => {
      const json = textOption(options, "format") === "json";
      const print = (details: object): void =>
        io.out(`${JSON.stringify({ version: 1, ...details }, null, 2)}\n`);
      try {
        const bundle = await openTrusted(io, path, options);
        const { ir, metadata, revision, digest, signed } = bundle;
        const verified = await contentsAreOne(io, path, bundle);
        if (json) print({ verified, signed, revision, digest, metadata });
        else if (verified)
          io.out(
            [
              `ok: ${terminalLine(path)} ${signed ? "is signed by a known key" : "(signature not looked at)"}, and its files are what its program says`,
              `  ${count(ir.rules.length, "rule")}, ${count(ir.actions.length, "action")}; targets: ${metadata.build.backends.join(", ")}`,
              `  revision ${terminalLine(revision)}, serial ${metadata.serial}, made by ${terminalLine(metadata.build.toolchain)}`,
              ...(metadata.observe_until === undefined
                ? []
                : [`  only observes until ${metadata.observe_until}, then enforces`]),
              ...(metadata.not_before === undefined ? [] : [`  decides from ${metadata.not_before}`]),
              ...(metadata.not_after === undefined ? [] : [`  decides until ${metadata.not_after}`]),
              "",
            ].join("\n"),
          );
        return verified ? EXIT.ok : EXIT.wanting;
      } catch (error) {
        if (!(error instanceof RefusedBundle)) throw error;
        if (json) print({ verified: false, code: error.code, problem: error.problem });
        else
          io.err(`aegisc: ${terminalLine(error.message)}\n${error.help === null ? "" : `  ${error.help}\n`}`);
        return EXIT.wanting;
      }
    });
  },
};
