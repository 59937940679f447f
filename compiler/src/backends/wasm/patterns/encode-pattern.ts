// A pattern as a table in the module: an automaton, or the steps of a machine where that would be too large.
import type { EncodeContext } from "../encode-context.ts";
import { type Automaton, buildAutomaton } from "./build-automaton.ts";
import { compileSteps, type Step, type StepProgram } from "./compile-steps.ts";

const ASSERTIONS = { start: 0, end: 1, "word-boundary": 2 } as const;

type Tables = Pick<EncodeContext, "image" | "functions">;
type Compiled = { readonly automaton: Automaton } | { readonly program: StepProgram };

const MAX_KNOWN = 1000;
/** By canonical pattern: the same ones stand in many policies. */
const known = new Map<string, Compiled>();

function compile(canonical: string): Compiled {
  const found = known.get(canonical);
  if (found !== undefined) return found;
  const program = compileSteps(canonical);
  const automaton = buildAutomaton(program);
  const compiled = automaton === undefined ? { program } : { automaton };
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(canonical, compiled);
  return compiled;
}

/** Its address, for the runtime's `occurs`. */
export function encodePattern(canonical: string, context: Tables): number {
  const compiled = compile(canonical);
  return "automaton" in compiled
    ? encodeAutomaton(compiled.automaton, context)
    : context.image.words([
        context.functions.number("by_steps"),
        compiled.program.steps.length,
        compiled.program.entry,
        0,
        ...compiled.program.steps.flatMap(wordsOf),
      ]);
}

function encodeAutomaton(
  { start, columns, classes, table, ends }: Automaton,
  { image, functions }: Tables,
): number {
  const isNarrow = ends.length <= 256;
  const bits = new Uint8Array((ends.length + 7) >> 3);
  ends.forEach((isEnd, state) => {
    if (isEnd) bits[state >> 3] = (bits[state >> 3] ?? 0) | (1 << (state & 7));
  });
  return image.words([
    functions.number(isNarrow ? "in_bytes" : "in_words"),
    start,
    columns,
    image.shared(isNarrow ? Uint8Array.from(table) : bytesOf(table)),
    image.shared(bits),
    image.shared(classes),
  ]);
}

/** Little-endian. */
const bytesOf = (table: Uint16Array): Uint8Array =>
  Uint8Array.from(Array.from(table).flatMap((entry) => [entry & 0xff, entry >> 8]));

function wordsOf(step: Step): readonly number[] {
  switch (step.kind) {
    case "range":
      return [0, step.first, step.last, step.next];
    case "either":
      return [1, step.left, step.right, 0];
    case "assert":
      return [2, ASSERTIONS[step.what], 0, step.next];
    case "found":
      return [3, 0, 0, 0];
  }
}
