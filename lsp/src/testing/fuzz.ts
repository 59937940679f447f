// Edits documents of a workspace at random, asks for features at random places, and compares what is told at rest.
import { analyse, hasErrors, lintProgram, SourceFile, type Analysis, type Diagnostic } from "@aegis/compiler";
import { applyEdit, EDITED_POLICY, randomEdit, randomNumbers } from "@aegis/compiler/testing";
import type { Host } from "../host/host.ts";
import { callsTo } from "../features/call-hierarchy/call-hierarchy.ts";
import { codeActions } from "../features/code-actions/code-actions.ts";
import { codeLenses } from "../features/code-lenses/code-lenses.ts";
import { completion } from "../features/completion/completion.ts";
import { definitions } from "../features/definition/definition.ts";
import { documentLinks } from "../features/document-links/document-links.ts";
import { documentSymbols } from "../features/document-symbols/document-symbols.ts";
import { folds } from "../features/folding/folding.ts";
import { formatFile } from "../features/formatting/formatting.ts";
import { hover } from "../features/hover/hover.ts";
import { inlayHints } from "../features/inlay-hints/inlay-hints.ts";
import { references } from "../features/references/references.ts";
import { rename } from "../features/rename/rename.ts";
import { selectionRanges } from "../features/selection-ranges/selection-ranges.ts";
import { semanticTokens } from "../features/semantic-tokens/semantic-tokens.ts";
import { signatureHelp } from "../features/signature-help/signature-help.ts";
import { workspaceSymbols } from "../features/workspace-symbols/workspace-symbols.ts";
import type { Project } from "../workspace/project.ts";
import { viewOf, type View } from "../workspace/view.ts";
import { Workspace } from "../workspace/workspace.ts";

const ROOT = "file:///fuzz";
const OTHER = `package acme.other
import acme.codegen.{ships, Env}
import std.tools.{git}
deny second: git.push when ships(args.branch)
`;
const YAML = `package: acme.third
imports: ["acme.codegen.{ships}", std.net]
enums: { Kind: [small, large] }
attributes:
  context: { kind: Kind }
labels:
  - { label: seen, set: { call: [web.fetch] }, per: session }
rules:
  - allow: third
    call: git.push
    when: ships(branch) and context.kind == small
  - { deny: leak, call: [web.*, mail.send], when: session has seen, because: "to {context.kind}" }
tests:
  - test: it works
    steps:
      - { step: git.push, args: { repo: r, branch: main }, expect: deny }
`;
/** Without its mistakes, so that the linter has its turn where nothing was broken. */
const POLICY = EDITED_POLICY.replace(
  'any segment in args.branch.segments: segment == "x"',
  'args.branch.starts_with("x")',
).replace(
  "seen(to: email) set on result mail.send key args.to",
  "seen(repo: string) set on result git.push key args.repo",
);
const ORIGINALS: ReadonlyMap<string, string> = new Map([
  ["a.aegis", POLICY],
  ["b.aegis", OTHER],
  ["c.yaml", YAML],
]);
/** Of eight edits five go to the first file, one to the second, two to the third. */
const EDITED = ["a.aegis", "a.aegis", "a.aegis", "a.aegis", "a.aegis", "b.aegis", "c.yaml", "c.yaml"];

/** Every so many edits the documents come to rest and are compared. */
const REST = 20;
/** Every so many edits all texts are as they were at first, and compared. */
const RESTORE = 100;

type Feature = (view: View, offset: number, analysis: Analysis) => unknown;
const FEATURES: ReadonlyMap<string, Feature> = new Map<string, Feature>([
  ["hover", hover],
  ["completion", completion],
  ["signature help", signatureHelp],
  ["definition", definitions],
  ["references", (view, offset) => references(view, offset, true)],
  ["rename", (view, offset) => rename(view, offset, "other")],
  ["call hierarchy", callsTo],
  ["selection", selectionRanges],
  ["semantic tokens", (view) => semanticTokens(view)],
  ["symbols", (view) => documentSymbols(view)],
  ["workspace symbols", (_view, _offset, analysis) => workspaceSymbols(analysis, "s")],
  ["folding", (view) => folds(view)],
  ["links", (view) => documentLinks(view)],
  ["lenses", (view) => codeLenses(view)],
  ["inlay hints", (view) => inlayHints(view, 0, view.file.text.length)],
  ["formatting", (view) => formatFile(view.file)],
  [
    "code actions",
    (view, offset, analysis) => codeActions(view, { start: offset, end: offset + 20 }, analysis.diagnostics),
  ],
]);

