// A YAML file with the mark at the cursor, read as policies are: the tree around the mark, as for Aegis text.
import {
  analyse,
  frontEndOf,
  nodesAt,
  SourceFile,
  standardLibrary,
  walkNodes,
  type Item,
  type Module,
  type PlacedNode,
} from "@aegis/compiler";
import { MARK, type Cursor } from "./cursor.ts";
import { viewOf, type View } from "./view.ts";
import type { YamlPlace } from "./yaml-cursor.ts";

export interface YamlReading {
  /** In which the names of the file are known. */
  readonly view: View;
  readonly cursor: Cursor;
  readonly path: readonly PlacedNode[];
  /** The mark was read as an argument, as every bare name is: it may be another name as well. */
  readonly bare: boolean;
}

/** What may have to stand around the mark for its text to be read: bare names are arguments. */
const READINGS = [MARK, `${MARK}.x`, `args.${MARK}`] as const;

export function* yamlReadings(view: View, { text }: YamlPlace, start: number): Generator<YamlReading> {
  for (const reading of READINGS) {
    const file = new SourceFile(view.file.path, text.replace(MARK, reading));
    const { module } = frontEndOf(file.path).parse(file, standardLibrary);
    const around = pathToMark(module);
    if (around === null) continue;
    const item = (around.find((each) => each.kind === "rule") ?? around[1]) as Item;
    // The rule counts as the declaration, as in Aegis; its policy is found by the place.
    const path: readonly PlacedNode[] = [module, ...around.slice(around.indexOf(item))];
    const cursor: Cursor = { start, tokens: [], first: false, path, item, quoted: null };
    yield { view: readable(view, file, module), cursor, path, bare: reading.startsWith("args.") };
  }
}

/** A file that does not parse declares nothing, and names no tools: with the mark in it, it does. */
function readable(view: View, file: SourceFile, module: Module): View {
  if (view.module !== null && outline(view.module.module) === outline(module)) return view;
  const { files, resolved } = view.analysis;
  const sources = [...files.values()].filter(
    (each) => !each.path.startsWith("std:") && each.path !== file.path,
  );
  return viewOf(analyse([...sources, file], resolved.inputs, { keepGoing: true }), file.path) ?? view;
}

/** What a file declares and imports, by name. */
const outline = ({ items }: Module): string =>
  items
    .map((item) => {
      const names = item.kind === "import" ? (item.names ?? []).map((each) => each.text) : [];
      return `${item.kind} ${"name" in item ? item.name.text : names.join()}`;
    })
    .join("\n");

function pathToMark(module: Module): readonly PlacedNode[] | null {
  for (const node of walkNodes(module)) {
    const marked = node as PlacedNode & {
      readonly text?: unknown;
      readonly value?: unknown;
      readonly members?: unknown;
    };
    const key = Array.isArray(marked.members)
      ? (marked.members as readonly JsonMember[]).find((each) => each.key === MARK)
      : undefined;
    if (marked.text !== MARK && marked.value !== MARK && key === undefined) continue;
    const path = nodesAt(module, key?.keySpan.start ?? node.span.start);
    const at = path.indexOf(node);
    // Names that share their place with others (`step: git.push`) are found by what holds them.
    if (at >= 0) return path.slice(0, at + 1);
    return [...path.filter((each) => each.kind !== "qualified-name" && each.kind !== "name"), node];
  }
  return null;
}
interface JsonMember {
  readonly key: string;
  readonly keySpan: { readonly start: number };
}
