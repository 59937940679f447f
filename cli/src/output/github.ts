// GitHub workflow commands: annotations on the lines of a pull request.
import { githubMessage, githubProperty } from "./escape.ts";
import type { Finding } from "./finding.ts";

const COMMANDS = { error: "error", warning: "warning", information: "notice" } as const;

export const writeGithub = (findings: readonly Finding[]): string =>
  findings
    .map((each) => {
      const place = [
        `file=${githubProperty(each.file)}`,
        `line=${each.start.line + 1}`,
        `col=${each.start.column + 1}`,
        `endLine=${each.end.line + 1}`,
        `endColumn=${each.end.column + 1}`,
        `title=${githubProperty(each.code)}`,
      ];
      const text = each.help === null ? each.message : `${each.message}\n${each.help}`;
      return `::${COMMANDS[each.severity]} ${place.join(",")}::${githubMessage(text)}\n`;
    })
    .join("");
