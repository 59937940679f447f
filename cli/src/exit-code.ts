// The exit codes of aegisc.

export const EXIT = {
  /** Fine. */
  ok: 0,
  /** Policy, test, property, gate or input found wanting. */
  wanting: 1,
  /** Wrong usage, unreadable file, nothing to do, or the tool failed. */
  usage: 2,
  /** Ended by Ctrl-C before it was done, as shells count it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
