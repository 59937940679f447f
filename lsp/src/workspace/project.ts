// One project: aegis.json, its policy files (unsaved texts over the disk's), manifests, data and lock, and their analysis.
import {
  AnalysisSession,
  PROJECT_FILE_NAME,
  SourceFile,
  defaultProject,
  lockedActions,
  parseProjectFile,
  type Diagnostic,
  type ManifestResult,
  type ProjectFile,
  type ProjectInputs,
} from "@aegis/compiler";
import picomatch from "picomatch";
import type { FileText, Host } from "../host/host.ts";
import { Linting } from "./linting.ts";
import type { ProjectState } from "./project-state.ts";
import { joinPath } from "./uri.ts";

export const LOCK_FILE_NAME = "aegis.lock";

export interface ProjectOptions {
  /** Loose files: those that are open, and no others of the folder. */
  readonly loose: boolean;
  /** Milliseconds; for diagnostics about dates. */
  readonly now: () => number;
}

export class Project {
  /** URI of the folder. */
  readonly root: string;
  readonly loose: boolean;
  readonly #host: Host;
  readonly #now: () => number;
  readonly #session = new AnalysisSession();
  readonly linting = new Linting();
  /** Unsaved texts of all kinds of files, by path. */
  readonly #open = new Map<string, SourceFile>();
  /** Policy files of the disk. */
  readonly #disk = new Map<string, SourceFile>();
  /** Manifests and data that were asked for. */
  readonly #texts = new Map<string, FileText>();
  readonly #wanted = new Set<string>();
  #reading: Promise<void> | null = null;
  #requests: readonly string[] = [];
  #project: ProjectFile = defaultProject();
  #projectDiagnostics: readonly Diagnostic[] = [];
  #hasProjectFile = false;
  #belongs: (path: string) => boolean = () => true;
  #inputs: ProjectInputs | null = null;
  #revision = 0;
  #state: ProjectState | null = null;
  #loaded: Promise<void> | null = null;

  constructor(root: string, host: Host, options: ProjectOptions) {
    this.root = root;
    this.loose = options.loose;
    this.#host = host;
    this.#now = options.now;
  }

  get revision(): number {
    return this.#revision;
  }
  get project(): ProjectFile {
    return this.#project;
  }
  get hasProjectFile(): boolean {
    return this.#hasProjectFile;
  }

