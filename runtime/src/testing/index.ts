// What tests of all packages share: finding and running the real programs that they compare with.
export { findOpa, findProgram, skipsWithout } from "./find-program-node.ts";
export { checkRego, evaluateRego } from "./run-opa-node.ts";
export { disguises, type Disguise } from "./disguises.ts";
