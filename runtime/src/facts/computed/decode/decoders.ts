// Ways in which a text hides another: each undone by one function that gives the texts found, or none.
import type { JsonValue } from "../../../core/values/value.ts";
import { textsOf } from "../texts-of.ts";
import { readBytesAsText } from "./byte-text.ts";
import { ENTITIES } from "./entities.ts";

export interface Decoder {
  readonly name: string;
  decode(text: string): readonly string[];
}

/** Shortest run that is worth decoding, in characters. */
const MIN_BASE64 = 16;
const MIN_HEX_BYTES = 10;

const json: Decoder = {
  name: "JSON in a string",
  decode(text) {
    const start = /\S/.exec(text)?.[0];
    if (start !== "{" && start !== "[" && start !== '"') return [];
    try {
      return textsOf(JSON.parse(text) as JsonValue, true);
    } catch {
      return [];
    }
  },
};

const ESCAPE =
  /\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))|((?:\\x[0-9A-Fa-f]{2})+)|((?:\\[0-3][0-7]{2})+)/g;
const escapes: Decoder = {
  name: "`\\u`, `\\x` and octal escapes",
  decode: (text) =>
    replaced(text, ESCAPE, (braces, four, eight, bytes, octal) => {
      if (bytes !== undefined) return bytesAsUtf8(hexBytes(bytes.replaceAll("\\x", "")));
      if (octal !== undefined)
        return bytesAsUtf8(Uint8Array.from(octal.slice(1).split("\\"), (digits) => parseInt(digits, 8)));
      return fromCode(parseInt(braces ?? four ?? eight ?? "", 16));
    }),
};

const percent: Decoder = {
  name: "percent",
  decode: (text) =>
    replaced(text, /((?:%[0-9A-Fa-f]{2})+)/g, (run = "") => bytesAsUtf8(hexBytes(run.replaceAll("%", "")))),
};

const html: Decoder = {
  name: "HTML entities",
  decode: (text) =>
    replaced(
      text,
      /&(?:#0*([0-9]{1,7})|#[xX]0*([0-9A-Fa-f]{1,6})|([A-Za-z]{2,30}));?/g,
      (decimal, hex, name) => {
        if (name !== undefined) return ENTITIES.get(name);
        return fromCode(decimal === undefined ? parseInt(hex ?? "", 16) : Number(decimal));
      },
    ),
};

/** White space may stand anywhere in a run, and a run may begin in the middle of a word: its first characters belong to the word. */
const BASE64_RUN = new RegExp(`[A-Za-z0-9+/_-](?:\\s*[A-Za-z0-9+/_-]){${String(MIN_BASE64 - 1)},}`, "g");
const base64: Decoder = {
  name: "base64",
  decode: (text) =>
    runs(text, BASE64_RUN).flatMap((run) => {
      const digits = run.replace(/\s/g, "");
      return [0, 1, 2, 3].flatMap((offset) => readBytesAsText(base64Bytes(digits, offset))?.text ?? []);
    }),
};

const HEX_RUN = new RegExp(`(?:[0-9A-Fa-f]{2}[ :]?){${String(MIN_HEX_BYTES)},}[0-9A-Fa-f]?`, "g");
const hex: Decoder = {
  name: "hex",
  decode: (text) =>
    runs(text, HEX_RUN).flatMap((run) => {
      const digits = run.replace(/[ :]/g, "");
      return [0, 1].flatMap((offset) => readBytesAsText(hexBytes(digits.slice(offset)))?.text ?? []);
    }),
};

/** Characters that no eye sees, and letters in other widths. */
const INVISIBLE =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]/g;
const invisible: Decoder = {
  name: "invisible and full-width characters",
  decode(text) {
    const plain = text.replace(INVISIBLE, "").normalize("NFKC");
    return plain === text ? [] : [plain];
  },
};

/** In the order of the page of `std.secrets`. */
export const decoders: readonly Decoder[] = [json, escapes, percent, base64, hex, html, invisible];

/** The text with every match put in other words; none where there is no match. */
function replaced(
  text: string,
  pattern: RegExp,
  replace: (...groups: readonly (string | undefined)[]) => string | undefined,
): readonly string[] {
  const result = text.replace(pattern, (match: string, ...rest: unknown[]) => {
    // Behind the groups come the offset and the text.
    const groups = rest.slice(0, -2) as (string | undefined)[];
    return replace(...groups) ?? match;
  });
  return result === text ? [] : [result];
}

const runs = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([run]) => run);

const fromCode = (code: number): string | undefined =>
  code <= 0x10ffff ? String.fromCodePoint(code) : undefined;

const bytesAsUtf8 = (bytes: Uint8Array): string => new TextDecoder("utf-8").decode(bytes);

export function hexBytes(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length >> 1);
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = parseInt(digits.slice(2 * index, 2 * index + 2), 16);
  return bytes;
}

/** Values of both alphabets by character code; others are never asked for. */
const VALUES = new Uint8Array(128);
[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].forEach((digit, value) => {
  VALUES[digit.charCodeAt(0)] = value;
});
VALUES["-".charCodeAt(0)] = 62;
VALUES["_".charCodeAt(0)] = 63;

/** Both alphabets; `offset` characters are left out in front, an incomplete byte at the end. */
export function base64Bytes(digits: string, offset: number): Uint8Array {
  const bytes = new Uint8Array(Math.floor(((digits.length - offset) * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let index = offset; index < digits.length; index += 1) {
    bits = ((bits << 6) | (VALUES[digits.charCodeAt(index)] ?? 0)) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at] = (bits >> held) & 0xff;
    at += 1;
  }
  return bytes;
}
