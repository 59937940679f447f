// Runs Rego in real OPA, for tests that compare engines.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The value of `query` (one expression) with `modules` (file name to text) loaded and `input` given. */
export function evaluateRego(
  opa: string,
  modules: Readonly<Record<string, string>>,
  query: string,
  input: unknown,
): unknown {
  return withModules(modules, (folder) => {
    const output = execFileSync(opa, ["eval", "--format", "json", "--data", folder, "--stdin-input", query], {
      input: JSON.stringify(input),
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["pipe", "pipe", "pipe"],
      timeout: 120_000,
    });
    const parsed = JSON.parse(output) as { result?: { expressions: { value: unknown }[] }[] };
    return parsed.result?.[0]?.expressions[0]?.value;
  });
}

/** What `opa check --strict` and `opa fmt --diff` say; empty when both are content. */
export function checkRego(opa: string, modules: Readonly<Record<string, string>>): string {
  return withModules(modules, (folder) =>
    [
      ["check", "--strict", folder],
      ["fmt", "--diff", folder],
    ]
      .map((args) => {
        try {
          return execFileSync(opa, args, { encoding: "utf8", stdio: "pipe" });
        } catch (error) {
          return String((error as { stderr?: string }).stderr ?? error);
        }
      })
      .join(""),
  );
}

function withModules<T>(modules: Readonly<Record<string, string>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "aegis-rego-"));
  try {
    for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, name), text);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
