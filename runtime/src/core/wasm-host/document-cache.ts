// Decision documents by their text: most decisions of a policy are one of some hundreds, or of a large one some thousands.
import type { DecisionDocument } from "../decision/decision.ts";

/** UTF-16 units of all texts together. */
const MAX_LENGTH = 1_048_576;

/** Gives the same frozen document for the same text. */
export class DocumentCache {
  readonly #documents = new Map<string, DecisionDocument>();
  #length = 0;

  /** `text` comes from a module; throws when it is no JSON. */
  read(text: string): DecisionDocument {
    const known = this.#documents.get(text);
    if (known !== undefined) return known;
    const document = freeze(JSON.parse(text)) as DecisionDocument;
    this.#length += text.length;
    if (this.#length > MAX_LENGTH) {
      this.#documents.clear();
      this.#length = text.length;
    }
    this.#documents.set(text, document);
    return document;
  }
}

/** At every depth, as it is handed out more than once. */
function freeze(value: unknown): unknown {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
