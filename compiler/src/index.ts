// Public surface of this package.
export type { Position } from "./source/source-file.ts";
export { SourceFile } from "./source/source-file.ts";
export type { Span } from "./source/span.ts";
export type { Diagnostic, Fix, Severity } from "./diagnostics/diagnostic.ts";
export { DiagnosticList, hasErrors } from "./diagnostics/diagnostic.ts";
export {
  DEFAULT_SOURCES,
  PROJECT_FILE_NAME,
  defaultProject,
  paramsOf,
  parseProjectFile,
} from "./project/project-file.ts";
export type { ProjectFile } from "./project/project-file.ts";
export type { ManifestResult, ProjectInputs } from "./resolver/resolved-program.ts";
