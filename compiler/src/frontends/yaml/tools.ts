// Imports and tool declarations.
import { yamlDiagnostics } from "../../diagnostics/catalogue/yaml.ts";
import type { ActionNode, Import, Refinement, ToolDeclaration, ToolsImport } from "../../syntax/ast.ts";
import type { Name, QualifiedName } from "../../syntax/expression.ts";
import { readFields, readType } from "./fields.ts";
import { listItems, namedEntries, oneOrMany, openMapping } from "./mapping-reader.ts";
import type { ModuleScope } from "./module-scope.ts";
import { actionsOf } from "./tool-scope.ts";
import { isString } from "./yaml-tree.ts";
import type { YamlNode } from "./yaml-tree.ts";

const NOTHING = { doc: null, annotations: [] } as const;

/** `- std.secrets`, `- std.tools.{git, http}`, `- { import: std.tools.git, as: git, on: my-git }`. */
export function readImports(scope: ModuleScope, node: YamlNode | undefined): Import[] {
  const { context } = scope;
  const imports = (node === undefined ? [] : listItems(context, node, "`imports`")).flatMap(
    (item): Import[] => {
      if (isString(item)) {
        const braces = /^(?<path>[^{}]+)\.\s*\{(?<names>[^{}]*)\}$/.exec(item.text.trim());
        const path = context.qualifiedName(
          braces === null ? item : { ...item, text: braces.groups?.["path"] ?? "" },
          "an import",
        );
        if (path === undefined) return [];
        const names = braces?.groups?.["names"]
          ?.split(",")
          .map((text) => text.trim().replaceAll("`", ""))
          .filter((text) => text !== "")
          .map((text): Name => ({ kind: "name", span: item.span, text }));
        return [
          { kind: "import", span: item.span, ...NOTHING, path, names: names ?? null, alias: null, on: null },
        ];
      }
      const reader = openMapping(
        context,
        item,
        "import",
        "an import",
        "write `std.secrets` or `{ import: …, as: … }`",
      );
      const pathNode = reader?.need("import");
      const path = pathNode === undefined ? undefined : context.qualifiedName(pathNode, "`import`");
      if (reader === undefined || path === undefined) return [];
      return [
        {
          kind: "import",
          span: item.span,
          ...NOTHING,
          path,
          names: reader.map("names", (list) =>
            oneOrMany(list).flatMap((each) => context.name(each, "`names`") ?? []),
          ),
          alias: reader.map("as", (each) => context.name(each, "`as`") ?? null),
          on: reader.map("on", (each) => context.text(each, "`on`") ?? null),
        },
      ];
    },
  );
  for (const each of imports) declareImport(scope, each);
  return imports;
}

function declareImport(scope: ModuleScope, node: Import): void {
  const path = node.path.parts.map((part) => part.text);
  const root = path[0];
  if (root !== undefined) scope.declare(root, null);
  const fromTools = path[0] === "std" && path[1] === "tools";
  // A name from a package of the author's may be a tool: what it declares is not known here.
  const foreign = (source: string): void => {
    if (root !== "std") scope.tools.declare({ source, actions: null, open: false }, null);
  };
  const library = (name: string, source: string, wire: string | null): void => {
    const tool = scope.tools.libraryTool(name);
    if (tool !== undefined)
      scope.tools.declare(
        { source, actions: actionsOf(tool.actions), open: false },
        wire ?? tool.wire?.value ?? null,
      );
  };
  if (node.names !== null) {
    for (const name of node.names) {
      scope.declare(name.text, null);
      foreign(name.text);
      if (fromTools && path.length === 2) library(name.text, name.text, null);
    }
    return;
  }
  const last = path.at(-1) ?? "";
  const local = node.alias?.text ?? last;
  scope.declare(local, null);
  foreign(local);
  if (fromTools && path.length === 3) library(last, local, node.on?.value ?? null);
}

