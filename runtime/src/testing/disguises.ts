// The encodings in which tests hide a text: those of threat T14, and some more.
import type { JsonValue } from "../core/values/value.ts";

export interface Disguise {
  readonly name: string;
  hide(text: string): JsonValue;
}

const each = (text: string, how: (character: string, code: number) => string): string =>
  [...text].map((character) => how(character, character.codePointAt(0) ?? 0)).join("");
const bytes = (text: string, how: (byte: number) => string): string =>
  [...Buffer.from(text)].map(how).join("");
const hex = (code: number, width: number): string => code.toString(16).padStart(width, "0");

export const disguises: readonly Disguise[] = [
  { name: "JSON in a string", hide: (text) => JSON.stringify({ config: [text], n: 1 }) },
  {
    name: "a key of JSON in a string",
    hide: (text) => JSON.stringify({ [text]: true }),
  },
  { name: "`\\u` escapes", hide: (text) => each(text, (_, code) => `\\u${hex(code, 4)}`) },
  { name: "`\\u{…}` escapes", hide: (text) => each(text, (_, code) => `\\u{${hex(code, 1)}}`) },
  { name: "`\\x` escapes", hide: (text) => bytes(text, (byte) => `\\x${hex(byte, 2)}`) },
  {
    name: "octal escapes",
    hide: (text) => bytes(text, (byte) => `\\${byte.toString(8).padStart(3, "0")}`),
  },
  { name: "percent", hide: (text) => bytes(text, (byte) => `%${hex(byte, 2)}`) },
  {
    name: "percent, some characters",
    hide: (text) =>
      bytes(text, (byte) =>
        byte % 2 === 0 || byte > 126 ? `%${hex(byte, 2).toUpperCase()}` : String.fromCharCode(byte),
      ),
  },
  { name: "base64", hide: (text) => Buffer.from(text).toString("base64") },
  { name: "base64url", hide: (text) => Buffer.from(text).toString("base64url") },
  { name: "base64 in lines", hide: (text) => Buffer.from(text).toString("base64").replace(/.{8}/g, "$&\n") },
  { name: "base64 of UTF-16", hide: (text) => Buffer.from(text, "utf16le").toString("base64") },
  { name: "hex", hide: (text) => Buffer.from(text).toString("hex") },
  {
    name: "hex in capitals with colons",
    hide: (text) =>
      Buffer.from(text)
        .toString("hex")
        .toUpperCase()
        .replace(/..(?!$)/g, "$&:"),
  },
  { name: "HTML entities, decimal", hide: (text) => each(text, (_, code) => `&#${String(code)};`) },
  { name: "HTML entities, hex", hide: (text) => each(text, (_, code) => `&#x${hex(code, 4)};`) },
  { name: "zero-width characters", hide: (text) => each(text, (c) => `${c}\u200b`) },
  {
    name: "full-width letters",
    hide: (text) =>
      each(text, (c, code) => (code > 0x20 && code < 0x7f ? String.fromCodePoint(code + 0xfee0) : c)),
  },
  { name: "adjacent list items", hide: (text) => [text.slice(0, 7), text.slice(7, 12), text.slice(12)] },
];
