// Wrong usage, an unreadable file, or nothing to do: exit code 2 with a message that says what to do.

export class UsageError extends Error {
  readonly help: string | null;
  constructor(message: string, help: string | null = null) {
    super(message);
    this.help = help;
  }
}
