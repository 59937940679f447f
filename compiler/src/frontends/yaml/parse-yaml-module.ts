// The YAML and JSON front end: a policy file to the same syntax tree as Aegis text.
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { SourceFile } from "../../source/source-file.ts";
import type { Item, Module, PolicyDeclaration, ToolDeclaration } from "../../syntax/ast.ts";
import type { Name, QualifiedName } from "../../syntax/expression.ts";
import type { FragmentParser } from "../../syntax/fragment-parser.ts";
import { openToolDeclarations, readShortForm } from "./allowed-tools.ts";
import { YamlContext } from "./context.ts";
import {
  readAttributes,
  readConstants,
  readData,
  readEnums,
  readFacts,
  readFunctions,
  readGroups,
  readParams,
  readPatterns,
  readTypes,
} from "./declarations.ts";
import { packageOfFile, toIdentifier } from "./identifiers.ts";
import { listItems, openMapping } from "./mapping-reader.ts";
import type { MappingReader } from "./mapping-reader.ts";
import { ModuleScope } from "./module-scope.ts";
import { readExceptions, readUses } from "./policies.ts";
import { readComments } from "./read-comments.ts";
import { readTree } from "./read-tree.ts";
import { readShadow } from "./rule-clauses.ts";
import { readFor, readPolicy, readRules } from "./rules.ts";
import { readLabels } from "./state.ts";
import { readProperties, readTests } from "./tests.ts";
import { ToolScope } from "./tool-scope.ts";
import { impliedImports, readImports, readTools } from "./tools.ts";

export interface YamlEnvironment {
  /** The tools that `std.tools` declares, by name on the wire. */
  readonly libraryTools: ReadonlyMap<string, ToolDeclaration>;
  readonly parser: FragmentParser;
}

/** The tools of a module by name on the wire: what `YamlEnvironment.libraryTools` takes from `std.tools`. */
export const toolsByWireName = (module: Module): ReadonlyMap<string, ToolDeclaration> =>
  new Map(
    module.items.flatMap((item) =>
      item.kind === "tool" ? [[item.wire?.value ?? item.name.text, item] as const] : [],
    ),
  );

/** Never throws; a broken file gives diagnostics and what could be read. */
export function parseYamlModule(
  file: SourceFile,
  environment: YamlEnvironment,
): { readonly module: Module; readonly diagnostics: readonly Diagnostic[] } {
  const sink = new DiagnosticList();
  const context = new YamlContext(file, sink, environment.parser);
  const span = { file: file.path, start: 0, end: file.text.length };
  const root = readTree(file, sink);
  const reader =
    root === undefined
      ? undefined
      : openMapping(
          context,
          root,
          "module",
          "a policy file",
          "for example `agent:`, `allowed_tools:`, `conditions:`",
        );
  const body = reader === undefined ? EMPTY : readBody(context, reader, environment);
  return {
    module: {
      kind: "module",
      span,
      file: file.path,
      dialect: "yaml",
      doc: body.doc,
      guard: body.guard,
      package: body.package ?? madeUpPackage(file.path),
      items: body.items,
      comments: readComments(file),
    },
    diagnostics: sink.items,
  };
}

interface Body {
  readonly doc: string | null;
  readonly guard: boolean;
  readonly package: QualifiedName | null;
  readonly items: readonly Item[];
}
const EMPTY: Body = { doc: null, guard: false, package: null, items: [] };

function readBody(context: YamlContext, reader: MappingReader, environment: YamlEnvironment): Body {
  const scope = new ModuleScope(context, new ToolScope(environment.libraryTools));
  const packageName = reader.map("package", (node) => context.qualifiedName(node, "`package`") ?? null);
  // Names first: what a bare name means depends on them. Tools before groups, groups before rules.
  const imports = readImports(scope, reader.get("imports"));
  const enums = readEnums(scope, reader.get("enums"));
  const types = readTypes(scope, reader.get("types"));
  const attributes = readAttributes(scope, reader.get("attributes"));
  const constants = readConstants(scope, reader.get("constants"));
  const data = readData(scope, reader.get("data"));
  const params = readParams(scope, reader.get("params"));
  const patterns = readPatterns(scope, reader.get("patterns"));
  const facts = readFacts(scope, reader.get("facts"));
  const functions = readFunctions(scope, reader.get("functions"));
  const tools = readTools(scope, reader.get("tools"));
  const short = readShortForm(scope, reader);
  const groups = readGroups(scope, reader.get("groups"));
  const labels = readLabels(scope, reader.get("labels"));
  const { rules, limits } = readRules(scope, reader.get("rules"), "`rules`");
  const policies = (reader.map("policies", (node) => listItems(context, node, "`policies`")) ?? []).flatMap(
    (node) => readPolicy(scope, node).policy ?? [],
  );
  const main = mainPolicy(scope, reader, [...short.rules, ...rules]);
  const tests = readTests(scope, reader.get("tests"));
  const properties = readProperties(scope, reader.get("properties"));
  const uses = readUses(scope, reader.get("uses"));
  const exceptions = readExceptions(scope, reader.get("exceptions"));
  return {
    doc: reader.doc,
    guard: reader.flag("guard"),
    package: packageName,
    items: [
      ...imports,
      ...impliedImports(scope),
      ...tools,
      ...openToolDeclarations(scope, short.open),
      ...enums,
      ...types,
      ...attributes,
      ...constants,
      ...data,
      ...params,
      ...patterns,
      ...facts,
      ...functions,
      ...groups,
      ...labels,
      ...limits,
      ...main,
      ...policies,
      ...uses,
      ...exceptions,
      ...tests,
      ...properties,
    ],
  };
}

/** The rules of the file: in a policy when it says for whom, else alone. */
function mainPolicy(
  scope: ModuleScope,
  reader: MappingReader,
  rules: PolicyDeclaration["rules"],
): readonly Item[] {
  const { scope: condition, ids } = readFor(scope, reader);
  const shadow = readShadow(reader);
  const given = reader.map("policy", (node) => scope.context.name(node, "`policy`") ?? null);
  if (condition === null && shadow === null && given === null) return rules;
  if (rules.length === 0) return [];
  const [id] = ids;
  const span = reader.has("agent") ? reader.keySpan("agent") : reader.keySpan("for");
  const name: Name = given ?? { kind: "name", span, text: toIdentifier(id?.text ?? "policy") };
  return [
    {
      kind: "policy",
      span: {
        file: span.file,
        start: Math.min(...rules.map((rule) => rule.span.start)),
        end: Math.max(...rules.map((rule) => rule.span.end)),
      },
      doc: null,
      annotations: [],
      name,
      params: [],
      shadow,
      scope: condition,
      rules,
    },
  ];
}

function madeUpPackage(path: string): QualifiedName {
  const span = { file: path, start: 0, end: 0 };
  return { kind: "qualified-name", span, parts: [{ kind: "name", span, text: packageOfFile(path) }] };
}
