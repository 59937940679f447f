// What a host remembers of one session, and the facts about a call that it can compute from that.
import type { JsonObject, JsonValue } from "@aegis/runtime/core";

/** A tool's answer as the model read it, and as data where the tool answers with data. */
export interface Answer {
  /** `tool.action`. */
  readonly source: string;
  readonly text: string;
  readonly data: JsonValue;
  readonly args: JsonObject;
}

export class SessionMemory {
  readonly prompt: string;
  readonly #answers: Answer[] = [];

  constructor(prompt: string) {
    this.prompt = prompt;
  }

  remember(answer: Answer): void {
    this.#answers.push(answer);
  }

  /** Lower-case words of the user's own text. */
  userWords(): string[] {
    return [...new Set(words(this.prompt))].slice(0, 1000);
  }

  /** Facts about a value by name; every declared fact is there, also about a value that is absent. */
  factsAbout(value: JsonValue): { readonly [fact: string]: JsonValue } {
    const parts = partsOf(value);
    const links = parts.flatMap(linksIn);
    return {
      origin: [...new Set(parts.map((part) => this.#originOf(part)))],
      sources: [...new Set(parts.flatMap((part) => this.#holding(part).map((each) => each.source)))],
      named_by_user: parts.filter((part) => standsIn(part, this.prompt)),
      meant_by_user: parts.filter((part) => this.#means(part)),
      vouched: parts.filter((part) => this.#isVouchedFor(part)),
      in_calendar: parts.filter((part) => this.#isParticipant(part)),
      links,
      links_of_user: links.filter((link) => standsIn(link, this.prompt)),
      links_opened: links.filter((link) => this.#hasOpened(link)),
      only_account: parts.length > 0 && parts.every((part) => this.#isOnlyAccount(part)),
    };
  }

  /** The most trusted place where the value stood before. */
  #originOf(part: string): string {
    if (standsIn(part, this.prompt)) return "prompt";
    return this.#holding(part).length > 0 ? "result" : "invented";
  }

  #holding(part: string): readonly Answer[] {
    return this.#answers.filter((answer) => standsIn(part, answer.text));
  }

  /** Whether the user wrote the address, or a name that stands before its `@`. */
  #means(address: string): boolean {
    if (standsIn(address, this.prompt)) return true;
    const user = new Set(words(this.prompt));
    return words(address.split("@")[0] ?? "").some((name) => name.length > 2 && user.has(name));
  }

  /** Whether a mail from somebody whose address the user wrote names this one in its body. */
  #isVouchedFor(address: string): boolean {
    return this.#records().some(({ sender, body }) => {
      if (typeof sender !== "string" || typeof body !== "string") return false;
      return standsIn(sender, this.prompt) && standsIn(address, body);
    });
  }

  #isParticipant(address: string): boolean {
    return this.#records().some(({ participants }) =>
      partsOf(participants ?? null).some((each) => plain(each) === plain(address)),
    );
  }

  /** The records in all answers so far: mails, events, files. */
  #records(): JsonObject[] {
    return this.#answers
      .flatMap(({ data }) => (Array.isArray(data) ? (data as readonly JsonValue[]) : [data]))
      .filter(isObject);
  }

  #hasOpened(link: string): boolean {
    return this.#answers.some(({ args }) => {
      const url = args["url"];
      return typeof url === "string" && plain(url) === plain(link);
    });
  }

  /** Whether every text that names this account names no other. */
  #isOnlyAccount(account: string): boolean {
    const holding = this.#holding(account);
    return (
      holding.length > 0 &&
      holding.every(({ text }) => accountsIn(text).every((other) => plain(other) === plain(account)))
    );
  }
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The scalars of a value as text; what is empty or absent has none. */
function partsOf(value: JsonValue): string[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap(partsOf);
  if (typeof value === "string") return value.trim() === "" ? [] : [value];
  if (typeof value === "number") return [String(value)];
  return [];
}

/** Case, runs of white space, a link's scheme and its last slash make no difference. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^https?:\/\//, "")
    .replace(/\/$/, "");

const WORD = /[\p{L}\p{N}]/u;

/** Whether a value stands in a text as a whole, not as a part of a longer word; a number by its amount. */
export function standsIn(value: string, text: string): boolean {
  const needle = plain(value);
  const haystack = plain(text);
  if (needle === "") return false;
  if (/^-?\d+(\.\d+)?$/.test(needle)) {
    const amount = Number(needle);
    return (haystack.match(/\d[\d,]*(\.\d+)?/g) ?? []).some(
      (each) => Number(each.replaceAll(",", "")) === amount,
    );
  }
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
    const before = haystack[at - 1] ?? " ";
    const after = haystack[at + needle.length] ?? " ";
    if (!WORD.test(before) && !WORD.test(after)) return true;
  }
  return false;
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}]+/gu) ?? [];

/** Links with or without a scheme. */
const linksIn = (text: string): string[] => [
  ...new Set(text.match(/\b(https?:\/\/|www\.)[^\s<>"'()[\]]*[^\s<>"'()[\].,;:!?]/gi) ?? []),
];

/** What looks like an account number: two letters, two digits, and more. */
const accountsIn = (text: string): string[] => text.match(/\b[A-Z]{2}\d{2}[A-Z0-9]{10,30}\b/g) ?? [];
