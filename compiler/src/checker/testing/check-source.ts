// Checks source text through the real parser and resolver, for tests.
import { stdlibModules } from "@aegis/stdlib";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { parseModule } from "../../frontends/aegis/parse.ts";
import type { ProjectInputs } from "../../resolver/resolved-program.ts";
import { resolveProgram } from "../../resolver/resolve-program.ts";
import { SourceFile } from "../../source/source-file.ts";
import type { CheckedProgram } from "../checked-program.ts";
import { checkProgram } from "../check-program.ts";
import { NO_INPUTS } from "../../resolver/no-inputs.ts";

export interface CheckedSource {
  readonly program: CheckedProgram;
  readonly diagnostics: readonly Diagnostic[];
  readonly codes: readonly string[];
}

export function checkSource(
  source: string | Readonly<Record<string, string>>,
  inputs: Partial<ProjectInputs> = {},
): CheckedSource {
  const files = typeof source === "string" ? { "test.aegis": source } : source;
  const sources = [
    ...Object.entries(files),
    ...[...stdlibModules].map(([name, text]) => [`std:${name}`, text] as const),
  ];
  const parsed = sources.map(([name, text]) => parseModule(new SourceFile(name, text)));
  const resolved = resolveProgram(
    parsed.map((each) => each.module),
    { ...NO_INPUTS, ...inputs },
  );
  const checked = checkProgram(resolved.program);
  const diagnostics = [
    ...parsed.flatMap((each) => each.diagnostics),
    ...resolved.diagnostics,
    ...checked.diagnostics,
  ];
  return { program: checked.program, diagnostics, codes: diagnostics.map((each) => each.code) };
}
