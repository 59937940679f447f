// Works out what a choice of the grammar looks ahead to when a text first comes to it: few texts come to all of them.
import { LLkLookaheadStrategy, type ILookaheadStrategy } from "chevrotain";

type Alternation = ILookaheadStrategy["buildLookaheadForAlternation"];
type Optional = ILookaheadStrategy["buildLookaheadForOptional"];

/** Saves a third of the time until the first text is parsed, which is most of what a short command does. */
export class LazyLookahead extends LLkLookaheadStrategy {
  override buildLookaheadForAlternation(options: Parameters<Alternation>[0]): ReturnType<Alternation> {
    return lazily(() => super.buildLookaheadForAlternation(options));
  }
  override buildLookaheadForOptional(options: Parameters<Optional>[0]): ReturnType<Optional> {
    return lazily(() => super.buildLookaheadForOptional(options));
  }
}

/** A function of the parser (its `this`) that is built when it is first called. */
function lazily<Alternatives, Result>(
  build: () => (alternatives?: Alternatives) => Result,
): (alternatives?: Alternatives) => Result {
  let built: ((alternatives?: Alternatives) => Result) | undefined;
  return function (this: unknown, alternatives) {
    built ??= build();
    return built.call(this, alternatives);
  };
}
