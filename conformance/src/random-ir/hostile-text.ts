// Requests broken as text: cut short, doubled keys, lone surrogates, great depth and length, odd spellings.
import type { Random } from "./random.ts";

type Breaker = (text: string, random: Random) => string;

/** Just after the first `{` of the arguments, or of the document. */
function insertMember(text: string, member: string): string {
  const args = text.indexOf('"args":{');
  const at = args < 0 ? text.indexOf("{") + 1 : args + 8;
  const rest = text.slice(at);
  return `${text.slice(0, at)}${member}${/^\s*\}/.test(rest) ? "" : ","}${rest}`;
}

const breakers: readonly Breaker[] = [
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => {
    const at = random.below(text.length + 1);
    return (
      text.slice(0, at) +
      random.pick(["\0", "{", "}", ",", '"', "\\", "\ufeff", "-", "0", "\u2028"]) +
      text.slice(at)
    );
  },
  (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + text.slice(at + 1 + random.below(4));
  },
  (text) => `${text} ${text}`,
  (text) => `\ufeff${text}`,
  (text) => ` \t\r\n${text.replaceAll(",", " ,\n")}\n`,
  (text) => insertMember(text, '"s":"dev"'),
  (text) => insertMember(text, '"\\u0073":"dev"'),
  (text) => insertMember(text, '"s":"\\ud800"'),
  (text) => insertMember(text, '"x":"\\udc00\\ud800"'),
  (text) => insertMember(text, `"j":${"[".repeat(70)}${"]".repeat(70)}`),
  (text) => insertMember(text, `"j":${"[".repeat(60)}${"]".repeat(60)}`),
  (text) => insertMember(text, `"j":"${"x".repeat(2000)}"`),
  (text) => insertMember(text, `"n":${"9".repeat(40)}`),
  (text) => insertMember(text, '"n":1e999'),
  (text) => insertMember(text, '"n":01'),
  (text) => insertMember(text, '"__proto__":{"s":"main"}'),
  (text) => insertMember(text, "'s':1"),
  (text) => text.replaceAll('"', "'"),
  (text) => text.replace('"tool":', '"tool": "git", "tool":'),
  (text) => text.replace('"phase"', '"Phase"'),
  () => "",
  () => "null",
  () => "[]",
  () => "[".repeat(100_000),
  () => `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
];

export const hostileText: Breaker = (text, random) => random.pick(breakers)(text, random);