/** `{ github: { manifest: github.tools.json, refine: { … } }, bank: { actions: { … } } }`. */
export function readTools(scope: ModuleScope, node: YamlNode | undefined): (ToolDeclaration | ToolsImport)[] {
  const { context } = scope;
  return (node === undefined ? [] : namedEntries(context, node, "`tools`")).flatMap(
    ({ name, value, span }): (ToolDeclaration | ToolsImport)[] => {
      const reader = openMapping(
        context,
        value,
        "tool",
        `the tool \`${name.text}\``,
        "write `manifest: FILE` or `actions: { … }`",
      );
      if (reader === undefined) return [];
      scope.declare(name.text, null);
      const base = { span, doc: reader.doc, annotations: reader.annotations, name };
      if (reader.has("manifest")) {
        for (const key of ["actions", "wire"])
          if (reader.has(key))
            context.report(
              yamlDiagnostics["unknown-key"](reader.keySpan(key), {
                key,
                place: "a tool with a manifest",
                hint: "the manifest says what the actions are: narrow them with `refine`",
              }),
            );
        scope.tools.declare({ source: name.text, actions: null, open: false }, null);
        const manifest = reader.map("manifest", (each) => context.text(each, "`manifest`") ?? null);
        const refinements = reader.map("refine", (each) => readRefinements(scope, each)) ?? [];
        return manifest === null ? [] : [{ kind: "tools", ...base, manifest, refinements }];
      }
      const actionsNode = reader.need("actions", "or a `manifest`");
      const actions =
        actionsNode === undefined
          ? []
          : namedEntries(context, actionsNode, "`actions`").flatMap((each) => readAction(scope, each));
      const wire = reader.map("wire", (each) => context.text(each, "`wire`") ?? null);
      scope.tools.declare(
        { source: name.text, actions: actionsOf(actions), open: false },
        wire?.value ?? null,
      );
      return [{ kind: "tool", ...base, wire, actions, inferred: false }];
    },
  );
}

function readRefinements(scope: ModuleScope, node: YamlNode): readonly Refinement[] {
  const { context } = scope;
  return namedEntries(context, node, "`refine`").flatMap(({ name, value, span }) => {
    const reader = openMapping(
      context,
      value,
      "refinement",
      `\`${name.text}\``,
      "write `{ fields: { path: relpath } }`",
    );
    if (reader === undefined) return [];
    const { fields, open } = readFields(context, reader.get("fields"), "`fields`");
    return [
      {
        span,
        action: name.text === "*" ? null : name,
        fields,
        open: open || reader.flag("open"),
        result: reader.map("result", (each) => readType(context, each, "`result`")),
      },
    ];
  });
}

function readAction(
  scope: ModuleScope,
  entry: ReturnType<typeof namedEntries>[number],
): readonly ActionNode[] {
  const { context } = scope;
  const reader = openMapping(
    context,
    entry.value,
    "action",
    `the action \`${entry.name.text}\``,
    "write `{ params: { … } }`, or `{}` for none",
  );
  if (reader === undefined) return [];
  const { fields, open } = readFields(context, reader.get("params"), "`params`");
  return [
    {
      span: entry.span,
      doc: reader.doc,
      annotations: reader.annotations,
      name: entry.name,
      wire: reader.map("wire", (each) => context.text(each, "`wire`") ?? null),
      params: fields,
      open: open || reader.flag("open"),
      result: reader.map("result", (each) => readType(context, each, "`result`")),
    },
  ];
}

/** One import for all library tools that the file names without importing them. */
export function impliedImports(scope: ModuleScope): Import[] {
  const names = [...scope.tools.implied.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
  const [first] = names;
  if (first === undefined) return [];
  const path: QualifiedName = {
    kind: "qualified-name",
    span: first.span,
    parts: ["std", "tools"].map((text): Name => ({ kind: "name", span: first.span, text })),
  };
  return [{ kind: "import", span: first.span, ...NOTHING, path, names, alias: null, on: null }];
}
