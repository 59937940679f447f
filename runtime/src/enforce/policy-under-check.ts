// A policy that decides while the rest of its program is still being checked: what denies once that turns out to be unsound.
import type { DecisionDocument, GradualProgram } from "../core/index.ts";
import { programProblem } from "./bundle/open-bundle.ts";
import type { LoadedPolicy } from "./loaded-policy.ts";
import { refusal } from "./verdict.ts";

/**
 * The same policy, for as long as nothing of its program is found to be wrong; from then on it denies with `bundle_invalid`.
 * The rest is checked from the next turn of the event loop on, a little in each. `onProblem` is called once, should there be
 * one, wherever it was found.
 */
export function underCheck(
  policy: LoadedPolicy,
  program: GradualProgram,
  onProblem: (problem: string) => void,
): LoadedPolicy {
  let told = false;
  const isSound = (): boolean => {
    if (program.problems.length === 0) return true;
    if (!told) {
      told = true;
      try {
        onProblem(programProblem(program.problems));
      } catch {
        // Whoever cannot listen hears it from every decision.
      }
    }
    return false;
  };
  const decide = (by: () => DecisionDocument): DecisionDocument => {
    if (!isSound()) return refusal("bundle_invalid");
    const decision = by();
    // It may have been the first call for its action.
    return isSound() ? decision : refusal("bundle_invalid");
  };
  const { engine, factsOf } = policy;
  void checkRest(program, isSound);
  return {
    ...policy,
    engine: {
      decide: (request, observer) => decide(() => engine.decide(request, observer)),
      decideText: (text, observer) => decide(() => engine.decideText(text, observer)),
      visible(request) {
        const actions = engine.visible(request);
        return isSound() ? actions : [];
      },
    },
    factsOf(tool, action, args, given = {}) {
      try {
        return isSound() ? factsOf(tool, action, args, given) : given;
      } catch (error) {
        // Of rules that cannot be run: the decision will say so.
        if (isSound()) throw error;
        return given;
      }
    },
    settle() {
      program.whole();
      return isSound();
    },
  };
}

async function checkRest(program: GradualProgram, isSound: () => boolean): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve));
  while (!program.step() && isSound());
  isSound();
}
