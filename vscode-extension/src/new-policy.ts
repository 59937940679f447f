// A first policy in an untitled document, for people who have none.
import * as vscode from "vscode";

const FIRST = `/// What the code generation agent may do.
package first

import std.tools.git

policy codegen for agent.id == "codegen-agent" {
  allow push: git.push
  deny force: git.push when args.force because "a force push rewrites history"
}

test "no force pushes" {
  agent { id: "codegen-agent" }
  step git.push { repo: "app", branch: "dev" } expect allow
  step git.push { repo: "app", branch: "dev", force: true } expect deny by force
}
`;

export function registerNewPolicy(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand("aegis.newPolicy", async () => {
      const document = await vscode.workspace.openTextDocument({ language: "aegis", content: FIRST });
      await vscode.window.showTextDocument(document);
    }),
  );
}
