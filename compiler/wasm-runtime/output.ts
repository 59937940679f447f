// Text of the answer: fragments copied one behind the other at the end of the heap.
import { ensure, setTop, size, start, text, top } from "./memory";

/** Where the next byte goes. Nothing else may take memory while an answer is being written. */
let out: usize = 0;
let begun: usize = 0;

/** Starts at the end of the heap. */
export function begin(): void {
  begun = top;
  out = top;
}
/** What stands around the document of an answer: a text, and two bytes. */
export let opening: i64 = 0;
let closing: u32 = 0;
@inline
export function setFrame(before: i64, behind: u32): void {
  opening = before;
  closing = behind;
}
/** Starts the text of an answer, with its frame. */
export function beginAnswer(): void {
  begin();
  write(opening);
}
/** What was written since `beginAnswer`, with its frame. */
export function finishAnswer(): i64 {
  if (closing != 0) {
    ensure(out);
    store<u16>(out, closing as u16);
    out += 2;
  }
  return finish();
}
/** What was written since `begin`, ended by a NUL. */
export function finish(): i64 {
  ensure(out);
  store<u8>(out, 0);
  setTop(out + 1);
  return text(begun, (out - begun) as u32);
}

@inline
export function put(byte: u32): void {
  ensure(out);
  store<u8>(out++, byte as u8);
}

export function write(whole: i64): void {
  const bytes = size(whole) as usize;
  const end = out + bytes;
  ensure(end);
  let from = start(whole);
  for (let to = out; to < end; to += 8, from += 8) store<u64>(to, load<u64>(from));
  out = end;
}

/** A text in the quotes of JSON. */
export function writeJson(whole: i64): void {
  ensure(out + (size(whole) as usize) * 6 + 2);
  out = jsonText(out, whole);
}

function hexadecimal(digit: u32): u32 {
  return digit < 10 ? digit + 0x30 : digit + 0x57;
}

/** `\u` and four digits. */
export function putEscape(to: usize, code: u32): usize {
  store<u16>(to, 0x755c);
  store<u8>(to, hexadecimal(code >> 12) as u8, 2);
  store<u8>(to, hexadecimal((code >> 8) & 15) as u8, 3);
  store<u8>(to, hexadecimal((code >> 4) & 15) as u8, 4);
  store<u8>(to, hexadecimal(code & 15) as u8, 5);
  return to + 6;
}

/** The letter behind a backslash for a byte that JSON escapes; 0 for one that stands for itself, 0x75 for a number. */
export function escapeLetter(byte: u32): u32 {
  if (byte == 0x22 || byte == 0x5c) return byte;
  if (byte >= 0x20) return 0;
  if (byte == 0x08) return 0x62;
  if (byte == 0x09) return 0x74;
  if (byte == 0x0a) return 0x6e;
  if (byte == 0x0c) return 0x66;
  return byte == 0x0d ? 0x72 : 0x75;
}

/** Writes a text in quotes at an address where there is room for six times its length; the address behind it. */
export function jsonText(to: usize, whole: i64): usize {
  let at = start(whole);
  const end = at + size(whole);
  store<u8>(to++, 0x22);
  for (; at < end; at++) {
    const byte: u32 = load<u8>(at);
    const letter = escapeLetter(byte);
    if (letter == 0) store<u8>(to++, byte as u8);
    else if (letter == 0x75) to = putEscape(to, byte);
    else {
      store<u8>(to, 0x5c);
      store<u8>(to, letter as u8, 1);
      to += 2;
    }
  }
  store<u8>(to++, 0x22);
  return to;
}
