// Steps through a decision: the debug adapter is the program that ships beside the server.
import * as vscode from "vscode";

/** `pathOf` gives the place of a document as the adapter reads it. */
export function registerDebugger(
  context: vscode.ExtensionContext,
  pathOf: (uri: vscode.Uri) => string,
): void {
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory("aegis", {
      createDebugAdapterDescriptor: () =>
        new vscode.DebugAdapterExecutable(process.execPath, [context.asAbsolutePath("dist/dap.mjs")], {
          env: { ELECTRON_RUN_AS_NODE: "1" },
        }),
    }),
    vscode.debug.registerDebugConfigurationProvider("aegis", {
      // A request that is open is stepped through without a launch configuration.
      resolveDebugConfiguration: (folder, configuration) => {
        if (!vscode.workspace.isTrusted) return undefined;
        const document = vscode.window.activeTextEditor?.document.uri;
        if (configuration.type) return withPath(configuration, pathOf);
        if (document === undefined) return undefined;
        return {
          type: "aegis",
          request: "launch",
          name: "Step through a request",
          policy: folder === undefined ? pathOf(document) : pathOf(folder.uri),
          input: pathOf(document),
          stopOnEntry: true,
        };
      },
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
