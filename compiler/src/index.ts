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
export {
  parseDuration,
  parseExpression,
  parseModule,
  parseRedactPath,
  parseSelector,
  parseTemplate,
  parseTypeNode,
} from "./frontends/aegis/parse.ts";
export type { ParsedModule } from "./frontends/aegis/parse.ts";
export type { Origin } from "./frontends/aegis/place.ts";
export { TOKEN_TABLE } from "./frontends/aegis/tokens.ts";
export type { TokenEntry, TokenKind } from "./frontends/aegis/tokens.ts";
