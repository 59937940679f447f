// aegisc doctor: looks at the project and what is around it, and says what to do.
import { Option } from "commander";
import { textOption, type CommandDefinition } from "../command.ts";
import { checkKeys } from "../doctor/check-keys.ts";
import { checkProject } from "../doctor/check-project.ts";
import { checkNode, checkOpa } from "../doctor/check-programs.ts";
import type { Checkup } from "../doctor/checkup.ts";
import { EXIT } from "../exit-code.ts";
import { wantsColour } from "../io.ts";

const MARKS = { good: ["ok  ", "32"], note: ["note", "33"], bad: ["bad ", "31"] } as const;

export const command: CommandDefinition = {
  declare(command, run) {
    command.addOption(
      new Option("--format <format>", "how to print").choices(["pretty", "json"]).default("pretty"),
    );
    run((io, _positional, options) => {
      const { project, found } = checkProject(io);
      const checkups = [checkNode(process.versions.node), ...found, ...checkKeys(io, project), checkOpa(io)];
      const colour = wantsColour(io);
      const line = ({ status, name, message, advice }: Checkup): string => {
        const [word, code] = MARKS[status];
        const mark = colour ? `\u001b[${code}m${word}\u001b[0m` : word;
        return `${mark}  ${name}: ${message}\n${advice === null ? "" : `      ${advice}\n`}`;
      };
      io.out(
        textOption(options, "format") === "json"
          ? `${JSON.stringify({ version: 1, checkups }, null, 2)}\n`
          : checkups.map(line).join(""),
      );
      return checkups.some((each) => each.status === "bad") ? EXIT.wanting : EXIT.ok;
    });
  },
};
