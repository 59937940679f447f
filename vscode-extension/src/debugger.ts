// Steps through a decision: the debug adapter is the program that ships beside the server.
import * as vscode from "vscode";

/** `pathOf` gives the place of a document as the adapter reads it. */
export function registerDebugger(
  context: vscode.ExtensionContext,
  pathOf: (uri: vscode.Uri) => string,
): void {
  // Commands show where there is a process to run the adapter in: `isWeb` tells of the window only.
  void vscode.commands.executeCommand("setContext", "aegis.debugger", true);
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory("aegis", {
      createDebugAdapterDescriptor: () =>
        new vscode.DebugAdapterExecutable(process.execPath, [context.asAbsolutePath("dist/dap.mjs")], {
          env: { ELECTRON_RUN_AS_NODE: "1" },
        }),
    }),
    vscode.debug.registerDebugConfigurationProvider("aegis", {
      // Without a launch configuration there is nothing that says which request is meant.
      resolveDebugConfiguration: (_folder, configuration) =>
        vscode.workspace.isTrusted && configuration.type !== "" ? withPath(configuration, pathOf) : undefined,
    }),
    vscode.commands.registerCommand("aegis.debugRequest", async () => {
      const document = vscode.window.activeTextEditor?.document.uri;
      if (document === undefined) return;
      const folder = vscode.workspace.getWorkspaceFolder(document);
      await vscode.debug.startDebugging(folder, {
        type: "aegis",
        request: "launch",
        name: "Step through a request",
        policy: pathOf(folder?.uri ?? document),
        input: pathOf(document),
        stopOnEntry: true,
      });
    }),
  );
}

function withPath(
  configuration: vscode.DebugConfiguration,
  pathOf: (uri: vscode.Uri) => string,
): vscode.DebugConfiguration {
  const policy: unknown = configuration["policy"];
  return typeof policy === "string" && policy.includes("://")
    ? { ...configuration, policy: pathOf(vscode.Uri.parse(policy)) }
    : configuration;
}
