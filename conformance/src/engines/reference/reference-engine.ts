// The reference interpreter: the engine that all others are compared with.
import { createInterpreter } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { defineEngine } from "../engine.ts";
import { inProcess } from "../in-process.ts";

export const referenceEngine = defineEngine({
  id: "reference",
  doc: "The readable interpreter of the runtime.",
  runs: "process",
  accepts: "bytes",
  missing: () => null,
  load: (program) => Promise.resolve(inProcess(createInterpreter(program, platform))),
});
