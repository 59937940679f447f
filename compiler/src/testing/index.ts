// Helpers for tests of the compiler and of what stands on it.
export { ARTICLE } from "./article.ts";
export { compileText, engineOf } from "./compile-text.ts";
export { applyEdit, EDITED_POLICY, randomEdit, randomNumbers } from "./random-edits.ts";
export type { RandomEdit } from "./random-edits.ts";
export { FLAGSHIP_MANIFEST } from "./flagship-manifest.ts";
export { fixtureCheck, parserDiagnostics, readExpectations, unindent } from "./fixture.ts";
export type { DiagnosticsOf, ExpectedDiagnostic } from "./fixture.ts";
