// aegisc dap: the debug adapter, for editors.
import type { CommandDefinition } from "../command.ts";
import { PolicyDebugSession } from "../dap/debug-session.ts";
import { EXIT } from "../exit-code.ts";

export const command: CommandDefinition = {
  declare(_command, run) {
    run(async (io) => {
      const session = new PolicyDebugSession();
      await new Promise<void>((resolve) => {
        process.stdin.once("end", resolve);
        io.signal.addEventListener("abort", () => {
          resolve();
        });
        session.start(process.stdin, process.stdout);
      });
      return EXIT.ok;
    });
  },
};
