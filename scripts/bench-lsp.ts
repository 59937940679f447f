// Measures the language server as it ships: a person types in a 10,000-line policy beside 20 files. Exits 1 when a bound is missed.
// usage: npm run bench:lsp [-- --json]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { TestClient } from "../lsp/src/testing/client-node.ts";
import { EDIT_SESSION } from "../lsp/src/testing/edit-session.ts";
import { largePolicy } from "../lsp/src/testing/large-policy.ts";

const BOUNDS = { diagnostics: 60, completion: 30, memory: 300 };
const ROUNDS = 1;

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules/.cache/bench-lsp");
mkdirSync(cache, { recursive: true });
await build({
  entryPoints: [join(root, "lsp/src/main.ts")],
  outfile: join(cache, "server.mjs"),
  bundle: true,
  format: "esm",
  target: "es2022",
  platform: "node",
  conditions: ["@aegis/source"],
  logLevel: "warning",
  banner: {
    js: 'import { createRequire as r } from "node:module"; const require = r(import.meta.url);',
  },
});

const folder = mkdtempSync(join(tmpdir(), "aegis-bench-"));
writeFileSync(join(folder, "aegis.json"), "{}");
for (let index = 0; index < 20; index += 1)
  writeFileSync(join(folder, `small${String(index)}.aegis`), largePolicy(100, `acme.small${String(index)}`));
let text = largePolicy(10_000, "acme.large");
writeFileSync(join(folder, "large.aegis"), text);

const client = await new TestClient([process.execPath, join(cache, "server.mjs"), "--stdio"]).start({
  folders: [folder],
});
const uri = pathToFileURL(join(folder, "large.aegis")).href;
let version = 1;
await client.open(uri, text);
await client.diagnostics(uri, version);

const cpuBefore = processorMilliseconds(client.process.pid ?? 0);
const diagnostics: number[] = [];
const completion: number[] = [];
// On the empty line before a policy.
const first = text.indexOf("\n/// Agent 600.");
for (let round = 0; round < ROUNDS; round += 1) {
  let at = first;
  const line = text.slice(0, at).split("\n").length - 1;
  let position = { line, character: 0 };
  for (const stroke of EDIT_SESSION) {
    const start =
      stroke.key === "backspace" ? { line: position.line, character: position.character - 1 } : position;
    const put = stroke.key === "backspace" ? "" : stroke.key;
    text = text.slice(0, at - (stroke.key === "backspace" ? 1 : 0)) + put + text.slice(at);
    at += stroke.key === "backspace" ? -1 : put.length;
    version += 1;
    const began = performance.now();
    await client.change(uri, version, { text: put, range: { start, end: position } });
    await client.diagnostics(uri, version);
    diagnostics.push(performance.now() - began);
    position = put.includes("\n")
      ? {
          line: position.line + put.split("\n").length - 1,
          character: put.length - put.lastIndexOf("\n") - 1,
        }
      : {
          line: position.line,
          character: position.character + (stroke.key === "backspace" ? -1 : put.length),
        };
    if (!stroke.completes) continue;
    const asked = performance.now();
    const list = await client.request<{ items: readonly unknown[] } | null>("textDocument/completion", {
      textDocument: { uri },
      position,
    });
    completion.push(performance.now() - asked);
    if ((list?.items.length ?? 0) === 0)
      throw new Error(`nothing was offered at ${JSON.stringify(position)}`);
  }
}
const cpu = (processorMilliseconds(client.process.pid ?? 0) - cpuBefore) / diagnostics.length;
const memory = residentMegabytes(client.process.pid ?? 0);
await client.stop();
rmSync(folder, { recursive: true, force: true });

const result = {
  lines: text.split("\n").length,
  strokes: diagnostics.length,
  diagnostics: spread(diagnostics),
  completion: spread(completion),
  /** Processor time of the server for a keystroke, completions included: does not depend on what else runs. */
  processorMilliseconds: Math.round(cpu * 10) / 10,
  memoryMegabytes: memory,
};
if (process.argv.includes("--json")) console.log(JSON.stringify(result));
else {
  console.log(`${String(result.lines)} lines and 20 files, ${String(result.strokes)} keystrokes`);
  console.log(
    `keystroke to diagnostics: ${show(result.diagnostics)} (bound: median ${String(BOUNDS.diagnostics)} ms)`,
  );
  console.log(
    `completion:               ${show(result.completion)} (bound: median ${String(BOUNDS.completion)} ms)`,
  );
  console.log(`processor time:           ${cpu.toFixed(1)} ms a keystroke, completions included`);
  console.log(`memory:                   ${String(memory)} MB (bound: ${String(BOUNDS.memory)} MB)`);
}
const missed =
  result.diagnostics.median > BOUNDS.diagnostics ||
  result.completion.median > BOUNDS.completion ||
  memory > BOUNDS.memory;
if (missed) process.exitCode = 1;

function spread(values: readonly number[]): {
  readonly median: number;
  readonly p95: number;
  readonly most: number;
} {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95), most: at(1) };
}

function show({ median, p95, most }: ReturnType<typeof spread>): string {
  return `median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, most ${most.toFixed(1)} ms`;
}

/** User and system time of a Linux process so far; 0 elsewhere. */
function processorMilliseconds(pid: number): number {
  try {
    const fields =
      readFileSync(`/proc/${String(pid)}/stat`, "utf8")
        .split(") ")[1]
        ?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

/** Of a Linux process; 0 elsewhere. */
function residentMegabytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
