// The parsed type `cidr`: a range of addresses.
import { INT, parsed } from "../../../core/types/type.ts";
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { ipBits } from "../ip/ip-bits.ts";
import { grammar } from "../grammar.ts";
import { DOTTED_QUAD, VERSION_6 } from "../ip/ip-grammar.ts";
import { parseIp } from "../ip/ip.ts";
import { mustParse, parsedText } from "../parsed-text.ts";

export const cidrGrammar = grammar({
  pattern: `${DOTTED_QUAD}/(?:3[0-2]|[12]?[0-9])|(?:${VERSION_6})/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9])`,
  maxLength: 43,
  further: "The address parses as `ip`, and its bits behind the prefix are zero.",
});

export function parseCidr(text: string): ParsedValue | undefined {
  if (!cidrGrammar.accepts(text)) return undefined;
  const slash = text.indexOf("/");
  const network = parseIp(text.slice(0, slash));
  const prefix = Number(text.slice(slash + 1));
  if (network === undefined || ipBits(network.text)?.slice(prefix).includes("1") !== false) return undefined;
  return parsedText(text, text, () => ({ network, prefix, version: network.part("version") }));
}

export const cidr: ParsedTypeDefinition = {
  name: "cidr",
  doc: "A range of addresses: its first address and the number of fixed leading bits.",
  parts: {
    network: { type: parsed("ip"), doc: "The first address." },
    prefix: { type: INT, doc: "The number of fixed leading bits." },
    version: { type: INT, doc: "4 or 6." },
  },
  grammar: cidrGrammar,
  examples: {
    valid: ["10.0.0.0/8", "0.0.0.0/0", "192.168.1.7/32", "::/0", "fc00::/7", "2001:db8::/32"].map((text) => ({
      text,
      canonical: text,
    })),
    invalid: [
      "",
      "10.0.0.0",
      "10.0.0.1/8",
      "10.0.0.0/33",
      "10.0.0.0/08",
      "10/8",
      "::1/64",
      "::/129",
      "::ffff:0:0/96",
    ],
  },
  parse: parseCidr,
  get zero() {
    return mustParse(parseCidr, "0.0.0.0/32");
  },
};
