// The production engine as it runs where code generation is forbidden: conditions as closures.
import { createNativeEngine } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { defineEngine } from "../engine.ts";
import { inProcess } from "../in-process.ts";

export const nativeClosuresEngine = defineEngine({
  id: "native-closures",
  doc: "The production evaluator with conditions as closures.",
  runs: "process",
  accepts: "bytes",
  missing: () => null,
  load: (program) => Promise.resolve(inProcess(createNativeEngine(program, platform))),
});
