// Decision documents by their text: most decisions of a policy are one of a few.
import type { DecisionDocument } from "../decision/decision.ts";

const MAX_DOCUMENTS = 256;

/** Gives the same frozen document for the same text. */
export class DocumentCache {
  readonly #documents = new Map<string, DecisionDocument>();

  /** `text` comes from a module; throws when it is no JSON. */
  read(text: string): DecisionDocument {
    const known = this.#documents.get(text);
    if (known !== undefined) return known;
    const document = freeze(JSON.parse(text)) as DecisionDocument;
    if (this.#documents.size >= MAX_DOCUMENTS) this.#documents.clear();
    this.#documents.set(text, document);
    return document;
  }
}

/** At every depth, as it is handed out more than once. */
function freeze(value: unknown): unknown {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
