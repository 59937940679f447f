// Public surface of lowering.
export { lowerProgram } from "./lower-program.ts";
export type { LoweredProgram, LoweredProperties } from "./lower-program.ts";
export type { LoweredProperty } from "./lower-property.ts";
export type { IrSourceMap, RuleSource, TargetSource } from "./source-map.ts";
export type { ConditionSource } from "./environment.ts";
