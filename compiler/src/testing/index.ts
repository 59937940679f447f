// Helpers for tests of the compiler and of what stands on it.
export { compileText, engineOf } from "./compile-text.ts";