export interface FuzzTally {
  edits: number;
  /** Times that everything told was compared with a fresh analysis. */
  compared: number;
  /** Of these, times that the linter had something to look at, because nothing else was wrong. */
  linted: number;
  /** How often each feature was asked. */
  features: Record<string, number>;
}

/** Throws, with the seed and the number of the edit, when a feature throws or a diagnostic is stale. */
export async function fuzzLanguageServer(
  edits: number,
  seed: number,
  tally = newTally(),
): Promise<FuzzTally> {
  const next = randomNumbers(seed);
  const texts = new Map(ORIGINALS);
  const { workspace, project } = await opened(texts);
  for (let edit = 1; edit <= edits; edit += 1) {
    try {
      if (edit % RESTORE === 0) {
        await restore(workspace, texts, edit);
        await compare(project, texts, tally);
      }
      await editOnce(workspace, project, texts, edit, next, tally);
      if (edit % REST === 0) await compare(project, texts, tally);
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : "unknown";
      throw new Error(`seed ${String(seed)}, edit ${String(edit)}: ${what}`, { cause: error });
    }
    tally.edits += 1;
  }
  return tally;
}

export const newTally = (): FuzzTally => ({
  edits: 0,
  compared: 0,
  linted: 0,
  features: Object.fromEntries([...FEATURES.keys()].sort().map((name) => [name, 0])),
});

async function opened(texts: ReadonlyMap<string, string>) {
  const host: Host = {
    list: () => Promise.resolve([...ORIGINALS.keys(), "aegis.json"]),
    read: (_root, path) => {
      const text = path === "aegis.json" ? '{ "sources": ["*.aegis", "*.yaml"] }' : ORIGINALS.get(path);
      return Promise.resolve(
        text === undefined ? { ok: false, reason: "the file does not exist" } : { ok: true, text },
      );
    },
  };
  const workspace = new Workspace(host, { now: () => 0, changed: () => undefined });
  await workspace.setFolders([ROOT]);
  for (const [path, text] of texts)
    await workspace.open(`${ROOT}/${path}`, path.endsWith(".yaml") ? "yaml" : "aegis", 0, text);
  const project = workspace.projectOf(`${ROOT}/a.aegis`);
  if (project === undefined) throw new Error("the workspace has no project");
  return { workspace, project };
}

async function restore(workspace: Workspace, texts: Map<string, string>, edit: number): Promise<void> {
  for (const [path, text] of ORIGINALS) {
    texts.set(path, text);
    await workspace.change(`${ROOT}/${path}`, edit, [{ range: null, text }]);
  }
}

async function editOnce(
  workspace: Workspace,
  project: Project,
  texts: Map<string, string>,
  edit: number,
  next: (below: number) => number,
  tally: FuzzTally,
): Promise<void> {
  const path = EDITED[next(EDITED.length)] ?? "a.aegis";
  const text = texts.get(path) ?? "";
  const change = randomEdit(text, ORIGINALS.get(path) ?? "", next);
  const before = new SourceFile(path, text);
  const place = (offset: number) => {
    const { line, column } = before.positionAt(offset);
    return { line, character: column };
  };
  const after = applyEdit(text, change);
  texts.set(path, after);
  await workspace.change(`${ROOT}/${path}`, edit, [
    { range: { start: place(change.start), end: place(change.end) }, text: change.text },
  ]);
  const { analysis } = await project.state();
  const view = viewOf(analysis, path);
  if (view?.file.text !== after) throw new Error("the text is not the client's");
  const names = [...FEATURES.keys()];
  const name = names[next(names.length)] ?? "";
  FEATURES.get(name)?.(view, next(after.length + 1), analysis);
  tally.features[name] = (tally.features[name] ?? 0) + 1;
}

/** What is told now, and what an analysis from nothing tells. */
async function compare(
  project: Project,
  texts: ReadonlyMap<string, string>,
  tally: FuzzTally,
): Promise<void> {
  const state = await project.state();
  const lint = await project.lint(state);
  const files = [...texts].map(([path, text]) => new SourceFile(path, text));
  const fresh = analyse(files, project.inputs(), { keepGoing: true });
  const broken = hasErrors(fresh.diagnostics);
  same("diagnostics", state.diagnostics, fresh.diagnostics, texts);
  same("findings", lint ?? [], broken ? [] : lintProgram(fresh), texts);
  tally.compared += 1;
  if (!broken) tally.linted += 1;
}

function same(
  what: string,
  told: readonly Diagnostic[],
  fresh: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
): void {
  const [a, b] = [JSON.stringify(told), JSON.stringify(fresh)];
  if (a !== b)
    throw new Error(`stale ${what}\ntold:  ${a}\nfresh: ${b}\ntexts: ${JSON.stringify([...texts])}`);
}
