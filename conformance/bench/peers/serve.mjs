// A server in a process of its own, on a free port of loopback, waited for until it answers.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const WAIT_MS = 180_000;

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** `ready` rejects until the server answers. The server ends with this process. */
export async function serve(program, args, ready) {
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  let ended = false;
  child.stderr.on("data", (chunk) => (said = `${said}${chunk}`.slice(-500)));
  child.once("error", (error) => ((ended = true), (said = String(error))));
  child.once("exit", () => (ended = true));
  process.once("exit", () => child.kill("SIGKILL"));
  for (const deadline = Date.now() + WAIT_MS; ; await wait(5)) {
    if (ended || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`${program} does not serve: ${said}`);
    }
    try {
      await ready();
      return child;
    } catch {
      continue;
    }
  }
}
