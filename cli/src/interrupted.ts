// Thrown where Ctrl-C has ended what a command was waiting for.

export class Interrupted extends Error {
  constructor() {
    super("interrupted");
  }
}
