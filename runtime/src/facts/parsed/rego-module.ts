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

export function regoModule(name: string, needs: readonly string[], body: string): RegoModule {
  const banner = `# Parser of the type ${name}: the text, its canonical form and its parts; undefined where it does not parse.`;
  return {
    name,
    needs,
    source: `${banner}\npackage aegis.types.${name}\n\nimport rego.v1\n\n${body.trim()}\n`,
  };
}

/** A raw string; patterns hold no back-quote. */
export function raw(text: string): string {
  if (text.includes("`")) throw new Error("a raw string holds no back-quote");
  return `\`${text}\``;
}

/** Lines of a rule's body that hold when `text` has the form of the grammar. */
export function regoAccepts(grammar: ParsedGrammar): string {
  return [
    `count(text) <= ${String(grammar.maxLength)}`,
    `regex.match(${raw(grammar.pattern)}, text)`,
    ...grammar.except.map((pattern) => `not regex.match(${raw(pattern)}, text)`),
  ].join("\n\t");
}
