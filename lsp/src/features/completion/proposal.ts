// What a completion offers, as plain data.
export type ProposalKind =
  | "keyword"
  | "snippet"
  | "tool"
  | "action"
  | "argument"
  | "attribute"
  | "part"
  | "method"
  | "function"
  | "constant"
  | "member"
  | "variable"
  | "type"
  | "label"
  | "group"
  | "pattern"
  | "policy"
  | "rule"
  | "package"
  | "text";

export interface Proposal {
  readonly label: string;
  readonly kind: ProposalKind;
  /** A type or a signature, behind the label. */
  readonly detail?: string;
  /** Words of this toolchain, a policy's author or a manifest; shown as text. */
  readonly doc?: string;
  /** What is put in; the label when absent. With `snippet` in the snippet syntax of editors. */
  readonly insert?: string;
  readonly snippet?: true;
  /** Another edit that belongs to it: the import that brings the name. */
  readonly also?: { readonly start: number; readonly end: number; readonly newText: string };
  /** Lower comes first; 5 when absent. */
  readonly rank?: number;
}

export interface Completion {
  /** What is replaced: the word before the cursor. */
  readonly start: number;
  readonly end: number;
  readonly proposals: readonly Proposal[];
}
