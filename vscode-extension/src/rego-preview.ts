// The generated Rego beside a policy: kept current, and following the cursor.
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { REGO_PREVIEW, type RegoPreviewParams, type RegoPreviewResult } from "@aegis/lsp/custom-requests";

const SCHEME = "aegis-rego";

/** The document that shows the Rego of a policy. */
const previewOf = (policy: vscode.Uri): vscode.Uri =>
  vscode.Uri.from({ scheme: SCHEME, path: `${policy.path}.rego`, query: policy.toString() });

class RegoPreview implements vscode.TextDocumentContentProvider {
  readonly #client: BaseLanguageClient;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #maps = new Map<string, Extract<RegoPreviewResult, { ok: true }>["map"]>();
  readonly #mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
  });
  readonly onDidChange = this.#changed.event;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const params: RegoPreviewParams = { uri: uri.query };
    const result = await this.#client.sendRequest<RegoPreviewResult>(REGO_PREVIEW, params);
    if (!result.ok) return `# ${result.reason}\n`;
    this.#maps.set(uri.query, result.map);
    return result.text;
  }

  async show(policy: vscode.TextEditor): Promise<void> {
    const document = await vscode.workspace.openTextDocument(previewOf(policy.document.uri));
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
    this.follow(policy);
  }

  /** Shows the lines that came of the rule under the cursor. */
  follow(policy: vscode.TextEditor): void {
    const uri = policy.document.uri.toString();
    const shown = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.scheme === SCHEME && document.uri.query === uri,
    );
    if (shown === undefined) return;
    const { line } = policy.selection.active;
    const lines = (this.#maps.get(uri) ?? [])
      .filter(
        ({ source }) =>
          source.uri === uri && source.range.start.line <= line && line <= source.range.end.line,
      )
      .map(({ startLine, endLine }) => new vscode.Range(startLine, 0, endLine, 0));
    shown.setDecorations(this.#mark, lines);
    const [first] = lines;
    if (first !== undefined) shown.revealRange(first, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  changed(policy: vscode.Uri): void {
    this.#changed.fire(previewOf(policy));
  }
}

/** Milliseconds without typing before the preview is made anew. */
const QUIET = 300;

export function registerRegoPreview(context: vscode.ExtensionContext, client: BaseLanguageClient): void {
  const preview = new RegoPreview(client);
  let timer: ReturnType<typeof setTimeout> | undefined;
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, preview),
    vscode.commands.registerCommand("aegis.showRego", () => {
      const editor = vscode.window.activeTextEditor;
      return editor === undefined ? undefined : preview.show(editor);
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      preview.follow(textEditor);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId !== "aegis" && document.languageId !== "yaml") return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        preview.changed(document.uri);
      }, QUIET);
    }),
  );
}
