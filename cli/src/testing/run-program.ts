// Runs aegisc as a program of its own, as it ships, for tests of what only a process has: signals, pipes, exit codes.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Ended {
  /** As a shell counts it: 128 and the signal's number where a signal has ended it. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly stdin: NodeJS.WritableStream;
  /** Resolves when `text` stands in what was written so far. */
  says(text: string): Promise<void>;
  /** Ctrl-C. */
  interrupt(): void;
  /** Closes our end of its standard output. */
  stopReading(): void;
  readonly ended: Promise<Ended>;
}

const SIGNAL_CODES: Readonly<Record<string, number>> = {
  SIGINT: 130,
  SIGPIPE: 141,
  SIGTERM: 143,
  SIGKILL: 137,
};

export interface BuiltProgram {
  readonly folder: string;
  /** With another Node where `node` names one. */
  start(cwd: string, argv: readonly string[], node?: string): Running;
  remove(): void;
}

/** `build` bundles it into a folder. */
export async function buildAegisc(build: (folder: string) => Promise<void>): Promise<BuiltProgram> {
  const folder = mkdtempSync(join(tmpdir(), "aegisc-program-"));
  await build(folder);
  return {
    folder,
    start: (cwd, argv, node = process.execPath) => start(cwd, [join(folder, "aegisc.js"), ...argv], node),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function start(cwd: string, args: readonly string[], node: string): Running {
  const child = spawn(node, [...args], { cwd });
  let [out, err] = ["", ""];
  let heard = (): void => undefined;
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString("utf8");
    heard();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString("utf8");
    heard();
  });
  child.stdin.on("error", () => undefined);
  const ended = new Promise<Ended>((done, failed) => {
    child.on("error", failed);
    child.on("close", (code, signal) => {
      heard();
      done({ code: code ?? SIGNAL_CODES[signal ?? ""] ?? -1, out, err });
    });
  });
  return {
    stdin: child.stdin,
    says: (text) =>
      new Promise((done, failed) => {
        heard = () => {
          if (out.includes(text) || err.includes(text)) done();
          else if (child.exitCode !== null) failed(new Error(`it ended without \`${text}\`: ${err}`));
        };
        heard();
      }),
    interrupt: () => void child.kill("SIGINT"),
    stopReading: () => void child.stdout.destroy(),
    ended,
  };
}
