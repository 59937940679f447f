// The neutral form of rules and requests that every engine of the benchmark is given.

export type BenchEffect = "allow" | "approval" | "deny";

/** A test of one argument of the call. `prefix` and `suffix` are of strings, `le` and `gt` of integers. */
export type BenchCondition =
  | { readonly field: StringField; readonly op: "eq" | "prefix" | "suffix"; readonly value: string }
  | { readonly field: StringField; readonly op: "in"; readonly value: readonly string[] }
  | { readonly field: "amount"; readonly op: "le" | "gt"; readonly value: number };

export type StringField = "env" | "resource" | "host";

/** Holds for agents that have the role, on one action of one tool, when every condition is true. */
export interface BenchRule {
  /** An identifier, unique in its set. */
  readonly id: string;
  readonly effect: BenchEffect;
  readonly role: string;
  readonly tool: string;
  readonly action: string;
  readonly when: readonly BenchCondition[];
}

export interface BenchRequest {
  readonly agent: {
    readonly id: string;
    readonly roles: readonly string[];
    readonly tenant: string;
  };
  readonly tool: string;
  readonly action: string;
  readonly args: {
    readonly env: string;
    readonly resource: string;
    readonly host: string;
    readonly amount: number;
    readonly note: string;
  };
  readonly context: { readonly time: string; readonly session: string };
}

export type BenchDecision = "allow" | "approval_needed" | "deny";

/** What an engine must agree on: the strictest of the rules that match, and which those are. */
export interface BenchAnswer {
  readonly decision: BenchDecision;
  /** Ids of all rules that match, sorted; null from an engine that cannot name them. */
  readonly rules: readonly string[] | null;
}
