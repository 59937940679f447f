// Decides every recorded AgentDojo call and scores the decisions: `npm run agentdojo [-- --approval=human] [--rules]`.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decideRun, loadSuite, type StepDecision } from "./assistant.ts";
import { dataFolder, manifestText, readRuns, SUITES } from "./recording.ts";

/** Every call of the recording, decided. */
export async function decideAll(folder: string): Promise<StepDecision[]> {
  const manifest = manifestText(folder);
  const policies = new Map(SUITES.map((suite) => [suite, loadSuite(suite, manifest)]));
  const decisions: StepDecision[] = [];
  for (const run of readRuns(folder)) {
    const policy = policies.get(run.suite);
    if (policy !== undefined) decisions.push(...(await decideRun(policy, run)));
  }
  return decisions;
}

/** What AgentDojo's scorer prints about decisions; `approval` says how a call that waits for people is counted. */
export function score(folder: string, decisions: readonly StepDecision[], approval: string): string {
  const out = mkdtempSync(join(tmpdir(), "aegis-agentdojo-"));
  try {
    const file = join(out, "decisions.jsonl");
    writeFileSync(file, decisions.map((each) => `${JSON.stringify(each)}\n`).join(""));
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(folder, "score.mjs"), folder, file, `--approval=${approval}`],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`the scorer failed: ${stderr}`);
    return stdout;
  } finally {
    rmSync(out, { recursive: true });
  }
}

async function main(flags: readonly string[]): Promise<number> {
  const folder = dataFolder();
  if (folder === null) {
    console.error(
      "the recordings are not here: put them at ../shared/data, or name their folder in AEGIS_DATA",
    );
    return 2;
  }
  // Where the policies look for it, so that `aegisc check` and `aegisc test` work in this folder; git ignores it.
  mkdirSync(join(import.meta.dirname, "data"), { recursive: true });
  copyFileSync(join(folder, "tools.json"), join(import.meta.dirname, "data/tools.json"));
  const decisions = await decideAll(folder);
  const approval = flags.find((each) => each.startsWith("--approval="))?.slice(11) ?? "deny";
  const lines = score(folder, decisions, approval).split("\n");
  console.log(lines.filter((line, index) => index === 0 || line.startsWith("ALL|")).join("\n"));
  if (flags.includes("--rules")) console.log(rulesTable(decisions));
  return 0;
}

/** How often which rule or code stopped a call. */
function rulesTable(decisions: readonly StepDecision[]): string {
  const counts = new Map<string, number>();
  for (const { decision, code, rules } of decisions) {
    if (decision === "allow" || decision === "sanitize") continue;
    const key = `${decision} ${rules.join(" ") || code}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort()
    .map(([key, count]) => `${String(count).padStart(5)} ${key}`)
    .join("\n");
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2));
