// aegisc sign: a signature on a bundle that was built before, once its contents have been looked at.
import { signBundle } from "@aegis/compiler";
import { textOption, type CommandDefinition } from "../command.ts";
import { EXIT } from "../exit-code.ts";
import { openBundleFile } from "../files/open-bundle-file.ts";
import { readSigningKey } from "../files/signing-key-file.ts";
import { terminalLine } from "../output/escape.ts";
import { writeOutput } from "../output/write-output.ts";
import { contentsAreOne } from "../contents-are-one.ts";

export const command: CommandDefinition = {
  declare(command, run) {
    command
      .argument("<bundle>", "the bundle; a signature that it has is replaced")
      .requiredOption("--signing-key <file>", "private key (ES256, PEM or JWK)")
      .option("-o, --output <file>", "where to (default: the bundle itself)");
    run(async (io, [path = ""], options) => {
      const signer = await readSigningKey(io, textOption(options, "signingKey") ?? "");
      // Its signature does not matter: it gets a new one. Its contents do: a signature vouches for them.
      const bundle = await openBundleFile(io, path, { key: null, insecureUnsigned: true });
      if (!(await contentsAreOne(io, path, bundle))) return EXIT.wanting;
      const output = textOption(options, "output") ?? path;
      writeOutput(io, output, await signBundle(bundle, signer));
      io.err(`signed ${terminalLine(output)} by ${signer.id}\n`);
      return EXIT.ok;
    });
  },
};
