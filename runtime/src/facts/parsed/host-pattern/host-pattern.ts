// The parsed type `host_pattern`: one host, or every host below a domain.
import { BOOL } from "../../../core/types/type.ts";
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { grammar } from "../grammar.ts";
import { DOMAIN, HOST, MAX_HOST_LENGTH } from "../host/host-grammar.ts";
import { parseHost } from "../host/host.ts";
import { mustParse, parsedText } from "../parsed-text.ts";

const hostPatternGrammar = grammar({
  pattern: `${HOST}|\\*\\.(?:${DOMAIN})`,
  maxLength: MAX_HOST_LENGTH,
  further: "The address in brackets parses as `ip`.",
});

/** The patterns that are no hosts. */
export const wildcardGrammar = grammar({ pattern: `\\*\\.(?:${DOMAIN})`, maxLength: MAX_HOST_LENGTH });

export function parseHostPattern(text: string): ParsedValue | undefined {
  if (!hostPatternGrammar.accepts(text)) return undefined;
  const wildcard = text.startsWith("*.");
  if (!wildcard && parseHost(text) === undefined) return undefined;
  return parsedText(text, text.toLowerCase(), () => ({ wildcard }));
}

export const hostPattern: ParsedTypeDefinition = {
  name: "host_pattern",
  doc: "A host, or `*.a.b` for every host below `a.b` at any depth, but not `a.b` itself.",
  parts: { wildcard: { type: BOOL, doc: "Whether it starts with `*.`." } },
  grammar: hostPatternGrammar,
  examples: {
    valid: [
      { text: "Example.com", canonical: "example.com" },
      { text: "*.Example.com", canonical: "*.example.com" },
      { text: "*.local", canonical: "*.local" },
      { text: "[::1]", canonical: "[::1]" },
    ],
    invalid: [
      "",
      "*",
      "*.",
      "*example.com",
      "a.*.com",
      "*.*.com",
      "*.10.0.0.1",
      "*.com.",
      "**.com",
      "*.[::1]",
    ],
  },
  parse: parseHostPattern,
  get zero() {
    return mustParse(parseHostPattern, "localhost");
  },
};
