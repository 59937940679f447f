// All projects of a client: which project a document belongs to, what is open, and when diagnostics are due.
import { PROJECT_FILE_NAME, SourceFile } from "@aegis/compiler";
import type { Host } from "../host/host.ts";
import { Project } from "./project.ts";
import { folderOf, normalUri, pathBelow } from "./uri.ts";

export interface OpenDocument {
  /** As the client writes it. */
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly file: SourceFile;
  readonly project: Project;
}

/** A change of a document: a range in the text before it, or the whole text. */
export interface TextEdit {
  readonly range: { readonly start: Place; readonly end: Place } | null;
  readonly text: string;
}
interface Place {
  readonly line: number;
  readonly character: number;
}

export interface WorkspaceOptions {
  readonly now: () => number;
  /** A project's state has changed: its diagnostics are due. */
  readonly changed: (project: Project) => void;
}

export class Workspace {
  readonly #host: Host;
  readonly #options: WorkspaceOptions;
  #folders: readonly string[] = [];
  readonly #projects = new Map<string, Project>();
  /** Roots of projects below a folder: folders that hold an aegis.json. */
  readonly #roots = new Map<string, Promise<readonly string[]>>();
  readonly #documents = new Map<string, OpenDocument>();
  /** Changes are taken in one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(host: Host, options: WorkspaceOptions) {
    this.#host = host;
    this.#options = options;
  }

  get folders(): readonly string[] {
    return this.#folders;
  }
  get projects(): readonly Project[] {
    return [...this.#projects.values()];
  }
  get documents(): readonly OpenDocument[] {
    return [...this.#documents.values()];
  }

  /** Waits until everything that was told has been taken in. */
  settled(): Promise<void> {
    return this.#queue;
  }

  document(uri: string): OpenDocument | undefined {
    return this.#documents.get(normalUri(uri));
  }

  /** The project of a document, or around a file that is not open. */
  projectOf(uri: string): Project | undefined {
    const normal = normalUri(uri);
    const around = this.projects.filter((each) => !each.loose && normal.startsWith(`${each.root}/`));
    return this.document(uri)?.project ?? around.sort((a, b) => b.root.length - a.root.length)[0];
  }

  /** The client's spelling of the URI of a file. */
  uriOf(project: Project, path: string, otherwise: string): string {
    for (const each of this.#documents.values())
      if (each.project === project && each.file.path === path) return each.uri;
    return otherwise;
  }

  setFolders(uris: readonly string[]): Promise<void> {
    return this.#enqueue(async () => {
      this.#folders = uris.map(normalUri);
      this.#roots.clear();
      for (const root of this.#projects.keys())
        if (!this.#folders.some((each) => root === each || root.startsWith(`${each}/`)))
          this.#projects.delete(root);
      for (const folder of this.#folders)
        for (const root of await this.#rootsOf(folder)) this.#options.changed(this.#project(root, false));
      await this.#rehome();
    });
  }

  open(uri: string, languageId: string, version: number, text: string): Promise<void> {
    return this.#enqueue(() => this.#place(uri, languageId, version, text));
  }

  change(uri: string, version: number, edits: readonly TextEdit[]): Promise<void> {
    return this.#enqueue(() => {
      const document = this.document(uri);
      if (document === undefined) return;
      let { file } = document;
      for (const edit of edits) file = applied(file, edit);
      this.#documents.set(normalUri(uri), { ...document, version, file });
      document.project.open(file);
      this.#options.changed(document.project);
    });
  }

  close(uri: string): Promise<void> {
    return this.#enqueue(() => {
      const document = this.document(uri);
      if (document === undefined) return;
      this.#documents.delete(normalUri(uri));
      document.project.close(document.file.path);
      this.#options.changed(document.project);
    });
  }

  /** Files of the disk were made, changed or deleted. */
  filesChanged(uris: readonly string[]): Promise<void> {
    return this.#enqueue(async () => {
      const changed = uris.map(normalUri);
      if (changed.some((each) => each.endsWith(`/${PROJECT_FILE_NAME}`))) {
        this.#roots.clear();
        for (const folder of this.#folders)
          for (const root of await this.#rootsOf(folder)) this.#project(root, false);
        await this.#rehome();
      }
      for (const project of this.#projects.values()) {
        const paths = changed.map((uri) => pathBelow(project.root, uri)).filter((path) => path !== null);
        if (paths.length === 0) continue;
        await project.changed(paths);
        this.#options.changed(project);
      }
    });
  }

  #enqueue(task: () => void | Promise<void>): Promise<void> {
    const run = this.#queue.then(task);
    this.#queue = run.catch(() => undefined);
    return run;
  }

  async #place(uri: string, languageId: string, version: number, text: string): Promise<void> {
    const key = normalUri(uri);
    const project = await this.#owner(key);
    const path = pathBelow(project.root, key) ?? key;
    const file = new SourceFile(path, text);
    this.#documents.set(key, { uri, languageId, version, file, project });
    project.open(file);
    this.#options.changed(project);
  }

  /** Documents stand in other projects when folders or project files have changed. */
  async #rehome(): Promise<void> {
    for (const document of [...this.#documents.values()]) {
      const owner = await this.#owner(normalUri(document.uri));
      if (owner === document.project) continue;
      document.project.close(document.file.path);
      await this.#place(document.uri, document.languageId, document.version, document.file.text);
    }
  }

  /** The nearest project around a document; loose files are one project a folder. */
  async #owner(uri: string): Promise<Project> {
    const folder = this.#folders
      .filter((each) => uri.startsWith(`${each}/`))
      .sort((a, b) => b.length - a.length)[0];
    if (folder !== undefined) {
      const roots = (await this.#rootsOf(folder)).filter((each) => uri.startsWith(`${each}/`));
      const root = roots.sort((a, b) => b.length - a.length)[0] ?? null;
      if (root === null) return this.#project(folderOf(uri), true);
      const project = this.#project(root, false);
      await project.load();
      const path = pathBelow(root, uri);
      if (path !== null && (!/\.aegis(?:\.\w+)?$/.test(path) || project.claims(path))) return project;
    }
    return this.#project(folderOf(uri), true);
  }

  #project(root: string, loose: boolean): Project {
    const key = loose ? `${root}/` : root;
    const known = this.#projects.get(key);
    if (known !== undefined) return known;
    const project = new Project(root, this.#host, { loose, now: this.#options.now });
    this.#projects.set(key, project);
    return project;
  }

  /** Folders with an aegis.json below a workspace folder; the folder itself when there are none. */
  #rootsOf(folder: string): Promise<readonly string[]> {
    const known = this.#roots.get(folder);
    if (known !== undefined) return known;
    const found = this.#host.list(folder).then((files) => {
      const roots = files
        .filter((path) => path === PROJECT_FILE_NAME || path.endsWith(`/${PROJECT_FILE_NAME}`))
        .map((path) => normalUri(`${folder}/${path.slice(0, -PROJECT_FILE_NAME.length)}`));
      return roots.length === 0 ? [folder] : roots;
    });
    this.#roots.set(folder, found);
    return found;
  }
}

function applied(file: SourceFile, { range, text }: TextEdit): SourceFile {
  if (range === null) return new SourceFile(file.path, text);
  const at = ({ line, character }: Place): number => {
    const start = file.lineStarts[line];
    const next = file.lineStarts[line + 1];
    if (start === undefined) return file.text.length;
    return Math.min(start + character, next === undefined ? file.text.length : next - 1);
  };
  return new SourceFile(
    file.path,
    file.text.slice(0, at(range.start)) + text + file.text.slice(at(range.end)),
  );
}
