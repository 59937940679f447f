// Bytes of a request damaged in a few places: cut, changed, doubled, or no longer UTF-8.
import type { Random } from "./random.ts";

const ODD = [
  '"',
  "\\",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\u0000",
  "\n",
  " ",
  "0",
  "-",
  "e",
  "\\ud800",
  "\ufeff",
  "null",
  '"a":1,',
];

/** Never the bytes as they were given, but for a chance change to the same. */
export function brokenBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length + 1);
  const head = bytes.subarray(0, at);
  switch (random.below(6)) {
    case 0:
      return head;
    case 1:
      return concat(head, bytes.subarray(at + 1));
    case 2:
      return concat(head, new TextEncoder().encode(random.pick(ODD)), bytes.subarray(at));
    case 3:
      return concat(head, new Uint8Array([random.below(256)]), bytes.subarray(at + 1));
    case 4:
      return concat(head, bytes.subarray(random.below(bytes.length + 1)));
    default:
      return concat(bytes, new TextEncoder().encode(random.pick([" ", "\n", "x", "{}", "\u0000", "\u00a0"])));
  }
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
