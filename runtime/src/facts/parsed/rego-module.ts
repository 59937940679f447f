// The Rego form of a parser: one module for each parsed type, `data.aegis.types.<name>.parse`.
import type { ParsedGrammar } from "../../core/types/parsed-type.ts";

export interface RegoModule {
  /** Name of the parsed type. */
  readonly name: string;
  /** Other parsed types whose modules it calls. */
  readonly needs: readonly string[];
  /**
   * The text of the module, formatted. `parse(text)` is an object with `text`, `canonical` and the parts that are there
   * (parts of parsed types are such objects again, records are objects), and undefined where the text does not parse.
   */
  readonly source: string;
}

/** The body is made when the module is first asked for: its patterns are worked out then, and few policies need them. */
export function regoModule(name: string, needs: readonly string[], body: () => string): RegoModule {
  const banner = `# Parser of the type ${name}: the text, its canonical form and its parts; undefined where it does not parse.`;
  let source: string | undefined;
  return {
    name,
    needs,
    get source() {
      return (source ??= `${banner}\npackage aegis.types.${name}\n\nimport rego.v1\n\n${body().trim()}\n`);
    },
  };
}

/** A raw string; patterns hold no back-quote. */
export function raw(text: string): string {
  if (text.includes("`")) throw new Error("a raw string holds no back-quote");
  return `\`${text}\``;
}

/** Characters of a raw string, so that no line is longer than some engines read (1,024). */
const LINE = 400;

/** A pattern cut into pieces that fit on a line each, behind a class or an alternative where there is one. */
export function rawPieces(pattern: string): readonly string[] {
  const pieces: string[] = [];
  let rest = pattern;
  while (rest.length > LINE) {
    const end = Math.max(rest.lastIndexOf("]", LINE - 1), rest.lastIndexOf("|", LINE - 1)) + 1;
    const length = end > 0 ? end : LINE;
    pieces.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return [...pieces, rest];
}

/** A pattern as a term, on as many lines as it needs; `tabs`: how far in the line stands. */
export function regoPattern(pattern: string, tabs: number): string {
  const pieces = rawPieces(pattern).map(raw);
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const edge = "\t".repeat(tabs);
  return `concat("", [\n${pieces.map((piece) => `${edge}\t${piece},\n`).join("")}${edge}])`;
}

/** Lines of a rule's body that hold when `text` has the form of the grammar. */
export function regoAccepts(grammar: ParsedGrammar): string {
  const form = regoPattern(grammar.pattern, 1);
  return [
    `count(text) <= ${String(grammar.maxLength)}`,
    ...(form.includes("\n")
      ? [`form := ${form}`, "regex.match(form, text)"]
      : [`regex.match(${form}, text)`]),
    ...grammar.except.map((pattern) => `not regex.match(${raw(pattern)}, text)`),
  ].join("\n\t");
}
