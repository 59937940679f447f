// Facts: parsers of parsed types and the pattern engine, everything that the core asks of its platform.
import type { Platform } from "../core/types/parsed-type.ts";
import { parsedTypes } from "./parsed/registry.ts";
import { compilePattern } from "./patterns/compile-pattern.ts";

export { regoTypeModules } from "./parsed/rego.ts";
export type { RegoModule } from "./parsed/rego-module.ts";
export { compilePattern, parsedTypes };

export const platform: Platform = { parsedTypes, compilePattern };
