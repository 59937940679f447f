// Tasks for the command line, with its problem matcher: `aegisc check`, `lint`, `test` and `build`.
import * as vscode from "vscode";

const TYPE = "aegis";
const COMMANDS = ["check", "lint", "test", "build"] as const;

interface AegisTask extends vscode.TaskDefinition {
  readonly command: string;
  readonly args?: readonly string[];
}

function taskOf(definition: AegisTask, scope: vscode.WorkspaceFolder | vscode.TaskScope): vscode.Task {
  const printed = definition.command === "build" ? [] : ["--format", "github"];
  // A program and its arguments, never a line for a shell.
  const execution = new vscode.ProcessExecution("npx", [
    "--no-install",
    "aegisc",
    definition.command,
    ...printed,
    ...(definition.args ?? []),
  ]);
  return new vscode.Task(definition, scope, definition.command, TYPE, execution, "$aegisc");
}

export function registerTasks(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.tasks.registerTaskProvider(TYPE, {
      provideTasks: () =>
        (vscode.workspace.workspaceFolders ?? []).flatMap((folder) =>
          COMMANDS.map((command) => taskOf({ type: TYPE, command }, folder)),
        ),
      resolveTask: (task) => taskOf(task.definition as AegisTask, task.scope as vscode.WorkspaceFolder),
    }),
  );
}
