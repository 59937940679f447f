// The linter beside a person who types: it works in short slices, stops when its text is no longer the newest, and what it
// found before is shown as long as it stands where it stood.
import { hasErrors, lintSteps, type Diagnostic, type ProjectFile } from "@aegis/compiler";
import type { ProjectState } from "./project-state.ts";

/** Milliseconds of work before others get their turn. */
const SLICE = 5;

/** A finding, and the text at its place: another text there is another matter. */
interface Shown {
  readonly found: Diagnostic;
  readonly text: string;
}

export class Linting {
  #shown: readonly Shown[] = [];
  #last: { readonly state: ProjectState; readonly found: Promise<readonly Diagnostic[] | null> } | null =
    null;
  #finished: ProjectState | null = null;

  /**
   * What the linter finds in a state, none where something is wrong: what does not compile has no meaning that could be
   * unwise. Null when `isNewest` says that the state has passed: its trees have moved.
   */
  lint(
    state: ProjectState,
    settings: ProjectFile["lint"],
    isNewest: () => boolean,
  ): Promise<readonly Diagnostic[] | null> {
    if (this.#last?.state !== state) this.#last = { state, found: this.#run(state, settings, isNewest) };
    return this.#last.found;
  }

  /** True when all that the linter has to say of the state is known. */
  isFinished(state: ProjectState): boolean {
    return this.#finished === state;
  }

  /** Of what was found last, what stands where it stood. Spans of unchanged declarations have moved along. */
  standing(state: ProjectState): readonly Diagnostic[] {
    return this.#shown.filter(({ found, text }) => textAt(state, found) === text).map(({ found }) => found);
  }

  async #run(
    state: ProjectState,
    settings: ProjectFile["lint"],
    isNewest: () => boolean,
  ): Promise<readonly Diagnostic[] | null> {
    const found = hasErrors(state.diagnostics) ? [] : await inSlices(state, settings, isNewest);
    if (found === null) return null;
    this.#shown = found.map((each) => ({ found: each, text: textAt(state, each) }));
    this.#finished = state;
    return found;
  }
}

async function inSlices(
  state: ProjectState,
  settings: ProjectFile["lint"],
  isNewest: () => boolean,
): Promise<readonly Diagnostic[] | null> {
  const steps = lintSteps(state.analysis, settings);
  for (let began = performance.now(); ;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < SLICE) continue;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    if (!isNewest()) return null;
    began = performance.now();
  }
}

const textAt = ({ analysis }: ProjectState, { span }: Diagnostic): string =>
  analysis.files.get(span.file)?.text.slice(span.start, span.end) ?? "";
