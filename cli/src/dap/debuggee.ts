// What is stepped through: the requests of a file or of a test, explained by the policy's project.
import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { analyse, compile, PROJECT_FILE_NAME, type Compilation, type SourceFile } from "@aegis/compiler";
import { explain, runPolicyTests, type Explanation } from "@aegis/conformance";
import { createInterpreter, type Engine } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { loadProject } from "../files/load-project.ts";
import { lockedActionsOf } from "../files/lock-file.ts";
import { MAX_SOURCE_BYTES, readText } from "../files/read-file.ts";
import { UsageError } from "../files/usage-error.ts";
import { decisionSteps, type DecisionStep } from "./decision-steps.ts";

export interface LaunchOptions {
  /** File or folder. */
  readonly policy: string;
  /** A file with one request. */
  readonly input?: string;
  /** Title of a test, in place of `input`. */
  readonly test?: string;
  readonly environment?: string;
}

export interface ExplainedRequest {
  readonly request: unknown;
  readonly explanation: Explanation;
  readonly steps: readonly DecisionStep[];
}

export interface Debuggee {
  /** Folder that the files of spans are relative to. */
  readonly root: string;
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly requests: readonly ExplainedRequest[];
}

/** Throws `UsageError` when there is nothing to step through. */
export function loadDebuggee(options: LaunchOptions, now: number): Debuggee {
  const policy = resolve(options.policy);
  if (!existsSync(policy)) throw new UsageError(`there is no \`${options.policy}\``);
  const { root, paths } = projectOf(policy);
  const loaded = loadProject(
    { cwd: root, paths, environment: options.environment ?? null, now },
    lockedActionsOf,
  );
  const analysis = analyse(loaded.sources, loaded.inputs);
  const compilation = compile(analysis);
  if (!compilation.ok) {
    const [first] = compilation.diagnostics.filter((each) => each.severity === "error");
    throw new UsageError(`the policy has mistakes: ${first?.message ?? ""}`, "run `aegisc check`");
  }
  const requests =
    options.test === undefined
      ? [requestIn(options.input)]
      : requestsOfTest(options.test, compilation, (engine) => {
          runPolicyTests(analysis, compilation, { filter: options.test ?? "", engine, runs: 1 });
        });
  return {
    root,
    files: analysis.files,
    requests: requests.map((request) => {
      const explanation = explain(compilation, analysis.files, request);
      return { request, explanation, steps: decisionSteps(explanation) };
    }),
  };
}

/** The folder with the project file above a policy, all of it; else the policy alone. */
function projectOf(policy: string): { root: string; paths: string[] } {
  const start = statSync(policy).isDirectory() ? policy : dirname(policy);
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, PROJECT_FILE_NAME))) return { root: folder, paths: [] };
    if (folder === dirname(folder)) return { root: start, paths: [relative(start, policy) || "."] };
  }
}

function requestIn(input: string | undefined): unknown {
  if (input === undefined)
    throw new UsageError("neither a request nor a test is named", "set `input` or `test`");
  try {
    return JSON.parse(readText(resolve(input), MAX_SOURCE_BYTES));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`\`${input}\` is not one JSON document`);
  }
}

/** Every request that the test asks the engine, in order, each once. */
function requestsOfTest(title: string, { ir }: Compilation, run: (engine: Engine) => void): unknown[] {
  const inner = createInterpreter(ir, platform);
  const asked = new Map<string, unknown>();
  run({
    ...inner,
    decide: (request, observer) => {
      asked.set(JSON.stringify(request), request);
      return inner.decide(request, observer);
    },
  });
  if (asked.size === 0) throw new UsageError(`no step of a test \`${title}\` asks the policy`);
  return [...asked.values()];
}
