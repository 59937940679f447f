// Actions of `tools "manifest" as x { … }`: the manifest's, refined.
import { toolDiagnostics as report } from "../../diagnostics/catalogue/tools.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { Manifest, ManifestNote } from "../../manifests/index.ts";
import { readManifest, splitManifestPath } from "../../manifests/index.ts";
import type { ToolsImport } from "../../syntax/ast.ts";
import type { ProjectInputs } from "../resolved-program.ts";
import type { TypeNames } from "../types/type-of.ts";
import { refineManifest } from "./refine-manifest.ts";
import type { ActionInstance } from "./tool-instance.ts";

/** Empty when the manifest cannot be used, which is reported. */
export function manifestActions(
  node: ToolsImport,
  inputs: ProjectInputs,
  names: TypeNames,
  sink: DiagnosticSink,
): ActionInstance[] | null {
  const path = node.manifest.value;
  const file = inputs.readManifest(node.manifest.span.file, splitManifestPath(path).file);
  if (!file.ok) {
    sink.report(report["manifest-unreadable"](node.manifest.span, { path, reason: file.reason }));
    return null;
  }
  const manifest = readManifest(file.text, path);
  const [problem] = manifest.problems;
  if (problem !== undefined) {
    const more = manifest.problems.length - 1;
    const place = problem.pointer === "" ? "" : ` (at ${problem.pointer})`;
    const reason = `${problem.message}${place}${more > 0 ? `, and ${String(more)} more` : ""}`;
    sink.report(report["manifest-unreadable"](node.manifest.span, { path, reason }));
    if (manifest.actions.length === 0) return null;
  }
  reportNotes(manifest, node, sink);
  const actions = manifest.actions.map((action) => ({
    name: action.name,
    wire: action.name,
    params: action.params,
    open: action.open,
    result: action.result,
    doc: action.doc,
    declaredAt: node.name.span,
    annotations: action.annotations,
    node: null,
  }));
  return refineManifest(node, actions, names, sink);
}

const WHAT: { readonly [Kind in ManifestNote["kind"]]: string } = {
  opaque: "values are read as `json`",
  widened: "more is accepted than the schema says",
  narrowed: "less is accepted than the schema says",
};
const SHOWN = 3;

/** An argument that a refinement gives a type needs no note. */
function isRefined(note: ManifestNote, node: ToolsImport): boolean {
  const argument = /^\/inputSchema\/properties\/([^/]*)/.exec(note.pointer)?.[1];
  const name = argument?.replaceAll("~1", "/").replaceAll("~0", "~");
  return node.refinements.some(
    (refinement) =>
      (refinement.action === null || refinement.action.text === note.action) &&
      refinement.fields.some((field) => field.name.text === name),
  );
}

/** One note for each kind of difference, with the first places. */
function reportNotes(manifest: Manifest, node: ToolsImport, sink: DiagnosticSink): void {
  for (const kind of ["opaque", "widened", "narrowed"] as const) {
    const notes = manifest.notes.filter((note) => note.kind === kind && !isRefined(note, node));
    if (notes.length === 0) continue;
    const places = notes.slice(0, SHOWN).map((note) => `\`${note.action}\` ${note.pointer}`);
    if (notes.length > SHOWN) places.push(`${String(notes.length - SHOWN)} more places`);
    sink.report(
      report["manifest-note"](node.manifest.span, {
        path: manifest.path,
        what: WHAT[kind],
        places: places.join(", "),
      }),
    );
  }
}
