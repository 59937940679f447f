// The engine that a command decides with: over sources or over a bundle.
import { createInterpreter, type Engine, type IrProgram } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { flagOption, textOption } from "./command.ts";
import { openBundleFile } from "./files/open-bundle-file.ts";
import type { Io } from "./io.ts";
import { compileProject, type Options } from "./policy-options.ts";

/** `native` is what production runs; `reference` the interpreter that all engines are compared with. */
export const ENGINE_NAMES = ["native", "reference"] as const;

/** Null when the sources are wrong; that has been printed. Throws `UsageError` for a bundle that cannot be opened. */
export async function engineFor(io: Io, paths: readonly string[], options: Options): Promise<Engine | null> {
  const bundle = textOption(options, "bundle");
  if (bundle !== null) {
    const opened = await openBundleFile(io, bundle, {
      key: textOption(options, "key"),
      insecureUnsigned: flagOption(options, "insecureUnsigned"),
    });
    return createEngine(opened.ir, textOption(options, "engine"));
  }
  const project = compileProject(io, paths, options);
  return project === null ? null : createEngine(project.compilation.ir, textOption(options, "engine"));
}

export function createEngine(ir: IrProgram, _name: string | null): Engine {
  return createInterpreter(ir, platform);
}
