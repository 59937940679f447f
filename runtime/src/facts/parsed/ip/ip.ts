// The parsed type `ip`: one IPv4 or IPv6 address.
import { INT } from "../../../core/types/type.ts";
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { ipBits } from "./ip-bits.ts";
import { mustParse, parsedText } from "../parsed-text.ts";
import { ipGrammar, isCanonicalVersion6 } from "./ip-grammar.ts";
import { IP_SCOPES, ipScope } from "./ip-scope.ts";

export function parseIp(text: string): ParsedValue | undefined {
  if (!ipGrammar.accepts(text)) return undefined;
  const version = text.includes(":") ? 6 : 4;
  if (version === 6 && !isCanonicalVersion6(text)) return undefined;
  return parsedText(text, text, () => ({ version, scope: ipScope(version, ipBits(text) ?? "") }));
}

export const ip: ParsedTypeDefinition = {
  name: "ip",
  doc: "An IPv4 address in four decimal bytes, or an IPv6 address in the canonical spelling of RFC 5952.",
  parts: {
    version: { type: INT, doc: "4 or 6." },
    scope: {
      type: { kind: "enum", name: "ip_scope", members: IP_SCOPES },
      doc: "Who can be reached there: `public` is the open internet, everything else is special.",
    },
  },
  grammar: ipGrammar,
  examples: {
    valid: ["127.0.0.1", "8.8.8.8", "::", "::1", "2001:db8::1", "fe80::1:2"].map((text) => ({
      text,
      canonical: text,
    })),
    invalid: [
      "",
      "127.1",
      "010.0.0.1",
      "256.1.1.1",
      "0x7f.0.0.1",
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "2001:DB8::1",
      "1:0:0:2:0:0:0:3",
      "::0",
      "fe80::1%eth0",
      "[::1]",
    ],
  },
  parse: parseIp,
  get zero() {
    return mustParse(parseIp, "0.0.0.0");
  },
};
