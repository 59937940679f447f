// What `aegisc docs` tells of a program, as data: packages with their declarations, and the tools with their actions.
import { printModule, type Analysis, type Item, type Module, type RuleDeclaration } from "@aegis/compiler";
import { printType } from "@aegis/runtime/core";

export interface DocumentedItem {
  readonly kind: Item["kind"];
  readonly name: string;
  /** `package.name`, as decisions, logs and tests call it. */
  readonly id: string;
  readonly file: string;
  readonly doc: string | null;
  /** As written, without the `@`: `owner("secops")`. */
  readonly annotations: readonly string[];
  /** The declaration in Aegis; rules of a policy stand in `rules` instead. */
  readonly source: string;
  /** For rules. */
  readonly effect?: RuleDeclaration["effect"];
  /** For policies. */
  readonly rules?: readonly DocumentedItem[];
}
export interface DocumentedPackage {
  readonly name: string;
  readonly guard: boolean;
  readonly doc: string | null;
  readonly items: readonly DocumentedItem[];
}
export interface DocumentedAction {
  readonly action: string;
  readonly doc: string | null;
  readonly params: readonly { readonly name: string; readonly type: string; readonly doc: string | null }[];
  /** True when arguments that are not declared are accepted unread. */
  readonly open: boolean;
  readonly result: string;
  /** Ids of rules that select it, sorted. */
  readonly rules: readonly string[];
}
export interface DocumentedTool {
  readonly tool: string;
  readonly actions: readonly DocumentedAction[];
}
export interface ProjectDocument {
  readonly version: 1;
  readonly packages: readonly DocumentedPackage[];
  readonly tools: readonly DocumentedTool[];
}

/** Imports say nothing that a reader needs. */
const SILENT: ReadonlySet<Item["kind"]> = new Set(["import"]);

export function documentOf(analysis: Pick<Analysis, "modules" | "checked">): ProjectDocument {
  const packages = new Map<string, DocumentedPackage>();
  for (const module of analysis.modules) {
    const name = packageOf(module);
    const known = packages.get(name);
    const items = module.items.filter((item) => !SILENT.has(item.kind)).map((item) => itemOf(module, item));
    packages.set(name, {
      name,
      guard: module.guard,
      doc: known?.doc ?? module.doc,
      items: [...(known?.items ?? []), ...items],
    });
  }
  return { version: 1, packages: [...packages.values()], tools: toolsOf(analysis.checked) };
}

const packageOf = ({ package: name }: Module): string => name?.parts.map((each) => each.text).join(".") ?? "";

function itemOf(module: Module, item: Item): DocumentedItem {
  const name = "name" in item ? item.name.text : "title" in item ? item.title.value : item.kind;
  return {
    kind: item.kind,
    name,
    id: `${packageOf(module)}.${name}`,
    file: module.file,
    doc: item.doc,
    annotations: item.annotations.map(annotationText),
    source: sourceOf(module, item.kind === "policy" ? { ...item, rules: [] } : item),
    ...(item.kind === "rule" ? { effect: item.effect } : {}),
    ...(item.kind === "policy" ? { rules: item.rules.map((rule) => itemOf(module, rule)) } : {}),
  };
}

/** In Aegis whatever it was written in; documentation and annotations are told apart from it. */
function sourceOf(module: Module, item: Item): string {
  const plain = { ...item, doc: null, annotations: [] };
  const text = printModule({ ...module, doc: null, package: null, comments: [], items: [plain] }).trim();
  return item.kind === "policy" ? text.replace(/\s*\{\s*\}$/, "") : text;
}

function annotationText({ name, args }: Item["annotations"][number]): string {
  const values = args.map(({ name: label, value }) => {
    const text =
      value.kind === "string"
        ? JSON.stringify(value.value)
        : value.kind === "duration"
          ? `${value.milliseconds / 86_400_000}d`
          : "value" in value
            ? String(value.value)
            : value.text;
    return label === null ? text : `${label.text}: ${text}`;
  });
  return values.length === 0 ? name.text : `${name.text}(${values.join(", ")})`;
}

function toolsOf(checked: Analysis["checked"]): DocumentedTool[] {
  const tools = new Map<string, DocumentedAction[]>();
  checked.actions.forEach((action, index) => {
    const rules = checked.rules
      .filter((rule) => rule.groups.some((group) => group.actions.includes(index)))
      .map((rule) => rule.id);
    tools.set(action.tool, [
      ...(tools.get(action.tool) ?? []),
      {
        action: action.action,
        doc: action.doc,
        params: action.params.map(({ name, type, doc }) => ({
          name,
          type: printType(type),
          doc: doc ?? null,
        })),
        open: action.open,
        result: printType(action.result),
        rules: [...new Set(rules)].sort(),
      },
    ]);
  });
  return [...tools].map(([tool, actions]) => ({ tool, actions }));
}
