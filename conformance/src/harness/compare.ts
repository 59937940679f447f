// Puts the same requests to all engines and compares whole documents after RFC 8785.
import { canonicalJson, readIJson } from "@aegis/runtime/core";
import type { Loaded, LoadedEngines } from "./loaded-engines.ts";

/** One request on which engines do not agree. */
export interface Divergence {
  readonly request: string;
  /** Canonical document by engine, the reference first; what an engine threw stands as `error: …`. */
  readonly documents: ReadonlyMap<string, string>;
}

export interface Comparison {
  readonly divergences: readonly Divergence[];
  /** The reference's documents, in the order of the requests. */
  readonly reference: readonly unknown[];
  /** How many requests each engine decided. */
  readonly compared: ReadonlyMap<string, number>;
}

export type Entrypoint = "decision" | "visible";

/** An engine's answers in the order of the requests; a hole where the request was not put to it. */
type Answers = readonly unknown[];

/** The first engine is the reference. Texts that are no I-JSON go only to engines that take any bytes. */
export async function compareEngines(
  engines: LoadedEngines,
  requests: readonly string[],
  entrypoint: Entrypoint = "decision",
): Promise<Comparison> {
  const everywhere = requests.map((_, at) => at);
  let valid: readonly number[] | undefined;
  const answers = new Map<string, Answers>();
  const compared = new Map<string, number>();
  for (const each of engines.all) {
    const places =
      each.engine.accepts === "bytes"
        ? everywhere
        : (valid ??= everywhere.filter((at) => readIJson(requests[at] ?? "").ok));
    const asked = places.map((at) => requests[at] ?? "");
    const documents = await ask(each, asked, entrypoint);
    if (documents === null) continue;
    const given: unknown[] = [];
    places.forEach((at, index) => (given[at] = documents[index] ?? "no answer"));
    answers.set(each.engine.id, given);
    compared.set(each.engine.id, places.length);
  }
  const [reference = [], ...others] = answers.values();
  const plain = reference.map((document) => JSON.stringify(document));
  const canonical: string[] = [];
  const same = (at: number, document: unknown): boolean => {
    // Most documents have their members in the reference's order or in RFC 8785's, and need not be put into one.
    const text = JSON.stringify(document);
    if (text === plain[at]) return true;
    canonical[at] ??= canonicalJson(reference[at]);
    return text === canonical[at] || canonicalJson(document) === canonical[at];
  };
  const differing = everywhere.filter((at) => others.some((given) => at in given && !same(at, given[at])));
  return {
    divergences: differing.map((at) => ({
      request: requests[at] ?? "",
      documents: new Map(
        [...answers].flatMap(([id, given]) => (at in given ? [[id, canonicalJson(given[at])]] : [])),
      ),
    })),
    reference,
    compared,
  };
}

/** Documents as given; null when the engine does not have the entrypoint. */
async function ask(
  { loaded, refusal }: Loaded,
  requests: readonly string[],
  entrypoint: Entrypoint,
): Promise<readonly unknown[] | null> {
  if (loaded === null) return requests.map(() => `refused the program: ${refusal}`);
  if (entrypoint === "visible" && loaded.visible === undefined) return null;
  if (requests.length === 0) return [];
  try {
    return (await (entrypoint === "visible" ? loaded.visible?.(requests) : loaded.decide(requests))) ?? [];
  } catch (error) {
    return requests.map(() => `error: ${String(error)}`);
  }
}
