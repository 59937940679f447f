// Puts the same requests to all engines and compares whole documents after RFC 8785.
import { canonicalJson, readIJson } from "@aegis/runtime/core";
import type { LoadedEngines } from "./loaded-engines.ts";

/** One request on which engines do not agree. */
export interface Divergence {
  readonly request: string;
  /** Canonical document by engine, the reference first; what an engine threw stands as `error: …`. */
  readonly documents: ReadonlyMap<string, string>;
}

export interface Comparison {
  readonly divergences: readonly Divergence[];
  /** The reference's documents, in the order of the requests. */
  readonly reference: readonly string[];
  /** How many requests each engine decided. */
  readonly compared: ReadonlyMap<string, number>;
}

export type Entrypoint = "decision" | "visible";

/** The first engine is the reference. Texts that are no I-JSON go only to engines that take any bytes. */
export async function compareEngines(
  engines: LoadedEngines,
  requests: readonly string[],
  entrypoint: Entrypoint = "decision",
): Promise<Comparison> {
  const answers = new Map<string, (string | undefined)[]>();
  const iJson = requests.map((text) => readIJson(text).ok);
  for (const { engine, loaded, refusal } of engines.all) {
    const places = requests.flatMap((_, at) =>
      engine.accepts === "bytes" || iJson[at] === true ? [at] : [],
    );
    const asked = places.map((at) => requests[at] ?? "");
    const given: (string | undefined)[] = new Array<undefined>(requests.length).fill(undefined);
    const documents = await ask(loaded, refusal, asked, entrypoint);
    if (documents === null) continue;
    places.forEach((at, index) => (given[at] = documents[index]));
    answers.set(engine.id, given);
  }
  const [reference = [], ...others] = answers.values();
  const differing = requests.flatMap((_, at) =>
    others.some((given) => given[at] !== undefined && given[at] !== reference[at]) ? [at] : [],
  );
  return {
    divergences: differing.map((at) => ({
      request: requests[at] ?? "",
      documents: new Map(
        [...answers].flatMap(([id, given]) => (given[at] === undefined ? [] : [[id, given[at]]])),
      ),
    })),
    reference: reference.map((text) => text ?? ""),
    compared: new Map(
      [...answers].map(([id, given]) => [id, given.filter((each) => each !== undefined).length]),
    ),
  };
}

/** Canonical answers; null when the engine does not have the entrypoint. */
async function ask(
  loaded: LoadedEngines["all"][number]["loaded"],
  refusal: string,
  requests: readonly string[],
  entrypoint: Entrypoint,
): Promise<string[] | null> {
  if (loaded === null) return requests.map(() => `refused the program: ${refusal}`);
  if (entrypoint === "visible" && loaded.visible === undefined) return null;
  try {
    const given =
      requests.length === 0
        ? []
        : await (entrypoint === "visible" ? loaded.visible?.(requests) : loaded.decide(requests));
    return requests.map((_, at) => canonicalJson(given?.[at] ?? "no answer"));
  } catch (error) {
    return requests.map(() => `error: ${String(error)}`);
  }
}
