// Helpers for tests of the compiler and of what stands on it.
export { compileText, engineOf } from "./compile-text.ts";
export { fixtureCheck, parserDiagnostics, readExpectations, unindent } from "./fixture.ts";
export type { DiagnosticsOf, ExpectedDiagnostic } from "./fixture.ts";
