// Facts: parsers of parsed types and the pattern engine, everything that the core asks of its platform.
import { OPAQUE_PROGRAMS, PROGRAM_RULES } from "./parsed/command/command-rules.ts";

export { decodedForms } from "./computed/decode/decoded-forms.ts";
export { regoTypeModules } from "./parsed/rego.ts";
export { rawPieces, type RegoModule } from "./parsed/rego-module.ts";
export type { ComputedFact } from "./computed/computed-fact.ts";
export { factComputer } from "./computed/fact-computer.ts";
export type { FactComputer, RequestFacts } from "./computed/fact-computer.ts";
export { requestCompleter } from "./computed/complete-request.ts";
export { computedFacts } from "./computed/registry.ts";
export { compilePattern } from "./patterns/compile-pattern.ts";
export { parsedTypes } from "./parsed/registry.ts";
export { parsedTypeTables } from "./parsed/tables.ts";
export { platform } from "./platform.ts";

/** What makes a shell line opaque beside its form: programs, and rules about arguments of programs. */
export const commandRules = { opaque: OPAQUE_PROGRAMS, programs: PROGRAM_RULES };
