// Runs stock OPA on generated modules, with input as text so that numbers keep their spelling.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The value of one query. Memory and time are bounded. */
export function evaluateText(
  opa: string,
  modules: Readonly<Record<string, string>>,
  query: string,
  input: string,
): unknown {
  const folder = mkdtempSync(join(tmpdir(), "aegis-opa-"));
  try {
    for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, name), text);
    const output = execFileSync(opa, ["eval", "--format", "json", "--data", folder, "--stdin-input", query], {
      input,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      timeout: 120_000,
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, GOMEMLIMIT: "1GiB" },
    });
    const parsed = JSON.parse(output) as { result?: { expressions: { value: unknown }[] }[] };
    return parsed.result?.[0]?.expressions[0]?.value;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
