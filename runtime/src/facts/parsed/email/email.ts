// The parsed type `email`: one plain mail address.
import { parsed, STRING } from "../../../core/types/type.ts";
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { grammar } from "../grammar.ts";
import { DOMAIN, MAX_HOST_LENGTH } from "../host/host-grammar.ts";
import { parseHost } from "../host/host.ts";
import { mustParse, parsedText } from "../parsed-text.ts";

const ATOM = "[A-Za-z0-9_+'-]+";
const MAX_LOCAL = 64;

export const emailGrammar = grammar({
  pattern: `${ATOM}(?:\\.${ATOM})*@(?:${DOMAIN})`,
  except: [`^[^@]{${String(MAX_LOCAL + 1)}}`],
  maxLength: MAX_LOCAL + 1 + MAX_HOST_LENGTH,
  further: "The domain parses as `host`.",
});

export function parseEmail(text: string): ParsedValue | undefined {
  if (!emailGrammar.accepts(text)) return undefined;
  const canonical = text.toLowerCase();
  const at = canonical.indexOf("@");
  const domain = parseHost(text.slice(at + 1));
  return domain && parsedText(text, canonical, () => ({ local: canonical.slice(0, at), domain }));
}

export const email: ParsedTypeDefinition = {
  name: "email",
  doc: "One mail address without display name, quotes, comments or routing. Compared without regard to case, as mail servers do.",
  parts: {
    local: { type: STRING, doc: "What stands before the `@`, in lower case." },
    domain: { type: parsed("host"), doc: "What stands after the `@`." },
  },
  grammar: emailGrammar,
  examples: {
    valid: [
      { text: "ann@example.com", canonical: "ann@example.com" },
      { text: "Ann.O'Neil+tag@Example.COM", canonical: "ann.o'neil+tag@example.com" },
      { text: "root@localhost", canonical: "root@localhost" },
    ],
    invalid: [
      "",
      "ann",
      "@example.com",
      "ann@",
      "a@b@c.com",
      ".a@b.com",
      "a.@b.com",
      "a..b@c.com",
      '"a b"@c.com',
      "Ann <ann@example.com>",
      "a@b.com,c@d.com",
      "a@[10.0.0.1]",
      "a@10.0.0.1",
      "a%b.com@c.com",
      "a!b@c.com",
      "a@b.com.",
      "ä@b.com",
      "a@b.com\n",
    ],
  },
  parse: parseEmail,
  get zero() {
    return mustParse(parseEmail, "nobody@localhost");
  },
};
