// SPDX licence expressions, read into alternatives: sets of licences of which all apply.

/** Lists of licences that must all be met; one of the lists is enough. */
export type LicenceChoices = readonly (readonly string[])[];

export const MAX_CHOICES = 8;
export const MAX_LICENCES = 6;
const MAX_LENGTH = 1000;

/** Spelling of identifiers as people write them in policies; others stand as received. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  [
    "MIT MIT-0 ISC 0BSD BSD-2-Clause BSD-3-Clause BSD-4-Clause Apache-1.1 Apache-2.0 Zlib Unlicense CC0-1.0 CC-BY-3.0",
    "CC-BY-4.0 CC-BY-SA-4.0 CC-BY-NC-4.0 BSL-1.0 BUSL-1.1 SSPL-1.0 Elastic-2.0 Artistic-2.0 Python-2.0 PSF-2.0 WTFPL",
    "MPL-1.1 MPL-2.0 EPL-1.0 EPL-2.0 CDDL-1.0 CDDL-1.1 EUPL-1.2 OFL-1.1 NCSA X11 Unicode-3.0 Unicode-DFS-2016 BlueOak-1.0.0",
    "GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1-only",
    "LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later AGPL-3.0-only AGPL-3.0-or-later Ms-PL Ruby PostgreSQL OpenSSL",
  ]
    .flatMap((line) => line.split(" "))
    .map((id) => [id.toLowerCase(), id]),
);

/** Deprecated identifiers of the GNU family: the plain version means that version only. */
const GNU = /^(a?gpl|lgpl)-([0-9.]+)$/;

type Token =
  { readonly kind: "word"; readonly text: string } | { readonly kind: "(" | ")" | "and" | "or" | "with" };

const WORD = /^(?:DocumentRef-[A-Za-z0-9.-]+:)?[A-Za-z0-9.-]+\+?/;

function tokens(text: string): readonly Token[] | undefined {
  const found: Token[] = [];
  for (let rest = text.trimStart(); rest !== ""; rest = rest.trimStart()) {
    const [first = ""] = rest;
    if (first === "(" || first === ")") {
      found.push({ kind: first });
      rest = rest.slice(1);
      continue;
    }
    const word = WORD.exec(rest)?.[0];
    if (word === undefined) return undefined;
    rest = rest.slice(word.length);
    // Two words need white space or a bracket between them.
    if (rest !== "" && !/^[\s()]/.test(rest)) return undefined;
    const lower = word.toLowerCase();
    found.push(
      lower === "and" || lower === "or" || lower === "with" ? { kind: lower } : { kind: "word", text: word },
    );
  }
  return found;
}

function spelt(word: string): string {
  const later = word.endsWith("+");
  const id = (later ? word.slice(0, -1) : word).toLowerCase();
  const gnu = GNU.test(id) ? `${id}-${later ? "or-later" : "only"}` : undefined;
  if (gnu !== undefined) return SPELLINGS.get(gnu) ?? gnu.toUpperCase();
  return `${SPELLINGS.get(id) ?? (later ? word.slice(0, -1) : word)}${later ? "+" : ""}`;
}

class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(list: readonly Token[]) {
    this.#tokens = list;
  }

  /** Undefined when it is no expression, or one with too many alternatives to tell. */
  whole(): LicenceChoices | undefined {
    const choices = this.#or();
    return this.#next === this.#tokens.length ? choices : undefined;
  }

  #take(kind: Token["kind"]): boolean {
    if (this.#tokens[this.#next]?.kind !== kind) return false;
    this.#next += 1;
    return true;
  }

  #or(): LicenceChoices | undefined {
    let left = this.#and();
    while (left !== undefined && this.#take("or")) {
      const right = this.#and();
      left = right === undefined ? undefined : bounded([...left, ...right]);
    }
    return left;
  }

  #and(): LicenceChoices | undefined {
    let left = this.#licence();
    while (left !== undefined && this.#take("and")) {
      const right = this.#licence();
      const both: LicenceChoices = left;
      left =
        right === undefined
          ? undefined
          : bounded(both.flatMap((one) => right.map((two) => [...one, ...two])));
    }
    return left;
  }

  #licence(): LicenceChoices | undefined {
    if (this.#take("(")) {
      if (++this.#depth > 16) return undefined;
      const inside = this.#or();
      this.#depth -= 1;
      return this.#take(")") ? inside : undefined;
    }
    const id = this.#word();
    if (id === undefined) return undefined;
    if (!this.#take("with")) return [[spelt(id)]];
    const exception = this.#word();
    return exception === undefined || exception.endsWith("+")
      ? undefined
      : [[`${spelt(id)} WITH ${exception}`]];
  }

  #word(): string | undefined {
    const token = this.#tokens[this.#next];
    if (token?.kind !== "word") return undefined;
    this.#next += 1;
    return token.text;
  }
}

/** Sorted, each once; undefined past the bounds. */
function bounded(choices: LicenceChoices): LicenceChoices | undefined {
  const seen = new Map<string, readonly string[]>();
  for (const choice of choices) {
    const sorted = [...new Set(choice)].sort();
    if (sorted.length > MAX_LICENCES) return undefined;
    seen.set(JSON.stringify(sorted), sorted);
  }
  return seen.size > MAX_CHOICES ? undefined : [...seen.values()];
}

/** What all of several expressions ask together; undefined where one of them says nothing, or there is none. */
export function joinLicences(
  expressions: readonly (LicenceChoices | undefined)[],
): LicenceChoices | undefined {
  if (expressions.length === 0) return undefined;
  let joined: LicenceChoices | undefined = [[]];
  for (const each of expressions) {
    const both: LicenceChoices | undefined = joined;
    joined =
      both === undefined || each === undefined
        ? undefined
        : bounded(both.flatMap((one) => each.map((two) => [...one, ...two])));
  }
  return joined;
}

/**
 * `MIT OR (Apache-2.0 AND BSD-3-Clause)` gives `[["MIT"], ["Apache-2.0", "BSD-3-Clause"]]`. Operators in any case, the
 * usual identifiers in their usual spelling, `GPL-2.0+` as `GPL-2.0-or-later`. Undefined for what is no SPDX expression
 * (`NOASSERTION` and `NONE` included), or has more than 8 alternatives or 6 licences in one.
 */
export function readLicenceExpression(text: string): LicenceChoices | undefined {
  if (text.length > MAX_LENGTH || /^\s*(?:NOASSERTION|NONE)\s*$/i.test(text)) return undefined;
  const list = tokens(text);
  return list === undefined || list.length === 0 ? undefined : new Reader(list).whole();
}
