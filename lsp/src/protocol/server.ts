// The server on a connection: what it can do, what it is told, and the table of what it answers.
import {
  DidChangeWatchedFilesNotification,
  MarkupKind,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type ServerCapabilities,
} from "vscode-languageserver";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../features/semantic-tokens/semantic-tokens.ts";
import type { Host } from "../host/host.ts";
import { Workspace } from "../workspace/workspace.ts";
import { SET_TRUST, type InitializationOptions, type SetTrustParams } from "./custom-requests.ts";
import { COMPLETION_TRIGGERS } from "./handlers/completion.ts";
import { DiagnosticPublisher } from "./publish-diagnostics.ts";
import { REQUESTS } from "./request-table.ts";
import { ServerContext } from "./server-context.ts";
import { clientHost } from "./client-host.ts";

export interface ServerOptions {
  readonly version: string;
  /** Milliseconds; for diagnostics about dates. */
  readonly now: () => number;
  /** Files for a server that has a disk; null: the client has them. */
  readonly host: Host | null;
}

/** Files that matter to a project: the client is asked to tell of their changes. */
const WATCHED = ["**/*.aegis", "**/*.{yaml,yml,json}", "**/aegis.lock"];

export function startServer(connection: Connection, options: ServerOptions): void {
  const host = options.host ?? clientHost(connection);
  const publisher = new DiagnosticPublisher(() => context);
  const workspace = new Workspace(host, { now: options.now, changed: (project) => publisher.due(project) });
  const context = new ServerContext(connection, workspace, host);
  let watches = false;
  let folders = false;

  connection.onInitialize((params) => {
    const { capabilities } = params;
    const told = (params.initializationOptions ?? {}) as InitializationOptions;
    context.abilities = {
      trusted: told.trusted === true,
      markdown: capabilities.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
      snippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
      documentationBase: told.documentationBase ?? null,
    };
    watches = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    folders = capabilities.workspace?.workspaceFolders === true;
    void workspace.setFolders(rootsOf(params));
    return {
      capabilities: serverCapabilities(capabilities),
      serverInfo: { name: "aegis", version: options.version },
    };
  });

  connection.onInitialized(() => {
    if (watches)
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: WATCHED.map((globPattern) => ({ globPattern })),
      });
    if (folders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((each) => each.uri));
        const kept = workspace.folders.filter((each) => !gone.has(each));
        void workspace.setFolders([...kept, ...added.map((each) => each.uri)]);
      });
  });

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    void workspace.open(uri, languageId, version, text);
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const edits = contentChanges.map((each) => ({
      range: "range" in each ? each.range : null,
      text: each.text,
    }));
    void workspace.change(textDocument.uri, textDocument.version, edits);
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    void workspace.close(textDocument.uri);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    void workspace.filesChanged(changes.map((each) => each.uri));
  });
  connection.onNotification(SET_TRUST, ({ trusted }: SetTrustParams) => {
    context.abilities = { ...context.abilities, trusted };
  });
  for (const request of REQUESTS) request.register(connection, context);
  connection.listen();
}

const rootsOf = (params: InitializeParams): readonly string[] =>
  params.workspaceFolders?.map((each) => each.uri) ??
  (typeof params.rootUri === "string" ? [params.rootUri] : []);

const serverCapabilities = (_client: ClientCapabilities): ServerCapabilities => ({
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: "}", moreTriggerCharacter: ["\n"] },
  codeActionProvider: { codeActionKinds: ["quickfix", "refactor.extract", "refactor.rewrite"] },
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  inlayHintProvider: true,
  documentLinkProvider: {},
  signatureHelpProvider: { triggerCharacters: ["(", ","] },
  codeLensProvider: {},
  callHierarchyProvider: true,
  semanticTokensProvider: {
    legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
    range: true,
    full: { delta: true },
  },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
});
