// aegisc lsp: the language server over standard input and output.
import { startProcessServer } from "@aegis/lsp";
import type { CommandDefinition } from "../command.ts";
import type { ExitCode } from "../exit-code.ts";

export const command: CommandDefinition = {
  declare(command, run) {
    command.option("--stdio", "as editors call it; the only way there is");
    run(() => {
      startProcessServer(false);
      // The server ends the process when the editor tells it to, or goes away.
      return new Promise<ExitCode>(() => undefined);
    });
  },
};
