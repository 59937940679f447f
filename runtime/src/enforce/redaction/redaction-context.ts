// What a redaction is asked to do, on what, and with what at hand.
import type { Field, JsonObject, JsonValue, Matcher, Obligation, Type } from "../../core/index.ts";

export type RedactObligation = Extract<Obligation, { type: "redact" }>;

export interface RedactionContext {
  /** Parameters of the action, and the type of its result. */
  readonly params: readonly Field[];
  readonly result: Type;
  /** The pattern of a detector by the name that obligations use. */
  readonly matcherOf: (name: string) => Matcher | undefined;
  /** Key of `hash`; without one a hash cannot be carried out. */
  readonly hashKey: string | null;
}

export interface RedactableDocument {
  readonly args: JsonObject;
  readonly result?: { readonly status: string; readonly value?: JsonValue };
}

export type RedactionResult =
  | { readonly ok: true; readonly document: RedactableDocument }
  /** Why the obligations cannot be carried out; no value of the call. */
  | { readonly ok: false; readonly problem: string };
