// What `aegisc doctor` finds: one line for each thing that it looked at.

export interface Checkup {
  readonly name: string;
  /** `bad` must be mended; `note` is worth a look. */
  readonly status: "good" | "note" | "bad";
  readonly message: string;
  /** What to do; null where nothing is. */
  readonly advice: string | null;
}

export const good = (name: string, message: string): Checkup => ({
  name,
  status: "good",
  message,
  advice: null,
});
export const note = (name: string, message: string, advice: string): Checkup => ({
  name,
  status: "note",
  message,
  advice,
});
export const bad = (name: string, message: string, advice: string): Checkup => ({
  name,
  status: "bad",
  message,
  advice,
});
