// Text of an attacker's choice in Rego, made safe to show: quoted, escaped, cut.
import { block, regoString } from "../print-rego.ts";

const characters = (first: number, last = first): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index));

/** What JSON escapes. */
const ESCAPED = [...characters(0, 0x1f), '"', "\\"];
/** Controls, line separators, bidi controls and characters that show as nothing; as in the core's `quoteText`. */
const HIDDEN = [
  ...characters(0x7f, 0x9f),
  ...characters(0xad),
  ...characters(0x61c),
  ...characters(0x180e),
  ...characters(0x200b, 0x200f),
  ...characters(0x2028, 0x202e),
  ...characters(0x2060, 0x2069),
  ...characters(0xfeff),
];

const escapeOf = (character: string): string => {
  const escaped = JSON.stringify(character).slice(1, -1);
  return escaped === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}` : escaped;
};
const table = (list: readonly string[]): string =>
  block(
    "{}",
    list.map((character) => `${regoString(character)}: ${regoString(escapeOf(character))}`),
  );

export const reasonsRego = `
# A JSON string of a text.
json_text(text) := concat("", [\`"\`, strings.replace_n(_escaped, text), \`"\`])

# Several keys as one text: the JSON array of them.
text_list(texts) := concat("", ["[", concat(",", [json_text(text) | some text in texts]), "]"])

# A text in quotes, at most 80 code points of it, in which nothing hides, reorders or breaks lines.
quoted(text) := concat("", [\`"\`, cut(strings.replace_n(_shown, cut(text, 80)), 78), \`"\`])

# At most \`most\` code points of a text.
cut(text, most) := text if count(text) <= most

cut(text, most) := concat("", [substring(text, 0, most - 1), "\\u2026"]) if count(text) > most

# Whether one place, as segments, equals, contains or lies in the other.
overlaps(left, right) if {
	shared := min([count(left), count(right)])
	every i in numbers.range(0, shared - 1) {
		_same_segment(left[i], right[i])
	}
}

_same_segment(left, right) if left == right

_same_segment(left, _) if left == "*"

_same_segment(_, right) if right == "*"

_escaped := ${table(ESCAPED)}

_shown := ${table([...ESCAPED, ...HIDDEN])}
`;
