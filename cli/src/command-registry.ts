// All commands, in the order of the help text. A command is one file in `commands/` and one line here.
import type { CommandDefinition } from "./command.ts";
import { checkCommand } from "./commands/check.ts";
import { evalCommand } from "./commands/eval.ts";
import { explainCommand } from "./commands/explain.ts";
import { fmtCommand } from "./commands/fmt.ts";
import { initCommand } from "./commands/init.ts";
import { testCommand } from "./commands/test.ts";

export const commands: readonly CommandDefinition[] = [
  initCommand,
  checkCommand,
  fmtCommand,
  testCommand,
  evalCommand,
  explainCommand,
];
