// Requests from recorded calls of real agents, read where the recordings lie. Nothing of them is kept or printed. Engines of
// the benchmark know five arguments: what a call acts on, its host, its branch, a number, and its longest text.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { BenchRequest } from "./bench-rule.ts";
import { RECORDED_RULES } from "./recorded-rules.ts";

interface RecordedCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly git_branch?: string | null;
  readonly suite?: string;
}

interface Place {
  readonly role: string;
  readonly tool: string;
  readonly action: string;
}

const CODING_ACTIONS: ReadonlyMap<string, string> = new Map([
  ["Bash", "run"],
  ["Read", "read"],
  ["Edit", "edit"],
  ["Write", "write"],
  ["Grep", "search"],
  ["Glob", "search"],
  ["WebFetch", "fetch"],
]);
/** Arguments that say what a call acts on, the first that is there. */
const RESOURCES = ["command", "file_path", "path", "pattern", "url", "day", "recipient", "file_id"] as const;
const NUMBERS = ["timeout", "limit", "amount", "n"] as const;

/** Half from a coding team's sessions, half from an assistant's runs; null where the recordings are not at hand. */
export function recordedRequests(count: number): readonly BenchRequest[] | null {
  const folder = process.env["AEGIS_DATA"] ?? resolve(import.meta.dirname, "../../../../shared/data");
  const files = ["coding/claude_code_calls.jsonl.gz", "agentdojo/calls.jsonl.gz"].map((file) =>
    join(folder, file),
  );
  if (!files.every((file) => existsSync(file))) return null;
  const known = new Set(RECORDED_RULES.map(({ tool, action }) => `${tool}.${action}`));
  return files.flatMap((file) => {
    const calls = readCalls(file).flatMap((call) => {
      const place = placeOf(call);
      return place !== null && known.has(`${place.tool}.${place.action}`) ? [requestOf(call, place)] : [];
    });
    const share = count / files.length;
    return Array.from(
      { length: share },
      (_, index) => calls[Math.floor((index * calls.length) / share)],
    ).filter((each) => each !== undefined);
  });
}

const readCalls = (file: string): readonly RecordedCall[] =>
  gunzipSync(readFileSync(file))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RecordedCall);

function placeOf({ tool, suite }: RecordedCall): Place | null {
  if (suite !== undefined) return { role: suite, tool: suite, action: tool };
  const action = CODING_ACTIONS.get(tool);
  return action === undefined ? null : { role: "coder", tool: "coding", action };
}

function requestOf({ args, git_branch }: RecordedCall, { role, tool, action }: Place): BenchRequest {
  const texts = Object.values(args).filter((each) => typeof each === "string");
  const note = texts.reduce((longest, each) => (each.length > longest.length ? each : longest), "");
  const number = NUMBERS.map((name) => args[name]).find((each) => typeof each === "number");
  return {
    agent: { id: "recorded", roles: [role], tenant: "acme" },
    tool,
    action,
    args: {
      env: git_branch === "main" ? "main" : "branch",
      resource: RESOURCES.map((name) => args[name]).find((each) => typeof each === "string") ?? "",
      host: hostOf(texts),
      amount: Math.round(number ?? note.length),
      note,
    },
    context: { time: "2026-11-22T09:00:00Z", session: "session-1" },
  };
}

/** The host of the first URL, or what stands behind the first address's at sign. */
const hostOf = (texts: readonly string[]): string =>
  texts.map((text) => /^(?:https?:\/\/|\S+@)([\w.-]+)/.exec(text)?.[1]).find((host) => host !== undefined) ??
  "";
