// Public surface of the optimiser.
export { createSimplifier, optimize, optimizeExpression } from "./optimize.ts";
export type { Simplifier } from "./optimize.ts";
