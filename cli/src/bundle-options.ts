// Options of commands that open a bundle.
import type { Command } from "commander";
import type { Bundle } from "@aegis/runtime/enforce";
import { flagOption, textOption } from "./command.ts";
import { openBundleFile } from "./files/open-bundle-file.ts";
import type { Io } from "./io.ts";
import type { Options } from "./policy-options.ts";

export const declareTrustOptions = (command: Command): Command =>
  command
    .option(
      "--key <file>",
      "public key that the bundle must be signed with (PEM or JWK; default: aegis.json)",
    )
    .option("--insecure-unsigned", "load a bundle without looking at its signature");

/** Throws `UsageError` for a bundle that is not there or is refused. */
export const openTrusted = (io: Io, path: string, options: Options): Promise<Bundle> =>
  openBundleFile(io, path, {
    key: textOption(options, "key"),
    insecureUnsigned: flagOption(options, "insecureUnsigned"),
  });
