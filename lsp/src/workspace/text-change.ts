// A change of one file, by offsets.

export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}
