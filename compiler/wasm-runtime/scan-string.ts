// Strings of JSON: where they end, what is no UTF-8, and escapes undone.
import { alloc, copy, ensure, setTop, text } from "./memory";
import { STRING } from "./nodes";
import { TERM, kind } from "./scan-mode";

const ONES: u64 = 0x0101010101010101;
const HIGH: u64 = 0x8080808080808080;

/**
 * The bytes of eight that are not plain ASCII, by their highest bits. A borrow reaches only bytes behind a find, and the sign of
 * a byte is a find of its own. With its second bit turned the quote lies directly above the control characters.
 */
@inline
function finds(bytes: u64): u64 {
  return ((bytes ^ 0x0202020202020202) - 0x2121212121212121) | ((bytes ^ 0x5c5c5c5c5c5c5c5c) - ONES) | bytes;
}

/** Skips what is plain ASCII; the first byte that is not. */
export function skipPlain(from: usize): usize {
  while (true) {
    const found = finds(load<u64>(from)) & HIGH;
    if (found != 0) return from + ((ctz(found) >> 3) as usize);
    from += 8;
  }
}
/** The same in place, faster with long texts. */
@inline
export function skipText(from: usize): usize {
  let found = finds(load<u64>(from)) & HIGH;
  if (found == 0) {
    let next: u64;
    do {
      found = finds(load<u64>(from, 8));
      next = finds(load<u64>(from, 16));
      from += 16;
    } while (((found | next) & HIGH) == 0);
    found &= HIGH;
    if (found != 0) from -= 8;
    else found = next & HIGH;
  }
  return from + ((ctz(found) >> 3) as usize);
}

/** The string whose quote stands at `at`: the address behind it, or 0 where it is none. Fills `node`. */
export function scanString(at: usize, node: usize): usize {
  const from = at + 1;
  const end = skipPlain(from);
  if (load<u8>(end) != 0x22) return scanBeyondAscii(node, from, end);
  setString(node, from, end);
  return end + 1;
}

@inline
function setString(node: usize, from: usize, end: usize): void {
  store<u32>(node, STRING);
  store<i64>(node, text(from, (end - from) as u32), 4);
}

/** The rest of a string from the first byte on that is not plain. */
function scanBeyondAscii(node: usize, from: usize, cursor: usize): usize {
  while (true) {
    const byte: u32 = load<u8>(cursor);
    if (byte == 0x22) {
      setString(node, from, cursor);
      return cursor + 1;
    }
    if (byte == 0x5c) return scanEscaped(node, from, cursor);
    if (byte < 0x20) return 0;
    cursor = byte < 0x80 ? cursor + 1 : skipCodePoint(cursor);
    if (cursor == 0) return 0;
  }
}

/** Behind a code point above U+007F, or 0 where the bytes are not UTF-8. */
function skipCodePoint(from: usize): usize {
  const lead: u32 = load<u8>(from);
  const second: u32 = load<u8>(from, 1);
  if (lead - 0xc2 < 0x1e) return (second & 0xc0) == 0x80 ? from + 2 : 0;
  if ((lead & 0xf0) == 0xe0) {
    if ((second & 0xc0) != 0x80 || (load<u8>(from, 2) & 0xc0) != 0x80) return 0;
    if (lead == 0xe0 && second < 0xa0) return 0;
    if (lead == 0xed && second > 0x9f) return 0;
    return from + 3;
  }
  if (lead - 0xf0 > 4) return 0;
  if ((second & 0xc0) != 0x80 || (load<u8>(from, 2) & 0xc0) != 0x80 || (load<u8>(from, 3) & 0xc0) != 0x80) return 0;
  if (lead == 0xf0 && second < 0x90) return 0;
  if (lead == 0xf4 && second > 0x8f) return 0;
  return from + 4;
}

