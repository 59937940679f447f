// Facts: parsers of parsed types and the pattern engine, everything that the core asks of its platform.
import type { Platform } from "../core/types/parsed-type.ts";
import { OPAQUE_PROGRAMS, PROGRAM_RULES } from "./parsed/command/command-rules.ts";
import { parsedTypeTables } from "./parsed/tables.ts";
import { parsedTypes } from "./parsed/registry.ts";
import { compilePattern } from "./patterns/compile-pattern.ts";

export { decodedForms } from "./computed/decode/decoded-forms.ts";
export { regoTypeModules } from "./parsed/rego.ts";
export type { RegoModule } from "./parsed/rego-module.ts";
export type { ComputedFact } from "./computed/computed-fact.ts";
export { factComputer } from "./computed/fact-computer.ts";
export type { FactComputer, RequestFacts } from "./computed/fact-computer.ts";
export { requestCompleter } from "./computed/complete-request.ts";
export { computedFacts } from "./computed/registry.ts";
export { compilePattern, parsedTypes, parsedTypeTables };

export const platform: Platform = { parsedTypes, compilePattern };

/** What makes a shell line opaque beside its form: programs, and rules about arguments of programs. */
export const commandRules = { opaque: OPAQUE_PROGRAMS, programs: PROGRAM_RULES };
