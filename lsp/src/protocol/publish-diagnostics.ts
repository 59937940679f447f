// Sends what is wrong with a project's files, each time it has changed; what no longer holds is taken back.
import { hasErrors, type Diagnostic as Found, type SourceFile } from "@aegis/compiler";
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from "vscode-languageserver";
import type { ProjectState } from "../workspace/project-state.ts";
import type { Project } from "../workspace/project.ts";
import { STATUS, type StatusParams } from "./custom-requests.ts";
import { rangeOf } from "./places.ts";
import type { ServerContext } from "./server-context.ts";

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

/** Milliseconds without a keystroke before the linter looks at a large project, or at one that does not compile. */
const PAUSE = 400;
/** Up to so many rules the linter looks at once. */
const FEW_RULES = 300;

const UNNECESSARY = /(?:^|\/)unused-/;

export class DiagnosticPublisher {
  readonly #context: () => ServerContext;
  readonly #due = new Set<Project>();
  /** What each file was last told, as JSON, by project and path. */
  readonly #sent = new Map<Project, Map<string, string>>();
  readonly #pauses = new Map<Project, ReturnType<typeof setTimeout>>();
  #running = false;

  constructor(context: () => ServerContext) {
    this.#context = context;
  }

  /** Diagnostics of the project are sent soon: once for all changes that have arrived by then. */
  due(project: Project): void {
    this.#due.add(project);
    if (this.#running) return;
    this.#running = true;
    setTimeout(() => void this.#run(), 0);
  }

  async #run(): Promise<void> {
    for (let [project] = this.#due; project !== undefined; [project] = this.#due) {
      this.#due.delete(project);
      try {
        await this.#context().workspace.settled();
        const state = await project.state();
        // A newer change has come in meanwhile: it is due itself.
        if (state.revision !== project.revision) {
          this.#due.add(project);
          continue;
        }
        const now = !hasErrors(state.diagnostics) && state.analysis.checked.rules.length <= FEW_RULES;
        const lint = now ? await project.lint(state) : project.linting.standing(state);
        if (state.revision !== project.revision) {
          this.#due.add(project);
          continue;
        }
        if (lint !== null) await this.#publish(project, state, lint);
        if (!project.linting.isFinished(state)) this.#lintLater(project);
      } catch (error) {
        this.#failed(error);
      }
    }
    this.#running = false;
  }

  #lintLater(project: Project): void {
    clearTimeout(this.#pauses.get(project));
    const lint = async (): Promise<void> => {
      const state = await project.state();
      const found = await project.lint(state);
      if (found !== null && state.revision === project.revision && !this.#due.has(project))
        await this.#publish(project, state, found);
    };
    this.#pauses.set(
      project,
      setTimeout(() => void lint().catch((error: unknown) => this.#failed(error)), PAUSE),
    );
  }

  #failed(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : "unknown";
    this.#context().connection.console.error(`internal error: ${text}`);
  }

  async #publish(project: Project, state: ProjectState, lint: readonly Found[]): Promise<void> {
    const context = this.#context();
    const byFile = new Map<string, Found[]>();
    for (const source of project.sources()) byFile.set(source.path, []);
    const told = [...state.diagnostics, ...lint];
    for (const each of told) {
      const list = byFile.get(each.span.file);
      if (list === undefined) byFile.set(each.span.file, [each]);
      else list.push(each);
    }
    const sent = this.#sent.get(project) ?? new Map<string, string>();
    this.#sent.set(project, sent);
    for (const path of sent.keys()) if (!byFile.has(path)) byFile.set(path, []);
    for (const [path, found] of byFile) {
      // The library has no mistakes of the person's making.
      if (path.startsWith("std:")) continue;
      const uri = context.uriOf(project, path);
      const version = context.document(uri)?.version;
      const file = state.analysis.files.get(path) ?? project.file(path);
      const diagnostics =
        file === undefined ? [] : found.map((each) => toLsp(each, file, state, project, context));
      const text = JSON.stringify([version ?? null, diagnostics]);
      if (sent.get(path) === text || (diagnostics.length === 0 && version === undefined && !sent.has(path)))
        continue;
      if (diagnostics.length === 0 && version === undefined) sent.delete(path);
      else sent.set(path, text);
      await context.connection.sendDiagnostics({
        uri,
        diagnostics,
        ...(version === undefined ? {} : { version }),
      });
    }
    const count = (severity: Found["severity"]) => told.filter((each) => each.severity === severity).length;
    const status: StatusParams = {
      root: project.root,
      files: project.sources().length,
      rules: state.analysis.checked.rules.length,
      errors: count("error"),
      warnings: count("warning"),
    };
    await context.connection.sendNotification(STATUS, status);
  }
}

function toLsp(
  found: Found,
  file: SourceFile,
  { analysis }: ProjectState,
  project: Project,
  context: ServerContext,
): Diagnostic {
  const { documentationBase } = context.abilities;
  const related = (found.related ?? []).flatMap(({ span, message }) => {
    const other = analysis.files.get(span.file);
    return other === undefined
      ? []
      : [{ location: { uri: context.uriOf(project, span.file), range: rangeOf(other, span) }, message }];
  });
  return {
    range: rangeOf(file, found.span),
    severity: SEVERITIES[found.severity],
    code: found.code,
    source: "aegis",
    message: found.help === undefined ? found.message : `${found.message}\nhelp: ${found.help}`,
    ...(documentationBase === null
      ? {}
      : { codeDescription: { href: `${documentationBase}/${found.code.replace("/", "-")}` } }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    ...(UNNECESSARY.test(found.code) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}
