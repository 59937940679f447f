// Writes docs/cli.md from the definitions of the commands.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandPage } from "../cli/src/testing/command-page.ts";

writeFileSync(join(import.meta.dirname, "../docs/cli.md"), await commandPage());
