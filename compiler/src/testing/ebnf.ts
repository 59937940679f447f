// The EBNF of docs/grammar.md as data: what the tests hold the parser against.

export type Ebnf =
  | { readonly kind: "token"; readonly text: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "sequence"; readonly of: readonly Ebnf[] }
  | { readonly kind: "choice"; readonly of: readonly Ebnf[] }
  | { readonly kind: "optional"; readonly of: Ebnf }
  | { readonly kind: "repeated"; readonly of: Ebnf };

/** Right sides of productions by name; names without one are terminals. */
export type Grammar = ReadonlyMap<string, Ebnf>;

/** The productions up to that of `name`: what is said of characters from there on is no EBNF. */
export function readGrammar(page: string): Grammar {
  const block = /```ebnf\n([\s\S]*?)\n\n(?=name +=)/.exec(page)?.[1];
  if (block === undefined) throw new Error("the page has no grammar");
  // A pattern is one token.
  const text = block.replace(/\(\*[\s\S]*?\*\)/g, "").replace(`'re"' … '"'`, "regexText");
  const words = [...text.matchAll(/'([^']+)'|[A-Za-z]+|[=;|[\]{}()]|(\S)/g)].map(([word, , stray]) => {
    if (stray !== undefined) throw new Error(`\`${stray}\` in the grammar`);
    return word;
  });
  return new Reader(words).productions();
}

class Reader {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  productions(): Grammar {
    const found = new Map<string, Ebnf>();
    while (this.#at < this.#words.length) {
      const name = this.#take();
      this.#expect("=");
      if (found.has(name)) throw new Error(`two productions of ${name}`);
      found.set(name, this.#choice());
      this.#expect(";");
    }
    return found;
  }

  #choice(): Ebnf {
    const of = [this.#sequence()];
    while (this.#words[this.#at] === "|") {
      this.#at += 1;
      of.push(this.#sequence());
    }
    return of.length === 1 && of[0] !== undefined ? of[0] : { kind: "choice", of };
  }
  #sequence(): Ebnf {
    const of: Ebnf[] = [];
    while (!["|", ";", ")", "]", "}", undefined].includes(this.#words[this.#at])) of.push(this.#part());
    return of.length === 1 && of[0] !== undefined ? of[0] : { kind: "sequence", of };
  }
  #part(): Ebnf {
    const word = this.#take();
    if (word.startsWith("'")) return { kind: "token", text: word.slice(1, -1) };
    if (/^[A-Za-z]/.test(word)) return { kind: "name", name: word };
    const of = this.#choice();
    this.#expect({ "(": ")", "[": "]", "{": "}" }[word] ?? "");
    return word === "[" ? { kind: "optional", of } : word === "{" ? { kind: "repeated", of } : of;
  }

  #take(): string {
    return this.#words[this.#at++] ?? "";
  }
  #expect(word: string): void {
    const found = this.#take();
    if (found !== word) throw new Error(`\`${found}\` in the grammar instead of \`${word}\``);
  }
}
