// Progress for what takes longer than a second: a counter on a terminal's standard error, and nothing anywhere else.
import type { Io } from "./io.ts";

export interface Progress {
  /** So much is done. */
  at(done: number, all?: number): void;
  /** Takes the counter away. */
  end(): void;
}

const FIRST_MS = 1000;
const EVERY_MS = 100;

export function progressOf(io: Io, what: string): Progress {
  let next = io.now() + FIRST_MS;
  let shown = false;
  return {
    at(done, all) {
      if (!io.terminal || io.now() < next) return;
      next = io.now() + EVERY_MS;
      shown = true;
      io.err(`\r${done}${all === undefined ? "" : `/${all}`} ${what} `);
    },
    end() {
      if (shown) io.err("\r\u001b[K");
      shown = false;
    },
  };
}
