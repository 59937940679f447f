// Public surface of this package.
export type { Position } from "./source/source-file.ts";
export { SourceFile } from "./source/source-file.ts";
export type { Span } from "./source/span.ts";
export type { Diagnostic, Fix, Severity } from "./diagnostics/diagnostic.ts";
export { DiagnosticList, hasErrors } from "./diagnostics/diagnostic.ts";
export { ALL_DIAGNOSTICS } from "./diagnostics/catalogue/index.ts";
export type { DiagnosticInfo } from "./diagnostics/define-diagnostics.ts";
export { renderAllPretty, renderPretty } from "./diagnostics/render-pretty.ts";
export type { PrettyOptions } from "./diagnostics/render-pretty.ts";
export {
  DEFAULT_SOURCES,
  PROJECT_FILE_NAME,
  defaultProject,
  paramsOf,
  parseProjectFile,
} from "./project/project-file.ts";
export type { ProjectFile } from "./project/project-file.ts";
export { absentReads, convertToAegis, convertToYaml } from "./convert/index.ts";
export type { AbsentReads, YamlConversion } from "./convert/index.ts";
export { parseYamlModule, POLICY_SCHEMA, readTree, toolsByWireName } from "./frontends/yaml/index.ts";
export {
  compareLocks,
  drift,
  lockedActions,
  makeLock,
  policyUsage,
  readLock,
  writeLock,
} from "./lock/index.ts";
export type {
  DriftFinding,
  LockDifference,
  LockFile,
  LockResult,
  PolicyUsage,
  RuleUse,
} from "./lock/index.ts";
export type { PolicySchema, YamlEntry, YamlEnvironment, YamlNode } from "./frontends/yaml/index.ts";
export {
  printManifestAsAegis,
  readManifest,
  revealHiddenCharacters,
  splitManifestPath,
} from "./manifests/index.ts";
export type {
  Manifest,
  ManifestAction,
  ManifestNote,
  ManifestProblem,
  PrintManifestOptions,
} from "./manifests/index.ts";
export { NO_INPUTS } from "./resolver/no-inputs.ts";
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
export { tokensOf } from "./frontends/aegis/tokens-of.ts";
export type { TextToken } from "./frontends/aegis/tokens-of.ts";
export { ANNOTATIONS } from "./resolver/annotations.ts";
export { TOKEN_TABLE } from "./frontends/aegis/token-table.ts";
export type { TokenEntry, TokenKind } from "./frontends/aegis/token-table.ts";
export { analyse } from "./pipeline/analyse.ts";
export type { AnalyseOptions, Analysis } from "./pipeline/analyse.ts";
export { AnalysisSession } from "./pipeline/analysis-session.ts";
export { compile } from "./pipeline/compile.ts";
export type { Compilation, FailedCompilation } from "./pipeline/compile.ts";
export { lowerProgram } from "./lower/index.ts";
export type {
  ConditionSource,
  IrSourceMap,
  LoweredProgram,
  LoweredProperties,
  LoweredProperty,
  RuleSource,
  TargetSource,
} from "./lower/index.ts";
export { optimize, optimizeExpression } from "./optimize/index.ts";
export { FRONT_ENDS, frontEndOf, yamlEnvironment } from "./pipeline/front-ends.ts";
export type { FrontEnd } from "./pipeline/front-ends.ts";
export { Library, libraryModules, standardLibrary } from "./pipeline/library.ts";
export type {
  CheckedConstant,
  CheckedFunction,
  CheckedGroup,
  CheckedRule,
  ExpressionInfo,
  Meaning,
} from "./checker/checked-program.ts";
export { checkDetached } from "./navigate/check-detached.ts";
export { knownExpressions } from "./navigate/known.ts";
export type { Known } from "./navigate/known.ts";
export { isReservedWord } from "./syntax/reserved-words.ts";
export { childrenOf, walkExpression } from "./syntax/expression-children.ts";
export { occurrencesOf } from "./navigate/occurrences.ts";
export type { NamedSymbol, Occurrence, SymbolKind } from "./navigate/symbol.ts";
export { childNodes, nodesAt, walkNodes } from "./syntax/nodes-at.ts";
export type { PlacedNode } from "./syntax/nodes-at.ts";
export { checkProgram } from "./checker/check-program.ts";
export type { CheckedProgram } from "./checker/checked-program.ts";
export { resolveProgram } from "./resolver/resolve-program.ts";
export type { Declared, ResolvedModule, ResolvedProgram } from "./resolver/resolved-program.ts";
export { LINE_WIDTH, formatModule, printModule } from "./format/format-module.ts";
export { formatText } from "./format/format-text.ts";
export type { FormatResult } from "./format/format-text.ts";
export { sameModule } from "./format/same-tree.ts";
export type * from "./syntax/ast.ts";
export type * from "./syntax/expression.ts";
export * from "./lint/index.ts";
export * from "./backends/index.ts";
export * from "./bundle/index.ts";
