// A platform for tests of the core: parsed types that take texts as they are, patterns as JavaScript expressions.
import type { Matcher, ParsedTypeDefinition, ParsedValue, Platform } from "../types/parsed-type.ts";
import { STRING, optional, parsed } from "../types/type.ts";

const value = (text: string, canonical: string, part: (name: string) => unknown): ParsedValue => ({
  text,
  canonical,
  part,
});

function simple(name: string, accepts: RegExp, canonical = (text: string) => text): ParsedTypeDefinition {
  const make = (text: string): ParsedValue => value(text, canonical(text), () => undefined);
  return {
    name,
    doc: name,
    parts: {},
    grammar: { pattern: "^[^\\x{0}]*$", except: [], maxLength: 1000, further: accepts.source },
    examples: { valid: [], invalid: [] },
    parse: (text) => (accepts.test(text) ? make(text) : undefined),
    zero: make(""),
  };
}

const url: ParsedTypeDefinition = {
  ...simple("url", /^https?:\/\/[a-z0-9.-]+(\/|$)/),
  parts: {
    host: { type: parsed("host"), doc: "The host." },
    path: { type: optional(STRING), doc: "The path, if there is one." },
  },
  parse(text) {
    const match = /^https?:\/\/([a-zA-Z0-9.-]+)(\/[!-~]*)?$/.exec(text);
    if (match === null) return undefined;
    const host = match[1]?.toLowerCase() ?? "";
    return value(text, text.toLowerCase(), (name) =>
      name === "host" ? value(host, host, () => undefined) : name === "path" ? match[2] : undefined,
    );
  },
};

const definitions = [
  url,
  simple("host", /^[a-z0-9.-]+$/),
  simple("host_pattern", /^(\*\.)?[a-z0-9.-]+$/),
  simple("ip", /^[0-9a-f.:]+$/),
  simple("cidr", /^[0-9a-f.:]+\/[0-9]+$/),
  simple("path", /^\//),
  simple("relpath", /^[^/]/),
  simple("git_ref", /^[a-z][a-z0-9/._-]*$/, (text) => text.replace(/^refs\/heads\//, "")),
];

export function compileTestPattern(pattern: string): Matcher {
  const expression = new RegExp(pattern, "gu");
  return {
    test: (text) => new RegExp(pattern, "u").test(text),
    spans: (text) =>
      [...text.matchAll(expression)].map((match) => [match.index, match.index + match[0].length] as const),
  };
}

export const testPlatform: Platform = {
  parsedTypes: new Map(definitions.map((definition) => [definition.name, definition])),
  compilePattern: compileTestPattern,
};
