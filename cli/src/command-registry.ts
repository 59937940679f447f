// All commands, in the order of the help text. A command is one file here and one line there.
import type { CommandDefinition } from "./command.ts";

export const commands: readonly CommandDefinition[] = [];
