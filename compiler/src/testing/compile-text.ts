// Compiles texts the whole way and runs them, for tests of what policies decide.
import { createInterpreter, decodeIr, encodeIr } from "@aegis/runtime/core";
import type { Engine } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { analyse } from "../pipeline/analyse.ts";
import { compile } from "../pipeline/compile.ts";
import type { Compilation } from "../pipeline/compile.ts";
import type { ProjectInputs } from "../resolver/resolved-program.ts";
import { SourceFile } from "../source/source-file.ts";
import { NO_INPUTS } from "./resolve-text.ts";

/** Texts by file name; one text alone is `policy.aegis`. Throws, with the diagnostics, when they do not compile. */
export function compileText(
  texts: string | Readonly<Record<string, string>>,
  inputs: Partial<ProjectInputs> = {},
): Compilation {
  const files = typeof texts === "string" ? { "policy.aegis": texts } : texts;
  const sources = Object.entries(files).map(([path, text]) => new SourceFile(path, text));
  const compiled = compile(analyse(sources, { ...NO_INPUTS, ...inputs }));
  if (!compiled.ok)
    throw new Error(compiled.diagnostics.map((each) => `${each.code}: ${each.message}`).join("\n"));
  // Whatever the compiler makes, the decoder of bundles accepts.
  const decoded = decodeIr(JSON.parse(encodeIr(compiled.ir)), platform);
  if (!decoded.ok)
    throw new Error(decoded.problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  return compiled;
}

/** The reference interpreter on compiled texts. */
export const engineOf = (
  texts: string | Readonly<Record<string, string>>,
  inputs: Partial<ProjectInputs> = {},
): Engine => createInterpreter(compileText(texts, inputs).ir, platform);
