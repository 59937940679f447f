// Lenses of tests: run one, debug one, run all.
import type { View } from "../../workspace/view.ts";
import { testsOf } from "../../workspace/tests.ts";
import type { Lens } from "./lens.ts";

export function testLenses(view: View): readonly Lens[] {
  const tests = testsOf(view.analysis, view.file.path);
  const lenses: Lens[] = tests.flatMap((test) => {
    const { start, end } = test.titleSpan;
    const run: Lens = { start, end, title: "Run", does: "run", test };
    return test.kind === "test" ? [run, { start, end, title: "Debug", does: "debug", test }] : [run];
  });
  const [first] = tests;
  if (first !== undefined && tests.length > 1)
    lenses.unshift({
      start: first.titleSpan.start,
      end: first.titleSpan.end,
      title: `Run all ${String(tests.length)}`,
      does: "run-all",
      test: null,
    });
  return lenses;
}