/** A text with escapes is undone into the heap. */
function scanEscaped(node: usize, from: usize, escape: usize): usize {
  const begin = alloc(escape - from);
  copy(begin, from, escape - from);
  let out = begin + (escape - from);
  let cursor = escape;
  while (true) {
    ensure(out + 16);
    const byte: u32 = load<u8>(cursor);
    if (byte == 0x22) break;
    if (byte == 0x5c) {
      cursor++;
      const letter: u32 = load<u8>(cursor++);
      if (letter == 0x75) {
        let code = hexadecimal(cursor, 4);
        if (code < 0) return 0;
        cursor += 4;
        if ((code & 0xf800) == 0xd800) {
          if (code >= 0xdc00 || load<u16>(cursor) != 0x755c) return 0;
          const low = hexadecimal(cursor + 2, 4);
          if ((low & 0xfc00) != 0xdc00) return 0;
          cursor += 6;
          code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
        }
        out = putCodePoint(out, code);
        continue;
      }
      const plain = plainEscape(letter);
      if (plain != 0) {
        store<u8>(out++, plain as u8);
        continue;
      }
      if (kind != TERM) return 0;
      const digits = letter == 0x78 ? 2 : letter == 0x55 ? 8 : 0;
      const code = digits == 0 ? (letter == 0x61 ? 7 : letter == 0x76 ? 11 : -1) : hexadecimal(cursor, digits);
      if (code < 0 || code > 0x10ffff || (letter == 0x78 && code > 0x7f)) return 0;
      cursor += digits;
      out = putCodePoint(out, code);
      continue;
    }
    if (byte < 0x20) return 0;
    if (byte < 0x80) {
      store<u8>(out++, byte as u8);
      cursor++;
      continue;
    }
    const after = skipCodePoint(cursor);
    if (after == 0) return 0;
    store<u32>(out, load<u32>(cursor));
    out += after - cursor;
    cursor = after;
  }
  setTop(out);
  setString(node, begin, out);
  return cursor + 1;
}

function plainEscape(letter: u32): u32 {
  if (letter == 0x22 || letter == 0x5c || letter == 0x2f) return letter;
  if (letter == 0x6e) return 0x0a;
  if (letter == 0x74) return 0x09;
  if (letter == 0x72) return 0x0d;
  if (letter == 0x62) return 0x08;
  return letter == 0x66 ? 0x0c : 0;
}

function hexadecimal(from: usize, digits: i32): i32 {
  let code: i32 = 0;
  for (let index = 0; index < digits; index++) {
    const byte: u32 = load<u8>(from + index);
    const letter = (byte | 0x20) - 0x61;
    const digit = byte - 0x30 < 10 ? byte - 0x30 : letter < 6 ? letter + 10 : 16;
    if (digit > 15 || code > 0x7ffffff) return -1;
    code = (code << 4) | (digit as i32);
  }
  return code;
}

/** Writes a code point as UTF-8 and gives the address behind it. */
function putCodePoint(out: usize, code: i32): usize {
  if (code < 0x80) {
    store<u8>(out, code as u8);
    return out + 1;
  }
  if (code < 0x800) {
    store<u8>(out, (0xc0 | (code >> 6)) as u8);
    store<u8>(out, (0x80 | (code & 0x3f)) as u8, 1);
    return out + 2;
  }
  if (code < 0x10000) {
    store<u8>(out, (0xe0 | (code >> 12)) as u8);
    store<u8>(out, (0x80 | ((code >> 6) & 0x3f)) as u8, 1);
    store<u8>(out, (0x80 | (code & 0x3f)) as u8, 2);
    return out + 3;
  }
  store<u8>(out, (0xf0 | (code >> 18)) as u8);
  store<u8>(out, (0x80 | ((code >> 12) & 0x3f)) as u8, 1);
  store<u8>(out, (0x80 | ((code >> 6) & 0x3f)) as u8, 2);
  store<u8>(out, (0x80 | (code & 0x3f)) as u8, 3);
  return out + 4;
}
