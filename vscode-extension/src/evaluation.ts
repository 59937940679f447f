// "Evaluate this request": the decision beside the request, and why it came so beside the conditions of the policy.
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  EVALUATE,
  EVALUATE_COMMAND,
  type EvaluateParams,
  type EvaluateResult,
} from "@aegis/lsp/custom-requests";
import { explanationText } from "./explanation-text.ts";
import { locationOf } from "./places.ts";

type Evaluated = Extract<EvaluateResult, { ok: true }>;
const SCHEME = "aegis-decision";

class Evaluation implements vscode.TextDocumentContentProvider {
  readonly #client: BaseLanguageClient;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #texts = new Map<string, string>();
  readonly #held = mark("testing.iconPassed", "✓");
  readonly #failed = mark("testing.iconFailed", "✗");
  readonly onDidChange = this.#changed.event;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? "";
  }

  async evaluate(request: vscode.Uri): Promise<void> {
    const uri = request.toString();
    const params: EvaluateParams = { uri, request: { uri } };
    const result = await this.#client.sendRequest<EvaluateResult>(EVALUATE, params);
    if (!result.ok) {
      void vscode.window.showErrorMessage(`Aegis: ${result.reason}`);
      return;
    }
    const shown = vscode.Uri.from({ scheme: SCHEME, path: `${request.path} decision` });
    this.#texts.set(shown.toString(), explanationText(result));
    this.#changed.fire(shown);
    const document = await vscode.workspace.openTextDocument(shown);
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
    this.#decorate(result);
  }

  /** Signs behind the conditions that were looked at, in the policies that are open. */
  #decorate(result: Evaluated): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const uri = editor.document.uri.toString();
      const conditions = result.rules
        .flatMap((rule) => rule.conditions)
        .filter(({ location }) => vscode.Uri.parse(location.uri).toString() === uri);
      for (const [kind, held] of [
        [this.#held, true],
        [this.#failed, false],
      ] as const)
        editor.setDecorations(
          kind,
          conditions
            .filter((each) => each.held === held)
            .map(({ location, values }) => ({
              range: locationOf(location).range,
              renderOptions: {
                after: {
                  contentText: ` ${values.map(({ place, value }) => `${place} = ${value}`).join(", ")}`,
                },
              },
            })),
        );
    }
  }
}

const mark = (colour: string, sign: string): vscode.TextEditorDecorationType =>
  vscode.window.createTextEditorDecorationType({
    before: { contentText: `${sign} `, color: new vscode.ThemeColor(colour) },
    after: { color: new vscode.ThemeColor("editorCodeLens.foreground"), margin: "0 0 0 1em" },
  });

export function registerEvaluation(context: vscode.ExtensionContext, client: BaseLanguageClient): void {
  const evaluation = new Evaluation(client);
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, evaluation),
    vscode.commands.registerCommand(EVALUATE_COMMAND, (uri?: string | vscode.Uri) => {
      const request =
        typeof uri === "string"
          ? vscode.Uri.parse(uri)
          : (uri ?? vscode.window.activeTextEditor?.document.uri);
      return request === undefined ? undefined : evaluation.evaluate(request);
    }),
  );
}
