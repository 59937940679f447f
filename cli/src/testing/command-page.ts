// docs/cli.md: every command with its arguments and options, as its definition declares them.
import type { Command } from "commander";
import { commands } from "../command-registry.ts";
import { createProgram } from "../run.ts";

const HEAD = `# aegisc

The command line of Aegis. This page is made from the commands' own definitions by \`npm run generate\`.

Policies are files, folders or quoted globs; \`-\` is standard input; with no argument it is the project in this folder (\`aegis.json\`).

| exit code | meaning |
|---|---|
| 0 | fine |
| 1 | a policy, test, property, gate or input is found wanting |
| 2 | wrong usage, an unreadable file, nothing to do, or the tool failed |
| 130 | ended by Ctrl-C before it was done |

\`NO_COLOR\` switches colours off. Progress of anything over a second goes to standard error, when that is a terminal. \`AEGIS_DEBUG=1\` shows where an internal error happened. Printed JSON has a \`version\`.

A comment silences one finding of \`aegisc lint\`, with a reason: \`// lint-ignore weak-test: the server checks again\` (\`#\` in YAML) after the code, or on a line of its own above what it is about. \`lint\` in \`aegis.json\` sets a rule to \`off\`, \`warning\` or \`error\`. Each rule has its page: \`compiler/src/lint/rules/*/page.md\`.
`;

export async function commandPage(): Promise<string> {
  const loaded = new Map(
    await Promise.all(commands.map(async ({ name, load }) => [name, (await load()).command] as const)),
  );
  const quiet = {
    cwd: ".",
    env: {},
    out: () => undefined,
    err: () => undefined,
    terminal: false,
    columns: 80,
    now: () => 0,
    signal: new AbortController().signal,
  };
  const { command: root } = createProgram(quiet, loaded, null);
  return [HEAD, ...commands.map(({ name, summary }) => section(find(root, name), name, summary))].join("\n");
}

function find(root: Command, name: string): Command {
  return name
    .split(" ")
    .reduce((outer, word) => outer.commands.find((each) => each.name() === word) ?? outer, root);
}

function section(command: Command, name: string, summary: string): string {
  const rows = [
    ...command.registeredArguments
      .filter((each) => each.description !== "")
      .map((each) => [each.required ? `<${each.name()}>` : `[${each.name()}]`, each.description, ""]),
    ...command.options.map((each) => {
      const choices = each.argChoices === undefined ? "" : ` (${each.argChoices.join(", ")})`;
      const standard = each.defaultValue === undefined ? "" : `\`${String(each.defaultValue)}\``;
      return [each.flags, `${each.description}${choices}${each.mandatory ? "; required" : ""}`, standard];
    }),
  ].map(([flags = "", text = "", standard = ""]) => `| \`${flags}\` | ${cell(text)} | ${standard} |`);
  const table = rows.length === 0 ? "" : `\n| | | default |\n|---|---|---|\n${rows.join("\n")}\n`;
  return `## aegisc ${name}\n\n${sentence(summary)}\n\n\`\`\`sh\naegisc ${name} ${command.usage()}\n\`\`\`\n${table}`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");
const sentence = (text: string): string =>
  `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.?]$/.test(text) ? "" : "."}`;
