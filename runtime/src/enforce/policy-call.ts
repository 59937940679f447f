// What a host asks, and what it is told: calls, outcomes, and the record of a decision.
import type { DecisionDocument, JsonObject, JsonValue } from "../core/index.ts";

/** A call as the enforcement point knows it. `agent`, `context` and `facts` come from verified sources, never from the caller. */
export interface PolicyCall {
  readonly agent: {
    readonly id: string;
    readonly tenant?: string;
    readonly [attribute: string]: JsonValue | undefined;
  };
  readonly tool: string;
  readonly action: string;
  readonly args: JsonObject;
  /** Attributes beside `time` and `session`, which the runtime fills in. */
  readonly context?: JsonObject;
  /** Session as `openSession` gave it; without one no state of a session can be read. */
  readonly session?: string;
  readonly facts?: { readonly [pointer: string]: { readonly [fact: string]: JsonValue } };
  /** The server behind the tool: the operator's name for its pinned command or URL, and the digest of its manifest. */
  readonly server?: { readonly identity: string; readonly manifest: string };
}

export type Mode = "enforce" | "observe";

export interface Envelope {
  readonly id: string;
  readonly mode: Mode;
  readonly bundle: readonly {
    readonly revision: string;
    readonly serial: number;
    readonly digest: string;
    readonly signed: boolean;
  }[];
  readonly time: string;
  readonly duration_us: number;
  /** Keyed digest of what was decided: an approval is good for exactly that. */
  readonly call_digest: string;
}

/** One decision for the record: no value of the call that a matched rule redacts, and none at all where no rule matched. */
export interface DecisionRecord {
  readonly envelope: Envelope;
  readonly phase: "call" | "result";
  readonly agent: { readonly id: string; readonly tenant?: string };
  readonly session?: string;
  readonly tool: string;
  readonly action: string;
  /** Redacted arguments; for codes without matched rules only the names of those that are declared. */
  readonly args: JsonObject | readonly string[];
  readonly decision: DecisionDocument;
}

/**
 * Gets every decision. It resolves once the record is durable: no call is let through before. A sink that throws or
 * rejects makes the decision a deny: what is not recorded does not run.
 */
export interface DecisionSink {
  record(record: DecisionRecord): void | Promise<void>;
}
