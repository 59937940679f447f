// The js backend's output, loaded as the ES module that it is.
import { defineEngine } from "../engine.ts";
import { inProcess } from "../in-process.ts";
import { importJsModule, jsModuleText } from "./import-js-module.ts";

export const jsModuleEngine = defineEngine({
  id: "js",
  doc: "The module of `build -t js`, imported by Node.",
  runs: "process",
  accepts: "bytes",
  missing: () => null,
  load: async (program, resources) => inProcess(await importJsModule(jsModuleText(program, resources))),
});
