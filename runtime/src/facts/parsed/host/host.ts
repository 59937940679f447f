// The parsed type `host`: a name, an IPv4 address, or an IPv6 address in brackets, as in a url.
import { BOOL, optional, parsed } from "../../../core/types/type.ts";
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { parseIp } from "../ip/ip.ts";
import { mustParse, parsedText } from "../parsed-text.ts";
import { hostGrammar } from "./host-grammar.ts";

export function parseHost(text: string): ParsedValue | undefined {
  if (!hostGrammar.accepts(text)) return undefined;
  const bracketed = text.startsWith("[");
  // The last label of a name starts with a letter.
  const ip = bracketed ? parseIp(text.slice(1, -1)) : /\.[0-9]+$/.test(text) ? parseIp(text) : undefined;
  if (bracketed && ip === undefined) return undefined;
  return parsedText(text, text.toLowerCase(), () => ({
    ip,
    qualified: ip === undefined && text.includes("."),
  }));
}

export const host: ParsedTypeDefinition = {
  name: "host",
  doc: "A host: labels of letters, digits and hyphens, a dotted quad, or an IPv6 address in brackets. Compared without regard to case; no trailing dot, no internationalised labels.",
  parts: {
    ip: { type: optional(parsed("ip")), doc: "The address, when the host is written as one." },
    qualified: { type: BOOL, doc: "Whether it is a name of two labels or more." },
  },
  grammar: hostGrammar,
  examples: {
    valid: [
      { text: "localhost", canonical: "localhost" },
      { text: "API.Example.com", canonical: "api.example.com" },
      { text: "1password.com", canonical: "1password.com" },
      { text: "a--b.example", canonical: "a--b.example" },
      { text: "10.0.0.1", canonical: "10.0.0.1" },
      { text: "[2001:db8::1]", canonical: "[2001:db8::1]" },
    ],
    invalid: [
      "",
      "a.b.",
      ".a",
      "a..b",
      "a_b.com",
      "-a.com",
      "a-.com",
      "xn--a.com",
      "ab--c.com",
      "1.2",
      "0x7f.1",
      "a.0x1",
      "foo.1",
      "010.0.0.1",
      "::1",
      "[::ffff:1.2.3.4]",
      "é.com",
      "a.com:80",
      "a com",
    ],
  },
  parse: parseHost,
  get zero() {
    return mustParse(parseHost, "localhost");
  },
};
