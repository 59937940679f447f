// The state of the project in the status bar: how much there is, and how much of it is wrong.
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { STATUS, type StatusParams } from "@aegis/lsp/custom-requests";

const count = (number: number, noun: string): string => `${String(number)} ${noun}${number === 1 ? "" : "s"}`;

export function registerStatusBar(context: vscode.ExtensionContext, client: BaseLanguageClient): void {
  const item = vscode.window.createStatusBarItem("aegis.status", vscode.StatusBarAlignment.Left, 5);
  item.name = "Aegis";
  const projects = new Map<string, StatusParams>();
  const show = (): void => {
    const all = [...projects.values()];
    const sum = (of: (each: StatusParams) => number): number =>
      all.reduce((total, each) => total + of(each), 0);
    const errors = sum((each) => each.errors);
    const warnings = sum((each) => each.warnings);
    const icon = errors > 0 ? "$(error)" : warnings > 0 ? "$(warning)" : "$(shield)";
    item.text = `${icon} ${count(
      sum((each) => each.rules),
      "rule",
    )}`;
    item.tooltip = `Aegis: ${count(
      sum((each) => each.files),
      "file",
    )}, ${count(errors, "error")}, ${count(warnings, "warning")}`;
    item.command = errors + warnings > 0 ? "workbench.actions.view.problems" : "aegis.showOutput";
    if (all.length > 0) item.show();
  };
  client.onNotification(STATUS, (params: StatusParams) => {
    projects.set(params.root, params);
    show();
  });
  context.subscriptions.push(item);
}