  /** True for a policy that is one of the project's sources; known when the project is loaded. */
  claims(path: string): boolean {
    return isPolicy(path) && (this.loose || this.#belongs(path));
  }

  /** The text of an open file, or of a policy of the project. */
  file(path: string): SourceFile | undefined {
    return this.#open.get(path) ?? this.#disk.get(path);
  }

  open(file: SourceFile): void {
    this.#open.set(file.path, file);
    this.#touched(file.path);
  }

  close(path: string): void {
    if (this.#open.delete(path)) this.#touched(path);
  }

  /** Files changed on the disk: they are read again. */
  async changed(paths: readonly string[]): Promise<void> {
    await this.load();
    if (paths.includes(PROJECT_FILE_NAME)) return this.#reload();
    if (paths.some(isRequest)) this.#requests = (await this.#host.list(this.root)).filter(isRequest);
    for (const path of paths) {
      if (this.#texts.has(path) || path === LOCK_FILE_NAME) this.#texts.set(path, await this.#read(path));
      if (this.claims(path) && !this.loose) await this.#readSource(path);
    }
    this.#inputs = null;
    this.#dirty();
  }

  /** Reads the project once; later calls wait for the first. */
  load(): Promise<void> {
    return (this.#loaded ??= this.#reload());
  }

  /** The analysis of what is there now. */
  async state(): Promise<ProjectState> {
    await this.load();
    for (;;) {
      const state = this.stateNow();
      if (this.#wanted.size === 0 && this.#reading === null) return state;
      await (this.#reading ??= this.#readWanted().finally(() => (this.#reading = null)));
    }
  }

  async #readWanted(): Promise<void> {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    const read = await Promise.all(wanted.map(async (path) => [path, await this.#read(path)] as const));
    for (const [path, text] of read) this.#texts.set(path, text);
    this.#inputs = null;
    this.#dirty();
  }

  /** The same without waiting for manifests that were never read. */
  stateNow(): ProjectState {
    if (this.#state?.revision === this.#revision) return this.#state;
    const analysis = this.#session.analyse(this.sources(), this.inputs(), { keepGoing: true });
    this.#state = {
      analysis,
      diagnostics: [...this.#projectDiagnostics, ...analysis.diagnostics],
      revision: this.#revision,
    };
    return this.#state;
  }

  /** What the linter finds in a state without errors; null when a newer one has come. */
  lint(state: ProjectState): Promise<readonly Diagnostic[] | null> {
    return this.linting.lint(state, this.#project.lint, () => state.revision === this.#revision);
  }

  /** Paths of requests in the project (`*.request.json`). */
  async requests(): Promise<readonly string[]> {
    await this.load();
    const paths = new Set([...this.#requests, ...[...this.#open.keys()].filter(isRequest)]);
    return [...paths].sort();
  }

  /** In the order of paths. */
  sources(): readonly SourceFile[] {
    const files = new Map(this.#disk);
    for (const [path, file] of this.#open) if (this.claims(path)) files.set(path, file);
    return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  inputs(): ProjectInputs {
    return (this.#inputs ??= {
      readManifest: (from, path) => this.#manifest(from, path),
      data: this.#data(),
      params: this.#project.params,
      lockedActions: this.#lockedActions(),
      channels: this.#hasProjectFile ? this.#project.channels : null,
      now: this.#now(),
    });
  }

  #touched(path: string): void {
    if (!this.claims(path)) this.#inputs = null;
    if (path === PROJECT_FILE_NAME) this.#readProjectFile(this.#open.get(path)?.text ?? null);
    this.#dirty();
  }

  #dirty(): void {
    this.#revision += 1;
  }

  async #reload(): Promise<void> {
    const text = this.loose ? null : await this.#host.read(this.root, PROJECT_FILE_NAME);
    const open = this.#open.get(PROJECT_FILE_NAME)?.text;
    this.#readProjectFile(open ?? (text?.ok === true ? text.text : null));
    this.#disk.clear();
    this.#texts.clear();
    if (!this.loose) {
      const listed = await this.#host.list(this.root);
      this.#requests = listed.filter(isRequest);
      for (const path of listed) if (this.claims(path)) await this.#readSource(path);
      this.#texts.set(LOCK_FILE_NAME, await this.#host.read(this.root, LOCK_FILE_NAME));
      for (const source of this.#project.data.values())
        if ("file" in source) this.#texts.set(source.file, await this.#host.read(this.root, source.file));
    }
    this.#inputs = null;
    this.#dirty();
  }

  #readProjectFile(text: string | null): void {
    const read = text === null ? null : parseProjectFile(PROJECT_FILE_NAME, text);
    this.#hasProjectFile = read !== null;
    this.#projectDiagnostics = read?.diagnostics ?? [];
    this.#project = read?.project ?? defaultProject();
    const { sources, exclude } = this.#project;
    this.#belongs = picomatch([...sources], { ignore: [...exclude], dot: true });
  }

  async #readSource(path: string): Promise<void> {
    const read = await this.#host.read(this.root, path);
    if (!read.ok) this.#disk.delete(path);
    else if (this.#disk.get(path)?.text !== read.text) this.#disk.set(path, new SourceFile(path, read.text));
  }

  async #read(path: string): Promise<FileText> {
    return this.#host.read(this.root, path);
  }

  #text(path: string): FileText | undefined {
    const open = this.#open.get(path);
    return open === undefined ? this.#texts.get(path) : { ok: true, text: open.text };
  }

  #manifest(from: string, path: string): ManifestResult {
    const target = joinPath(from, path);
    const read = this.#text(target);
    if (read === undefined) {
      this.#wanted.add(target);
      return { ok: false, reason: "the file is being read" };
    }
    return read.ok ? { ok: true, path: target, text: read.text } : read;
  }

  #data(): ReadonlyMap<string, unknown> {
    const values = new Map<string, unknown>();
    for (const [name, source] of this.#project.data) {
      if ("value" in source) {
        values.set(name, source.value);
        continue;
      }
      const read = this.#text(source.file);
      if (read?.ok !== true) continue;
      try {
        values.set(name, JSON.parse(read.text));
      } catch {
        // The datum is told to be missing where it is used.
      }
    }
    return values;
  }

  #lockedActions(): ReadonlySet<string> | null {
    const read = this.#text(LOCK_FILE_NAME);
    if (read?.ok !== true) return null;
    return lockedActions(read.text);
  }
}

const isRequest = (path: string): boolean => path.endsWith(".request.json");

/** Files that a front end may read; which of them are policies the project's patterns say. */
const isPolicy = (path: string): boolean =>
  /\.(?:aegis|ya?ml|json)$/.test(path) && path !== PROJECT_FILE_NAME;
