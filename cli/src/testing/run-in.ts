// Runs aegisc in process in a folder of its own, for tests: what it printed, and how it ended.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";
import type { ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { run } from "../run.ts";

export interface Ran {
  readonly exit: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface TestFolder {
  readonly path: string;
  write(files: Readonly<Record<string, string>>): void;
  read(path: string): string;
  aegisc(...argv: string[]): Promise<Ran>;
  /** With another terminal, environment or moment. */
  aegiscWith(io: Partial<Io>, ...argv: string[]): Promise<Ran>;
  remove(): void;
}

/** A moment for every run, so that expiry does not depend on the day of the test. */
const NOW = Date.parse("2026-12-01T00:00:00Z");

export function testFolder(files: Readonly<Record<string, string>> = {}): TestFolder {
  const path = mkdtempSync(join(tmpdir(), "aegisc-"));
  const folder: TestFolder = {
    path,
    write(written) {
      for (const [name, text] of Object.entries(written)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
    },
    read: (name) => readFileSync(join(path, name), "utf8"),
    aegisc: (...argv) => folder.aegiscWith({}, ...argv),
    async aegiscWith(given, ...argv) {
      let out = "";
      let err = "";
      const exit = await run(argv, {
        cwd: path,
        env: { PATH: process.env["PATH"] },
        out: (text) => void (out += text),
        err: (text) => void (err += text),
        terminal: false,
        columns: 80,
        now: () => NOW,
        signal: new AbortController().signal,
        ...given,
      });
      return { exit, out, err };
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
  folder.write(files);
  return folder;
}

/** Makes folders for the tests of a file; each is removed after the test that made it. */
export function disposableFolders(): (files?: Readonly<Record<string, string>>) => TestFolder {
  const made: TestFolder[] = [];
  afterEach(() => made.splice(0).forEach((each) => each.remove()));
  return (files = {}) => {
    const folder = testFolder(files);
    made.push(folder);
    return folder;
  };
}

/** A small sound policy with a test, in the package `shop`. */
export const SHOP = `package shop

tool bank {
  pay(to: string, amount: decimal in 0..1000)
}

allow pay: bank.pay when args.amount < 100.00

deny nobody: bank.pay when args.to == "nobody" because "nobody is paid"

test "small payments" {
  step bank.pay { to: "ada", amount: 5 } expect allow
  step bank.pay { to: "nobody", amount: 5 } expect deny by nobody
  step bank.pay { to: "ada", amount: 500 } expect deny code default_deny
}
`;
/** A request that `SHOP` allows, and one that it denies. */
export const SMALL = '{"agent":{"id":"a"},"tool":"bank","action":"pay","args":{"to":"ada","amount":5}}';
export const LARGE = '{"agent":{"id":"a"},"tool":"bank","action":"pay","args":{"to":"ada","amount":500}}';
