// Decides a team's recorded coding-agent calls and tells, in figures only, how the decisions sit with what people did.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { analyse, compile, SourceFile, type Analysis, type Compilation, NO_INPUTS } from "@aegis/compiler";
import {
  createNativeEngine,
  type Decision,
  type DecisionDocument,
  type JsonObject,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";

export interface RecordedCall {
  readonly tool: string;
  readonly args: JsonObject;
  readonly cwd: string;
  /** What became of it: `ok`, `error`, `user_rejected`, `permission_denied`, `no_result`. */
  readonly outcome: string;
}

/** The recording's file; null where it is not at hand. */
export function recordingFile(): string | null {
  const root = process.env["AEGIS_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data");
  const file = join(root, "coding", "claude_code_calls.jsonl.gz");
  return existsSync(file) ? file : null;
}

export const readCalls = (file: string): readonly RecordedCall[] =>
  gunzipSync(readFileSync(file))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RecordedCall);

export function compilePolicy(): { readonly analysis: Analysis; readonly compilation: Compilation } {
  const sources = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".aegis"))
    .map((name) => new SourceFile(name, readFileSync(join(import.meta.dirname, name), "utf8")));
  const analysis = analyse(sources, NO_INPUTS);
  const compilation = compile(analysis);
  if (compilation.ok) return { analysis, compilation };
  throw new Error(compilation.diagnostics.map((each) => `${each.code}: ${each.message}`).join("\n"));
}

/** MCP servers as they are configured, and the tools that they are here; a name that fits none is no tool of ours. */
const MCP_SERVERS: ReadonlyMap<string, string> = new Map([
  ["linear-server", "linear-server"],
  ["context7", "context7"],
  ["plugin_entire-engineering_context7", "context7"],
  ["ide", "ide"],
]);

export function toolOf(name: string): { readonly tool: string; readonly action: string } {
  for (const [server, tool] of MCP_SERVERS) {
    const prefix = `mcp__${server}__`;
    if (name.startsWith(prefix)) return { tool, action: name.slice(prefix.length) };
  }
  return { tool: "claude-code", action: name };
}

/** The request that an enforcement point on the developer's machine would make of a call. */
export function requestOf({ tool: name, args, cwd }: RecordedCall): unknown {
  const { tool, action } = toolOf(name);
  // The recording adds the lengths of texts that it has cut; they are no arguments.
  const sent = Object.entries(args).filter(([key]) => !key.endsWith("_len"));
  const path = args["path"];
  return {
    agent: { id: "coding-agent" },
    tool,
    action,
    args: Object.fromEntries(sent),
    context: { workspace: cwd, home: cwd.split("/").slice(0, 3).join("/"), time: "2026-02-09T11:00:00Z" },
    facts: {
      "/args/path": {
        "examples.coding.resolved": posix.resolve(cwd, typeof path === "string" ? path : "."),
      },
    },
  };
}

export interface DecidedCall {
  readonly call: RecordedCall;
  readonly decision: DecisionDocument;
}

export function decideAll(calls: readonly RecordedCall[]): readonly DecidedCall[] {
  const engine = createNativeEngine(compilePolicy().compilation.ir, platform);
  return calls.map((call) => ({ call, decision: engine.decide(requestOf(call)) }));
}

export interface Figures {
  readonly calls: number;
  /** Not let through without a person: deny or approval. */
  readonly stopped: number;
}

/** By outcome. */
export function figuresByOutcome(decided: readonly DecidedCall[]): ReadonlyMap<string, Figures> {
  const figures = new Map<string, { calls: number; stopped: number }>();
  for (const { call, decision } of decided) {
    const entry = figures.get(call.outcome) ?? { calls: 0, stopped: 0 };
    entry.calls += 1;
    if (stops(decision.decision)) entry.stopped += 1;
    figures.set(call.outcome, entry);
  }
  return figures;
}

const stops = (decision: Decision): boolean => decision === "deny" || decision === "approval_needed";

function count<T>(items: readonly T[], key: (item: T) => string): string[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name, number]) => `${String(number).padStart(6)}  ${name}`);
}

function main(): number {
  const file = recordingFile();
  if (file === null) {
    console.error("the recording is not here: put it at ../shared/data, or name its folder in AEGIS_DATA");
    return 2;
  }
  const decided = decideAll(readCalls(file));
  const shell = ({ call }: DecidedCall): string => (call.tool === "Bash" ? "shell" : "other tools");
  const stopped = decided.filter(({ decision }) => stops(decision.decision));
  const section = (title: string, lines: readonly string[]): void =>
    console.log([title, ...lines, ""].join("\n"));
  section(
    "decisions by kind of tool",
    count(decided, (each) => `${shell(each)}: ${each.decision.decision}`),
  );
  section(
    "by what became of the call: stopped of all",
    [...figuresByOutcome(decided)].map(([outcome, figures]) => {
      const percent = ((100 * figures.stopped) / figures.calls).toFixed(1);
      return `${String(figures.stopped).padStart(6)} of ${String(figures.calls).padStart(5)} (${percent} %)  ${outcome}`;
    }),
  );
  section(
    "calls that stop, by rule or code",
    count(stopped, ({ decision }) => `${decision.decision}  ${decision.rules.join(" ") || decision.code}`),
  );
  return 0;
}

if (process.argv[1] === import.meta.filename) process.exitCode = main();
