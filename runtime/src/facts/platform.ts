// What the core asks of its platform: parsers of parsed types and the pattern engine.
import type { Platform } from "../core/types/parsed-type.ts";
import { parsedTypes } from "./parsed/registry.ts";
import { compilePattern } from "./patterns/compile-pattern.ts";

export const platform: Platform = { parsedTypes, compilePattern };
