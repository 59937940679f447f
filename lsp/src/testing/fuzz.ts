// Edits documents of a workspace at random, asks for features at random places, and compares what is told at rest.
import { analyse, SourceFile, type Analysis, type Diagnostic } from "@aegis/compiler";
import { applyEdit, EDITED_POLICY, randomEdit, randomNumbers } from "@aegis/compiler/testing";
import type { Host } from "../host/host.ts";
import { codeActions } from "../features/code-actions/code-actions.ts";
import { completion } from "../features/completion/completion.ts";
import { documentSymbols } from "../features/document-symbols/document-symbols.ts";
import { folds } from "../features/folding/folding.ts";
import { hover } from "../features/hover/hover.ts";
import { inlayHints } from "../features/inlay-hints/inlay-hints.ts";
import { references } from "../features/references/references.ts";
import { prepareRename } from "../features/rename/rename.ts";
import { selectionRanges } from "../features/selection-ranges/selection-ranges.ts";
import { semanticTokens } from "../features/semantic-tokens/semantic-tokens.ts";
import { signatureHelp } from "../features/signature-help/signature-help.ts";
import { viewOf, type View } from "../workspace/view.ts";
import { Workspace } from "../workspace/workspace.ts";

const ROOT = "file:///fuzz";
const OTHER = `package acme.other
import acme.codegen.{ships, Env}
import std.tools.{git}
deny second: git.push when ships(args.branch)
`;

/** Every so many edits the documents come to rest and are compared. */
const REST = 20;

const FEATURES: readonly ((view: View, offset: number, analysis: Analysis) => unknown)[] = [
  hover,
  completion,
  signatureHelp,
  selectionRanges,
  prepareRename,
  (view, offset) => references(view, offset, true),
  (view) => semanticTokens(view),
  (view) => documentSymbols(view),
  (view) => folds(view),
  (view) => inlayHints(view, 0, view.file.text.length),
  (view, offset, analysis) => codeActions(view, { start: offset, end: offset + 20 }, analysis.diagnostics),
];

/** Throws, with the seed and the number of the edit, when a feature throws or a diagnostic is stale. */
export async function fuzzLanguageServer(
  edits: number,
  seed: number,
  progress: (done: number) => void = () => undefined,
): Promise<{ readonly rests: number }> {
  const next = randomNumbers(seed);
  const host: Host = {
    list: () => Promise.resolve(["a.aegis", "b.aegis"]),
    read: (_root, path) =>
      Promise.resolve(
        path.endsWith(".aegis")
          ? { ok: true, text: path === "a.aegis" ? EDITED_POLICY : OTHER }
          : { ok: false, reason: "the file does not exist" },
      ),
  };
  const workspace = new Workspace(host, { now: () => 0, changed: () => undefined });
  await workspace.setFolders([ROOT]);
  const originals = { "a.aegis": EDITED_POLICY, "b.aegis": OTHER };
  const texts: Record<keyof typeof originals, string> = { ...originals };
  for (const path of ["a.aegis", "b.aegis"] as const)
    await workspace.open(`${ROOT}/${path}`, "aegis", 0, texts[path]);
  const project = workspace.projectOf(`${ROOT}/a.aegis`);
  if (project === undefined) throw new Error("the workspace has no project");
  let rests = 0;
  for (let edit = 1; edit <= edits; edit += 1) {
    const path = next(4) === 0 ? "b.aegis" : "a.aegis";
    const change = randomEdit(texts[path], originals[path], next);
    const before = new SourceFile(path, texts[path]);
    texts[path] = applyEdit(texts[path], change);
    const place = (offset: number) => {
      const { line, column } = before.positionAt(offset);
      return { line, character: column };
    };
    await workspace.change(`${ROOT}/${path}`, edit, [
      { range: { start: place(change.start), end: place(change.end) }, text: change.text },
    ]);
    const where = `seed ${String(seed)}, edit ${String(edit)}`;
    try {
      const { analysis, diagnostics } = await project.state();
      const view = viewOf(analysis, path);
      if (view?.file.text !== texts[path]) throw new Error("the text is not the client's");
      const feature = FEATURES[next(FEATURES.length)];
      feature?.(view, next(texts[path].length + 1), analysis);
      if (edit % REST === 0) {
        rests += 1;
        compare(diagnostics, texts, project.inputs());
      }
    } catch (error) {
      throw new Error(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : "unknown"}`, {
        cause: error,
      });
    }
    progress(edit);
  }
  return { rests };
}

function compare(
  told: readonly Diagnostic[],
  texts: Readonly<Record<string, string>>,
  inputs: Parameters<typeof analyse>[1],
): void {
  const files = Object.entries(texts).map(([path, text]) => new SourceFile(path, text));
  const fresh = analyse(files, inputs, { keepGoing: true }).diagnostics;
  const [a, b] = [JSON.stringify(told), JSON.stringify(fresh)];
  if (a !== b)
    throw new Error(`stale diagnostics\ntold:  ${a}\nfresh: ${b}\ntexts: ${JSON.stringify(texts)}`);
}
