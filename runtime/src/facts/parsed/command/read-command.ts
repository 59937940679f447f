// Reads a shell line: its calls when it is plain, nothing when the shells may run something else.
import {
  COMMAND_TOKEN,
  LINE_SHAPE,
  LINE_TOKEN,
  NETWORK_FILE,
  QUOTED_PIECE,
  SELECTING,
  SELECTING_FIRST,
  SHAPE_OF_OPERATOR,
  WORD_PIECE,
} from "./command-tokens.ts";
import { compilePattern } from "../../patterns/compile-pattern.ts";
import { ARGUMENT_MARK, OPAQUE_PROGRAMS, PROGRAM_RULES } from "./command-rules.ts";

export const MAX_CALLS = 100;
/** Words behind one program: keeps what looks at every word of every call within the bound on work. */
export const MAX_ARGS = 100;
/** Words of the whole line, programs and targets of redirections included. */
export const MAX_WORDS = 1000;

export interface ShellCall {
  /** As written: `git`, `./run`, `/usr/bin/env`. */
  readonly program: string;
  /** The last segment of the program in lower case, without `.exe`. */
  readonly name: string;
  /** The words behind the program, unquoted. */
  readonly args: readonly string[];
  /** False when the shell replaces an argument by names of files or a home directory. */
  readonly literal: boolean;
}

export interface PlainCommand {
  readonly calls: readonly ShellCall[];
  readonly words: readonly string[];
  /** Files that redirections read or write; `/dev/null` is left out. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly pipes: boolean;
}

interface Word {
  readonly text: string;
  readonly literal: boolean;
  readonly mayBeOption: boolean;
}

const lineShape = new RegExp(LINE_SHAPE);
const networkFile = new RegExp(NETWORK_FILE);
const selecting = new RegExp(SELECTING, "u");
const selectingFirst = new RegExp(SELECTING_FIRST, "u");

const expressions = new Map(
  [LINE_TOKEN, COMMAND_TOKEN, WORD_PIECE, QUOTED_PIECE].map((source) => [source, new RegExp(source, "uy")]),
);

/** All tokens of a text, or undefined when they do not cover it. */
function tokens(expression: string, text: string): RegExpExecArray[] | undefined {
  const sticky = expressions.get(expression);
  if (sticky === undefined) throw new Error("no such expression");
  sticky.lastIndex = 0;
  const found: RegExpExecArray[] = [];
  while (sticky.lastIndex < text.length) {
    const token = sticky.exec(text);
    if (token === null || token[0] === "") return undefined;
    found.push(token);
  }
  return found;
}

/** Undefined: the line is opaque. */
export function readCommand(line: string): PlainCommand | undefined {
  const found = tokens(LINE_TOKEN, line);
  if (found === undefined) return undefined;
  const shape = found.map(shapeOf).join("");
  if (!lineShape.test(shape)) return undefined;
  const commands = found.flatMap((token) => (token[1] === undefined ? [] : [token[1]]));
  if (commands.length > MAX_CALLS) return undefined;
  const calls: ShellCall[] = [];
  const words: string[] = [];
  const reads: string[] = [];
  const writes: string[] = [];
  for (const command of commands) {
    const call = readCall(command, reads, writes);
    if (call === undefined) return undefined;
    calls.push(call);
    words.push(call.program, ...call.args);
  }
  if (words.length + reads.length + writes.length > MAX_WORDS) return undefined;
  return { calls, words: [...words, ...reads, ...writes], reads, writes, pipes: shape.includes("P") };
}

function shapeOf(token: RegExpExecArray): string {
  if (token[1] !== undefined) return "M";
  if (token[2] !== undefined) return SHAPE_OF_OPERATOR.get(token[2]) ?? "?";
  return token[3] !== undefined ? "B" : "C";
}

function readCall(command: string, reads: string[], writes: string[]): ShellCall | undefined {
  const words: Word[] = [];
  for (const token of tokens(COMMAND_TOKEN, command) ?? []) {
    const [, operator, target, , word] = token;
    if (word !== undefined) words.push(readWord(word));
    if (operator === undefined || target === undefined) continue;
    const file = readWord(target).text;
    if (networkFile.test(file) || file === "") return undefined;
    if (file !== "/dev/null") (operator === "<" ? reads : writes).push(file);
  }
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const program = first.text;
  // Some file systems find `RM` where `rm` is, and some shells `rm.exe`.
  const name = program
    .slice(program.lastIndexOf("/") + 1)
    .toLowerCase()
    .replace(/\.exe$/, "");
  if (rest.length > MAX_ARGS || !maySimplyRun(name, rest)) return undefined;
  return { program, name, args: rest.map((word) => word.text), literal: rest.every((word) => word.literal) };
}

function maySimplyRun(name: string, args: readonly Word[]): boolean {
  if (name === "" || name === ".." || OPAQUE_PROGRAMS.has(name)) return false;
  const rule = PROGRAM_RULES.get(name);
  if (rule === undefined) return true;
  if (args.some((word) => word.mayBeOption)) return false;
  const marked = args.map((word) => ARGUMENT_MARK + word.text).join("");
  return (
    (rule.only === undefined || compilePattern(rule.only).test(marked)) &&
    (rule.never === undefined || !compilePattern(rule.never).test(marked))
  );
}

function readWord(word: string): Word {
  let text = "";
  let literal = !word.startsWith("~");
  for (const [, plain, escaped, single, double] of tokens(WORD_PIECE, word) ?? []) {
    if (plain !== undefined && selecting.test(plain)) literal = false;
    text += plain ?? escaped ?? single ?? unquote(double ?? "");
  }
  return { text, literal, mayBeOption: selectingFirst.test(word) };
}

function unquote(double: string): string {
  return (tokens(QUOTED_PIECE, double) ?? []).map(([, plain, other]) => plain ?? other ?? "").join("");
}
