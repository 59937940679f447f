// The parsed type `url`: an absolute URL in which every widespread parser finds the same host.
import { INT, optional, parsed, STRING } from "../../../core/types/type.ts";
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { grammar } from "../grammar.ts";
import { HOST, MAX_HOST_LENGTH } from "../host/host-grammar.ts";
import { parseHost } from "../host/host.ts";
import { mustParse, parsedText } from "../parsed-text.ts";

const ESCAPE = "%[0-9A-Fa-f]{2}";
const PORT = "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
const PATH_CHARACTER = `(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|${ESCAPE})`;
const TAIL_CHARACTER = `(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|\\[|\\]|${ESCAPE})`;

/** Schemes whose programs do not connect to what stands behind the slashes. */
export const SCHEMES_WITHOUT_HOST =
  "about blob data file javascript mailto tel urn vbscript view-source".split(" ");
const anyCase = (words: string): string =>
  words.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);

export const urlGrammar = grammar({
  pattern: `[A-Za-z][A-Za-z0-9+.-]{0,31}://(?:${HOST})(?::${PORT})?(?:/${PATH_CHARACTER}*)?(?:\\?${TAIL_CHARACTER}*)?(?:#${TAIL_CHARACTER}*)?`,
  except: [
    `^(?:${anyCase(SCHEMES_WITHOUT_HOST.join("|"))}):`,
    // Escapes that nobody needs hide what a path says: letters, digits, `-._`, the backslash, NUL.
    "^[^?#]*%(?:3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|2[DdEe]|5[CcFf]|00)",
    // `.` and `..`, also between escaped slashes or before path parameters.
    "^[^?#]*(?:/|%2[Ff])\\.\\.?(?:[/?#;]|%2[Ff]|$)",
  ],
  maxLength: 8192,
  further: `The host has at most ${String(MAX_HOST_LENGTH)} characters and parses as \`host\`.`,
});

/** Ports that a scheme implies; these schemes also have at least `/` as path. */
export const DEFAULT_PORTS: ReadonlyMap<string, number> = new Map([
  ["ftp", 21],
  ["http", 80],
  ["https", 443],
  ["ws", 80],
  ["wss", 443],
]);

/** Unambiguous for a text of the grammar: scheme, host, port, path, query, fragment. */
export const URL_GROUPS = "^([^:]+)://([^\\[/?#:]+|\\[[^\\]]*\\])(?::([0-9]+))?([^?#]*)(\\?[^#]*)?(#[^#]*)?$";
const groups = new RegExp(URL_GROUPS);

export function parseUrl(text: string): ParsedValue | undefined {
  if (!urlGrammar.accepts(text)) return undefined;
  const found = groups.exec(text);
  if (found === null) return undefined;
  const [, schemeText = "", hostText = "", portText, pathText = "", queryText, fragmentText] = found;
  const host = parseHost(hostText);
  if (host === undefined) return undefined;
  const scheme = schemeText.toLowerCase();
  const implied = DEFAULT_PORTS.get(scheme);
  const port = portText === undefined ? implied : Number(portText);
  const path = pathText === "" && implied !== undefined ? "/" : pathText;
  const shownPort = port === implied ? "" : `:${String(port)}`;
  return parsedText(
    text,
    `${scheme}://${host.canonical}${shownPort}${path}${queryText ?? ""}${fragmentText ?? ""}`,
    () => ({ scheme, host, port, path, query: queryText?.slice(1), fragment: fragmentText?.slice(1) }),
  );
}

export const url: ParsedTypeDefinition = {
  name: "url",
  doc: "An absolute URL `scheme://host[:port][/path][?query][#fragment]` in which browsers, Python, Go, Java and curl find the same host: ASCII, no user name, no backslash, no `.` or `..` segment, no needless escapes in the path.",
  parts: {
    scheme: { type: STRING, doc: "In lower case, without the colon." },
    host: { type: parsed("host"), doc: "The host that would be connected to." },
    port: {
      type: optional(INT),
      doc: "The port written, else the one that http, https, ws, wss or ftp implies.",
    },
    path: {
      type: STRING,
      doc: "As received, from the first slash on; `/` where http and the like leave it out.",
    },
    query: { type: optional(STRING), doc: "As received, without the question mark." },
    fragment: { type: optional(STRING), doc: "As received, without the `#`." },
  },
  grammar: urlGrammar,
  examples: {
    valid: [
      { text: "https://example.com", canonical: "https://example.com/" },
      {
        text: "HTTPS://API.Example.com:443/v1?q=a%20b#top",
        canonical: "https://api.example.com/v1?q=a%20b#top",
      },
      { text: "http://localhost:8080/a;b=c/d", canonical: "http://localhost:8080/a;b=c/d" },
      { text: "http://[2001:db8::1]:80/", canonical: "http://[2001:db8::1]/" },
      { text: "postgres://db.internal:5432/app", canonical: "postgres://db.internal:5432/app" },
    ],
    invalid: [
      "",
      "example.com",
      "//example.com/",
      "http:/example.com",
      "http://",
      "http://a@b.com/",
      "https://partner.com\\@evil.io/",
      "http://0x7f.1/",
      "http://1.2/",
      "http://a.com./",
      "http://xn--a.com/",
      "http://a.com:/",
      "http://a.com:0/",
      "http://a.com:65536/",
      "http://a.com/../b",
      "http://a.com/%2e%2e/b",
      "http://a.com/..%2fb",
      "http://a.com/..;/b",
      "http://a.com/%61dmin",
      "http://a.com/a b",
      "http://a.com/\t",
      "http://a.com/%zz",
      "http://é.com/",
      "http://a.com/#a#b",
      "file://a.com/etc/passwd",
      "JavaScript://a.com/%0aalert(1)",
    ],
  },
  parse: parseUrl,
  get zero() {
    return mustParse(parseUrl, "http://localhost/");
  },
};
