// Runs a peer: text in on standard input, text out; time and memory bounded.
import { spawn } from "node:child_process";

const TIMEOUT = 120_000;

/** Standard output. Rejects with the tail of standard error when the program fails or takes more than two minutes. */
export function runProgram(program: string, args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ["pipe", "pipe", "pipe"],
      timeout: TIMEOUT,
      env: { ...process.env, GOMEMLIMIT: "1GiB" },
    });
    const out: Buffer[] = [];
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)));
    child.on("error", reject);
    // A program that ends before it has read everything says why on standard error.
    child.stdin.on("error", () => {});
    child.on("close", (code, signal) => {
      if (code === 0) resolve(Buffer.concat(out).toString("utf8"));
      else {
        const said = errors === "" ? Buffer.concat(out).toString("utf8").slice(-2000) : errors;
        reject(new Error(`${program} ended with ${String(signal ?? code)}: ${said}`));
      }
    });
    child.stdin.end(input);
  });
}
