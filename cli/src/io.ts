// What a command may touch of the outside: given in, so that tests run commands in process.

export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes to standard output; text is already escaped for its format. */
  out(text: string): void;
  err(text: string): void;
  /** True when standard error is a terminal: progress and colour make sense. */
  readonly terminal: boolean;
  /** Width of the terminal in columns. */
  readonly columns: number;
  /** Milliseconds since 1970. */
  now(): number;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
}

export const wantsColour = (io: Io): boolean =>
  io.terminal && !io.env["NO_COLOR"] && io.env["TERM"] !== "dumb";

/** The io of this process. */
export function processIo(): Io {
  let abort: AbortController | undefined;
  return {
    cwd: process.cwd(),
    env: process.env,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    terminal: process.stderr.isTTY === true,
    columns: process.stderr.columns ?? 80,
    now: () => Date.now(),
    // Ctrl-C ends a command at once, unless it has asked to end in its own way.
    get signal() {
      if (abort === undefined) {
        const asked = new AbortController();
        process.once("SIGINT", () => asked.abort());
        abort = asked;
      }
      return abort.signal;
    },
  };
}
