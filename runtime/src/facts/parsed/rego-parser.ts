// How a parsed type says its parser in Rego; each type has one in `parsed/<name>/<name>.rego.ts`.

/**
 * The Rego value of a parsed text is `{"text": text, "canonical": string, "parts": {name: value}}`; absent optional parts
 * have no entry, parts of a parsed type have that type's Rego value, lists are arrays, whole numbers numbers.
 */
export interface RegoParser {
  /** Name of the parsed type; the file is `aegis/types/<name>.rego`, the package `aegis.types.<name>`. */
  readonly name: string;
  /** Parsed types whose parsers this one calls as `data.aegis.types.<name>.parse(text)`. */
  readonly uses: readonly string[];
  /**
   * What follows the package clause and `import rego.v1`, as `opa fmt` prints it. It defines `parse(text)`, which is given
   * a string and is undefined when the text does not parse; helpers start with `_`. Linear time, never an error.
   */
  readonly source: string;
}

export const defineRegoParser = (parser: RegoParser): RegoParser => parser;
