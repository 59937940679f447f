// A file of engine-neutral cases (conformance/cases), as its JSON Schema says.
import type { JsonValue } from "@aegis/runtime/core";

export interface CaseFile {
  readonly shows: string;
  readonly modules: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, JsonValue>>;
  readonly base?: Readonly<Record<string, unknown>>;
  readonly cases: readonly NeutralCase[];
}

export interface NeutralCase {
  readonly name: string;
  readonly request?: Readonly<Record<string, unknown>>;
  readonly text?: string;
  readonly repeat?: {
    readonly before: string;
    readonly unit: string;
    readonly times: number;
    readonly after: string;
  };
  /** Members of the decision document; null for one that is not there. */
  readonly expect?: Readonly<Record<string, unknown>>;
  /** `tool.action` of a list request. */
  readonly visible?: readonly string[];
}

/** The request of a case as text. */
export function requestText({ request, text, repeat }: NeutralCase, base: CaseFile["base"]): string {
  if (text !== undefined) return text;
  if (repeat !== undefined) return repeat.before + repeat.unit.repeat(repeat.times) + repeat.after;
  return JSON.stringify({ ...base, ...request });
}
