// Public surface of the optimiser.
export { optimize, optimizeExpression } from "./optimize.ts";
