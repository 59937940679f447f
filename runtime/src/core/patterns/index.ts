// Portable patterns: one meaning in every engine.
export { matchesEmpty, REDACTION_MARK, redactionProblem } from "./pattern-analysis.ts";
export type { CodePointRange, PatternNode } from "./pattern-node.ts";
export { describePattern, MAX_PATTERN_LENGTH, parsePattern, unionPatterns } from "./parse-pattern.ts";
export type { Pattern, PatternError, PatternOptions } from "./parse-pattern.ts";
export { printPattern } from "./print-pattern.ts";
