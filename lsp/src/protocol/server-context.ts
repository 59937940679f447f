// What handlers of requests share: the workspace, what the client can do, and the way from documents to views.
import type { Span } from "@aegis/compiler";
import {
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
  type Location,
} from "vscode-languageserver";
import type { Host } from "../host/host.ts";
import type { OpenDocument, Workspace } from "../workspace/workspace.ts";
import type { Project } from "../workspace/project.ts";
import { libraryFile, libraryUri, uriBelow } from "../workspace/uri.ts";
import { viewOf, type View } from "../workspace/view.ts";
import { rangeOf } from "./places.ts";

export interface ClientAbilities {
  readonly trusted: boolean;
  readonly markdown: boolean;
  readonly snippets: boolean;
  readonly documentationBase: string | null;
}

/** A file in its project's analysis, and the way to URIs. */
export interface Located {
  readonly project: Project;
  readonly view: View;
  readonly uri: string;
}

export class ServerContext {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly host: Host;
  abilities: ClientAbilities = { trusted: false, markdown: false, snippets: false, documentationBase: null };
  /** The project that was looked at last: whose library documents are shown. */
  #last: Project | null = null;

  constructor(connection: Connection, workspace: Workspace, host: Host) {
    this.connection = connection;
    this.workspace = workspace;
    this.host = host;
  }

  /** The document in the newest analysis; null when it is none of a project's files. Ends early when cancelled. */
  async locate(uri: string, token?: CancellationToken): Promise<Located | null> {
    await this.turn(token);
    await this.workspace.settled();
    const document = this.workspace.document(uri);
    const library = libraryFile(uri);
    const project = document?.project ?? (library === null ? undefined : (this.#last ?? undefined));
    if (project === undefined) return null;
    const { analysis } = await project.state();
    const view = viewOf(analysis, document?.file.path ?? library ?? "");
    if (view === null) return null;
    if (document !== undefined) this.#last = project;
    return { project, view, uri };
  }

  document(uri: string): OpenDocument | undefined {
    return this.workspace.document(uri);
  }

  /** Lets what has arrived meanwhile be read, such as a cancellation. */
  async turn(token?: CancellationToken): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    if (token?.isCancellationRequested === true)
      throw new ResponseError(LSPErrorCodes.RequestCancelled, "the request was cancelled");
  }

  uriOf(project: Project, path: string): string {
    return path.startsWith("std:")
      ? libraryUri(path)
      : this.workspace.uriOf(project, path, uriBelow(project.root, path));
  }

  /** Null for a place in no file, such as a builtin's. */
  location({ project, view }: Pick<Located, "project" | "view">, span: Span): Location | null {
    const file = view.analysis.files.get(span.file);
    return file === undefined ? null : { uri: this.uriOf(project, span.file), range: rangeOf(file, span) };
  }
}
