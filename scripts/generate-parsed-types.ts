// Writes docs/parsed-types.md from the definitions of the parsed types.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { printType } from "@aegis/runtime/core";
import type { ParsedTypeDefinition } from "@aegis/runtime/core";
import { commandRules, parsedTypes } from "@aegis/runtime/facts";

export const PARSED_TYPES_PAGE = join(import.meta.dirname, "../docs/parsed-types.md");

const INTRODUCTION = `# Parsed types

A parsed type is a text with one strict grammar, the same in every engine. What does not parse is \`invalid_input\`; nothing is guessed or repaired. \`==\` and \`in\` compare canonical forms; what is forwarded and shown is the text received. In a policy a literal must be written in canonical form.

A grammar is a regular expression over the whole text, patterns that must not occur in it, and a greatest length in code points. Where that is not all, what is checked besides is said.
`;

const code = (text: string): string => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);
/** As JSON, with nothing invisible and no bar that would end a cell. */
const shown = (text: string): string =>
  code(
    JSON.stringify(text).replace(
      /[|\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );

function section(definition: ParsedTypeDefinition): string {
  const { grammar, examples } = definition;
  const parts = Object.entries(definition.parts);
  return [
    `## \`${definition.name}\``,
    definition.doc,
    ...(parts.length === 0
      ? []
      : [
          [
            "| part | type | |",
            "|---|---|---|",
            ...parts.map(([name, { type, doc }]) => `| \`${name}\` | \`${printType(type)}\` | ${doc} |`),
          ].join("\n"),
        ]),
    `Parse: ${examples.valid.map(({ text, canonical }) => shown(text) + (text === canonical ? "" : ` (= ${shown(canonical)})`)).join(", ")}.`,
    `Do not: ${examples.invalid.map(shown).join(", ")}.`,
    `At most ${String(grammar.maxLength)} characters, all of the form`,
    `\`\`\`\n${grammar.pattern}\n\`\`\``,
    ...(grammar.except.length === 0 ? [] : ["without", `\`\`\`\n${grammar.except.join("\n")}\n\`\`\``]),
    ...(grammar.further === null ? [] : [grammar.further]),
  ].join("\n\n");
}

function commandSection(): string {
  const rules = [...commandRules.programs].map(([name, { only, never }]) =>
    [
      `- \`${name}\``,
      ...(only === undefined ? [] : [`  only \`${only}\``]),
      ...(never === undefined ? [] : [`  never \`${never}\``]),
    ].join("\n"),
  );
  return [
    "## Plain shell lines",
    "A line of type `command` is plain when its tokens, and no others, cover all of it:",
    [
      "- simple commands joined by `&&`, `||`, `;`, `|` and line ends; comments; a backslash before a line end behind a blank",
      "- a program written without quotes or escapes",
      "- words of letters, digits and `_./:,@%+=!^]-`, of quoted text, and of escaped characters; `#` inside a word, `{}` and `{word}`; in double quotes no `` ` `` and no `$` but before a blank, `|`, `)`, `/` or the closing quote",
      "- `*`, `?`, `[` and `~` in arguments: the call then is not `literal`",
      "- redirections `>`, `>>`, `<` with or without 0, 1 or 2 in front to a literal file, and `2>&1`, `1>&2`, `>&2`",
    ].join("\n"),
    "Everything else is opaque: assignments, expansions and substitutions of every kind, here-documents, subshells, background jobs, functions, keywords. The promise is for `sh -c LINE` with dash, bash or zsh and their defaults: the shell runs the listed programs and no other. What a program does by itself (an interpreter, a build tool, a hook of git) is not told.",
    "These programs run what their arguments name, or change what later words mean, so a line with one of them is opaque:",
    `\`\`\`\n${[...commandRules.opaque].sort().join(" ")}\n\`\`\``,
    "These are looked at more closely: their arguments, each behind the character U+001F, must match `only` and must not match `never`; and no argument may start with `*`, `?` or `[`, which could turn into an option.",
    rules.join("\n"),
  ].join("\n\n");
}

/** The text that the page should have. */
export const parsedTypesPage = (): string =>
  `${[INTRODUCTION.trim(), ...[...parsedTypes.values()].map(section), commandSection()].join("\n\n")}\n`;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(PARSED_TYPES_PAGE, parsedTypesPage());
