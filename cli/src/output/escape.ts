// One escaping writer per output format: everything that comes from policies, requests or traces passes through one of these.

/** Control, bidi and invisible characters that could restyle or hide text. */
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const visible = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16) ?? "fffd"}}`;

/** For a terminal or a plain log: no escape sequence survives; tabs and newlines stay. */
export const terminalText = (text: string): string =>
  text.replace(UNSAFE, visible).replace(LONE_SURROGATE, visible);

/** One line for a terminal. */
export const terminalLine = (text: string): string =>
  terminalText(text).replace(/[\n\t]/g, (each) => (each === "\n" ? "\\n" : "\\t"));

/** Text or attribute of XML 1.0; characters that XML cannot hold become visible escapes. */
export const xml = (text: string): string =>
  terminalText(text)
    .replace(/[\ufffe\uffff]/g, visible)
    .replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);

/** Text inside HTML. */
export const html = (text: string): string => xml(text);

/** JSON for a `<script type="application/json">` block. */
export const jsonInHtml = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** What means something in Markdown wherever it stands, at the start of a line, or between letters (addresses). */
const MARKDOWN = /[\\`*_{}[\]()#!|<>&@~$]|(?<=\w)[.:](?=\w)|:(?=\/)|^\s*(?:[-+=]|\d+[.)])/g;

/** Text inside Markdown: no link, image, mention, HTML or formatting. */
export const markdown = (text: string): string =>
  terminalLine(text).replace(MARKDOWN, (found) =>
    found.replace(/[^\s\w]|_/g, (each) => `&#${each.charCodeAt(0)};`),
  );

/** A CSV cell: quoted, and never read as a formula. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replace(UNSAFE, visible).replace(LONE_SURROGATE, visible).replaceAll('"', '""')}"`;
}

/** The message of a GitHub workflow command. */
export const githubMessage = (text: string): string =>
  terminalText(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

/** A property of a GitHub workflow command. */
export const githubProperty = (text: string): string =>
  githubMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** A line of TAP: no directive, no newline. */
export const tapLine = (text: string): string => terminalLine(text).replace(/[\\#]/g, (each) => `\\${each}`);
