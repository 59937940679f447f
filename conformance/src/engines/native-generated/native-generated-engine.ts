// The production engine with the code that it generates for hot rules, from the second call of an action on.
import { generatedAfter, createNativeEngine } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { defineEngine } from "../engine.ts";
import { inProcess } from "../in-process.ts";

export const nativeGeneratedEngine = defineEngine({
  id: "native-generated",
  doc: "The production evaluator with generated code.",
  runs: "process",
  accepts: "bytes",
  missing: () => null,
  load: (program) =>
    Promise.resolve(inProcess(createNativeEngine(program, platform, { promotion: generatedAfter(0) }))),
});
