// The coding agent's policy: its tests, how tools are named, and what the recorded calls come to.
import { describe, expect, test } from "vitest";
import { formatText } from "@aegis/compiler";
import { runPolicyTests } from "@aegis/conformance";
import { compilePolicy, decideAll, figuresByOutcome, readCalls, recordingFile, toolOf } from "./report.ts";

const file = recordingFile();
if (file === null)
  console.warn("skipped: the coding recordings are neither at ../shared/data nor in AEGIS_DATA");

test("compiles, is formatted, and its tests pass", () => {
  const { analysis, compilation } = compilePolicy();
  for (const source of analysis.files.values()) {
    if (!source.path.startsWith("std:")) expect(formatText(source)).toMatchObject({ text: source.text });
  }
  const report = runPolicyTests(analysis, compilation, { seed: 1, runs: 50 });
  const failures = report.suites.flatMap((each) => each.cases.flatMap((one) => one.failures));
  expect(failures.map((each) => each.message)).toEqual([]);
});

test("names of MCP tools are split only against servers that are configured", () => {
  expect(toolOf("mcp__linear-server__get_issue")).toEqual({ tool: "linear-server", action: "get_issue" });
  expect(toolOf("mcp__other__get_issue")).toEqual({ tool: "claude-code", action: "mcp__other__get_issue" });
  expect(toolOf("Bash")).toEqual({ tool: "claude-code", action: "Bash" });
});

describe.skipIf(file === null)("the recorded calls", () => {
  test("few interruptions of what went well, more of what people refused", () => {
    const figures = figuresByOutcome(decideAll(readCalls(file ?? "")));
    const share = (outcome: string): number => {
      const { calls, stopped } = figures.get(outcome) ?? { calls: 0, stopped: 0 };
      return stopped / calls;
    };
    expect(share("ok")).toBeLessThan(0.065);
    expect(share("user_rejected")).toBeGreaterThan(0.27);
  });
});
