// The Testing view: finds tests and properties, runs them in the server, shows what failed and what was covered.
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  DEBUG_TEST_COMMAND,
  RUN_TEST_COMMAND,
  RUN_TESTS,
  TESTS,
  type RunTestsParams,
  type RunTestsResult,
  type TestItemShape,
  type TestResultShape,
  type TestsParams,
  type TestsResult,
} from "@aegis/lsp/custom-requests";
import { locationOf, rangeOf } from "../places.ts";
import { fileCoverage, PolicyFileCoverage } from "./coverage.ts";

/** Milliseconds without typing before tests are looked for again. */
const QUIET = 300;

class TestingView {
  readonly #client: BaseLanguageClient;
  readonly #controller = vscode.tests.createTestController("aegis", "Aegis policies");
  /** Tests by id: what the server knows of each. */
  readonly #shapes = new Map<string, TestItemShape>();

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    this.#controller.resolveHandler = () => this.find();
    this.#controller.refreshHandler = () => this.find();
    const { Run, Debug, Coverage } = vscode.TestRunProfileKind;
    this.#controller.createRunProfile("Run", Run, (request) => this.run(request, false), true);
    const coverage = this.#controller.createRunProfile(
      "Run with Coverage",
      Coverage,
      (request) => this.run(request, true),
      true,
    );
    coverage.loadDetailedCoverage = (_run, file) =>
      Promise.resolve(file instanceof PolicyFileCoverage ? [...file.details] : []);
    this.#controller.createRunProfile("Step Through", Debug, (request) => this.debug(request), true);
  }

  dispose(): void {
    this.#controller.dispose();
  }

  /** Reads all tests of the workspace anew: files, and the tests inside. */
  async find(): Promise<void> {
    const params: TestsParams = {};
    const found = await this.#client.sendRequest<TestsResult>(TESTS, params);
    this.#shapes.clear();
    const files = new Map<string, vscode.TestItem>();
    for (const shape of found) {
      this.#shapes.set(shape.id, shape);
      const uri = vscode.Uri.parse(shape.location.uri);
      const name = vscode.workspace.asRelativePath(uri);
      const file =
        files.get(shape.location.uri) ?? this.#controller.createTestItem(shape.location.uri, name, uri);
      files.set(shape.location.uri, file);
      const item = this.#controller.createTestItem(shape.id, shape.title, uri);
      item.range = rangeOf(shape.location.range);
      item.description = shape.kind === "property" ? "property" : "";
      file.children.add(item);
    }
    this.#controller.items.replace([...files.values()]);
  }

  /** The tests that a request means, by file. */
  #wanted(request: vscode.TestRunRequest): Map<string, vscode.TestItem[]> {
    const excluded = new Set(request.exclude?.map((each) => each.id));
    const wanted = new Map<string, vscode.TestItem[]>();
    const add = (item: vscode.TestItem): void => {
      if (excluded.has(item.id)) return;
      if (item.children.size > 0) {
        item.children.forEach(add);
        return;
      }
      const uri = this.#shapes.get(item.id)?.location.uri;
      if (uri !== undefined) wanted.set(uri, [...(wanted.get(uri) ?? []), item]);
    };
    if (request.include === undefined) this.#controller.items.forEach(add);
    else request.include.forEach(add);
    return wanted;
  }

  async run(request: vscode.TestRunRequest, coverage: boolean): Promise<void> {
    const run = this.#controller.createTestRun(request);
    try {
      for (const [uri, items] of this.#wanted(request)) {
        for (const item of items) run.started(item);
        const params: RunTestsParams = { uri, ids: items.map((each) => each.id), coverage };
        const result = await this.#client.sendRequest<RunTestsResult>(RUN_TESTS, params);
        if (!result.ok) {
          for (const item of items) run.errored(item, new vscode.TestMessage(result.reason));
          run.appendOutput(`${result.reason}\r\n`);
          continue;
        }
        const results = new Map(result.results.map((each) => [each.id, each]));
        for (const item of items) report(run, item, results.get(item.id));
        for (const each of result.coverage ?? []) run.addCoverage(fileCoverage(each));
        run.appendOutput(`properties ran with seed ${String(result.seed)}\r\n`);
      }
    } finally {
      run.end();
    }
  }

  async debug(request: vscode.TestRunRequest): Promise<void> {
    const [first] = [...this.#wanted(request).values()].flat();
    const shape = first === undefined ? undefined : this.#shapes.get(first.id);
    if (shape !== undefined) await debugTest(shape);
  }

  async runOne(shape: TestItemShape): Promise<void> {
    await this.find();
    const item = this.#controller.items.get(shape.location.uri)?.children.get(shape.id);
    if (item !== undefined) await this.run(new vscode.TestRunRequest([item]), false);
  }

  runAll = (): Promise<void> => this.run(new vscode.TestRunRequest(), false);
}

function report(run: vscode.TestRun, item: vscode.TestItem, result: TestResultShape | undefined): void {
  if (result === undefined) {
    run.skipped(item);
    return;
  }
  if (result.status === "passed") {
    run.passed(item, result.durationMs);
    return;
  }
  const messages = result.failures.map(({ message, details, location }) => {
    const shown = new vscode.TestMessage([message, ...details].join("\n"));
    shown.location = locationOf(location);
    return shown;
  });
  run.failed(item, messages, result.durationMs);
}

async function debugTest({ title, location }: TestItemShape): Promise<void> {
  const uri = vscode.Uri.parse(location.uri);
  await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), {
    type: "aegis",
    request: "launch",
    name: title,
    policy: uri.toString(),
    test: title,
    stopOnEntry: true,
  });
}

export function registerTestingView(context: vscode.ExtensionContext, client: BaseLanguageClient): void {
  const view = new TestingView(client);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (document: vscode.TextDocument): void => {
    if (document.languageId !== "aegis" && document.languageId !== "yaml") return;
    clearTimeout(timer);
    timer = setTimeout(() => void view.find(), QUIET);
  };
  context.subscriptions.push(
    view,
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      soon(document);
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      const wanted = vscode.workspace.getConfiguration("aegis.testing").get<boolean>("runOnSave") === true;
      if (wanted && vscode.workspace.isTrusted && document.languageId === "aegis") void view.runAll();
    }),
    vscode.commands.registerCommand("aegis.runTests", () => view.find().then(view.runAll)),
    vscode.commands.registerCommand(RUN_TEST_COMMAND, (shape: TestItemShape) => view.runOne(shape)),
    vscode.commands.registerCommand(DEBUG_TEST_COMMAND, debugTest),
  );
}
