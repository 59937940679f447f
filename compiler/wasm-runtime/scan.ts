// The reader of strict I-JSON: one pass over the text into linked nodes of 16 bytes.
//
// {tag, address, length, next}: of text and numbers the bytes (escapes undone elsewhere), of arrays and objects the first
// child and their number. A member is a node for the key, directly followed by that of its value; `next` links keys.
// The byte behind the text is a NUL, so that no loop needs to look for the end.
import { alloc, copy, ensure, limit, sameBytes, setTop, start, top, text } from "./memory";
import { sortSlots, sortedTwice } from "./sort";

export const NULL: u32 = 0;
export const FALSE: u32 = 1;
export const TRUE: u32 = 2;
export const NUMBER: u32 = 3;
export const STRING: u32 = 4;
export const ARRAY: u32 = 5;
export const OBJECT: u32 = 6;
export const SET: u32 = 7;
export const NODE: usize = 16;

const MAX_NUMBER: u32 = 32;
/** Up to here keys are compared each with each. */
const FEW: u32 = 16;

/** What the text is: a request; one that the host has checked, whose numbers are those of doubles; a value of the ABI; or a
 * term as Go prints them, with its escapes, sets, keys of any type. */
export const REQUEST: u32 = 0;
export const CHECKED: u32 = 1;
export const VALUE: u32 = 2;
export const TERM: u32 = 3;

let at: usize = 0;
let maxDepth: u32 = 64;
let kind: u32 = REQUEST;

@inline
export function tag(node: usize): u32 {
  return load<u32>(node);
}
/** Text of a string, key or number. */
@inline
export function textOf(node: usize): i64 {
  return load<i64>(node, 4);
}
@inline
export function first(node: usize): usize {
  return load<u32>(node, 4);
}
@inline
export function count(node: usize): u32 {
  return load<u32>(node, 8);
}
@inline
export function next(node: usize): usize {
  return load<u32>(node, 12);
}
@inline
export function value(key: usize): usize {
  return key + NODE;
}

/** The root node, or 0 for a text that is not I-JSON within the limits. The byte at `from + length` is overwritten. */
export function scan(from: usize, length: u32, depth: u32, as: u32): usize {
  store<u8>(from + length, 0);
  at = from;
  maxDepth = depth;
  kind = as;
  const root = alloc(NODE);
  store<u32>(root, 0, 12);
  if (!scanValue(root, 0)) return 0;
  skipSpace();
  return at == from + length ? root : 0;
}

function skipSpace(): u32 {
  let byte: u32 = load<u8>(at);
  while (byte <= 0x20 && (byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09)) {
    byte = load<u8>(++at);
  }
  return byte;
}

function scanValue(node: usize, depth: u32): bool {
  const byte = skipSpace();
  if (byte == 0x22) return scanString(node);
  if (byte == 0x7b) return depth < maxDepth && scanObject(node, depth + 1);
  if (byte == 0x5b) return depth < maxDepth && scanItems(node, ARRAY, 0x5d, depth + 1);
  if (byte == 0x2d || byte - 0x30 < 10) return scanNumber(node);
  const word = load<u32>(at);
  if (word == 0x65757274) {
    at += 4;
    store<u32>(node, TRUE);
    return true;
  }
  if (word == 0x6c6c756e) {
    at += 4;
    store<u32>(node, NULL);
    return true;
  }
  if (word == 0x736c6166 && load<u8>(at, 4) == 0x65) {
    at += 5;
    store<u32>(node, FALSE);
    return true;
  }
  if (kind == TERM && word == 0x28746573 && load<u8>(at, 4) == 0x29) {
    at += 5;
    store<u32>(node, SET);
    store<u64>(node, 0, 4);
    return true;
  }
  return false;
}

function scanItems(node: usize, as: u32, close: u32, depth: u32): bool {
  at++;
  store<u32>(node, as);
  store<u64>(node, 0, 4);
  if (skipSpace() == close) {
    at++;
    return true;
  }
  let items: u32 = 0;
  let link = node + 4;
  while (true) {
    const item = alloc(NODE);
    store<u32>(link, item as u32);
    link = item + 12;
    store<u32>(link, 0);
    if (!scanValue(item, depth)) return false;
    items++;
    const byte = skipSpace();
    at++;
    if (byte == close) break;
    if (byte != 0x2c) return false;
  }
  store<u32>(node, items, 8);
  return true;
}

function scanObject(node: usize, depth: u32): bool {
  const open = at;
  at++;
  store<u32>(node, OBJECT);
  store<u64>(node, 0, 4);
  let byte = skipSpace();
  if (byte == 0x7d) {
    at++;
    return true;
  }
  let members: u32 = 0;
  let link = node + 4;
  while (true) {
    const key = alloc(NODE * 2);
    store<u32>(link, key as u32);
    link = key + 12;
    store<u32>(link, 0);
    store<u32>(key, 0, NODE + 12);
    if (byte == 0x22) {
      if (!scanString(key)) return false;
    } else {
      if (kind != TERM) return false;
      const from = at;
      if (!scanValue(key, depth)) return false;
      // Keys that are no text stand as what they were written as.
      if (skipSpace() == 0x3a) {
        store<u32>(key, STRING);
        store<i64>(key, text(from, (at - from) as u32), 4);
      }
    }
    if (skipSpace() != 0x3a) {
      if (kind != TERM || members != 0) return false;
      at = open;
      return scanItems(node, SET, 0x7d, depth);
    }
    at++;
    if (!scanValue(key + NODE, depth)) return false;
    members++;
    byte = skipSpace();
    at++;
    if (byte == 0x7d) break;
    if (byte != 0x2c) return false;
    byte = skipSpace();
  }
  store<u32>(node, members, 8);
  return members < 2 || distinct(node, members);
}

function distinct(node: usize, members: u32): bool {
  if (members > FEW) return distinctOfMany(node, members);
  for (let key = first(node); key != 0; key = next(key)) {
    const length = load<u32>(key, 8);
    const bytes = load<u32>(key, 4);
    for (let other = next(key); other != 0; other = next(other)) {
      if (load<u32>(other, 8) == length && sameBytes(load<u32>(other, 4), bytes, length)) return false;
    }
  }
  return true;
}

/** Sorts them, so that no choice of keys makes it slow. */
function distinctOfMany(node: usize, members: u32): bool {
  const before = top;
  const slots = alloc((members as usize) << 2);
  let slot = slots;
  for (let key = first(node); key != 0; key = next(key)) {
    store<u32>(slot, (key + 4) as u32);
    slot += 4;
  }
  sortSlots(slots, members, 1);
  const twice = sortedTwice(slots, members, 1);
  setTop(before);
  return !twice;
}

const ONES: u64 = 0x0101010101010101;
const HIGH: u64 = 0x8080808080808080;

/** Skips eight bytes at a time what is plain ASCII; the first byte that is not. */
@inline
function skipPlain(from: usize): usize {
  while (true) {
    const bytes = load<u64>(from);
    const quote = bytes ^ 0x2222222222222222;
    const backslash = bytes ^ 0x5c5c5c5c5c5c5c5c;
    const found =
      (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((bytes - 0x2020202020202020) & ~bytes) | bytes) &
      HIGH;
    if (found != 0) return from + ((ctz(found) >> 3) as usize);
    from += 8;
  }
}

function scanString(node: usize): bool {
  const from = ++at;
  let cursor = from;
  while (true) {
    cursor = skipPlain(cursor);
    const byte: u32 = load<u8>(cursor);
    if (byte == 0x22) {
      at = cursor + 1;
      store<u32>(node, STRING);
      store<i64>(node, text(from, (cursor - from) as u32), 4);
      return true;
    }
    if (byte == 0x5c) return scanEscaped(node, from, cursor);
    if (byte < 0x80) return false;
    cursor = skipCodePoint(cursor);
    if (cursor == 0) return false;
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
function scanEscaped(node: usize, from: usize, escape: usize): bool {
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
        if (code < 0) return false;
        cursor += 4;
        if ((code & 0xf800) == 0xd800) {
          if (code >= 0xdc00 || load<u16>(cursor) != 0x755c) return false;
          const low = hexadecimal(cursor + 2, 4);
          if ((low & 0xfc00) != 0xdc00) return false;
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
      if (kind != TERM) return false;
      const digits = letter == 0x78 ? 2 : letter == 0x55 ? 8 : 0;
      const code = digits == 0 ? (letter == 0x61 ? 7 : letter == 0x76 ? 11 : -1) : hexadecimal(cursor, digits);
      if (code < 0 || code > 0x10ffff || (letter == 0x78 && code > 0x7f)) return false;
      cursor += digits;
      out = putCodePoint(out, code);
      continue;
    }
    if (byte < 0x20) return false;
    if (byte < 0x80) {
      store<u8>(out++, byte as u8);
      cursor++;
      continue;
    }
    const after = skipCodePoint(cursor);
    if (after == 0) return false;
    store<u32>(out, load<u32>(cursor));
    out += after - cursor;
    cursor = after;
  }
  at = cursor + 1;
  setTop(out);
  store<u32>(node, STRING);
  store<i64>(node, text(begin, (out - begin) as u32), 4);
  return true;
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
export function putCodePoint(out: usize, code: i32): usize {
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

@inline
function digit(byte: u32): bool {
  return byte - 0x30 < 10;
}

function skipDigits(from: usize): usize {
  while (digit(load<u8>(from))) from++;
  return from;
}

function scanNumber(node: usize): bool {
  const from = at;
  let cursor = from;
  if (load<u8>(cursor) == 0x2d) cursor++;
  if (!digit(load<u8>(cursor))) return false;
  if (load<u8>(cursor) == 0x30) cursor++;
  else cursor = skipDigits(cursor);
  if (load<u8>(cursor) == 0x2e) {
    const fraction = cursor + 1;
    cursor = skipDigits(fraction);
    if (cursor == fraction) return false;
  }
  if ((load<u8>(cursor) | 0x20) == 0x65) {
    cursor++;
    const sign: u32 = load<u8>(cursor);
    if (sign == 0x2d || sign == 0x2b) cursor++;
    const power = cursor;
    cursor = skipDigits(power);
    if (cursor == power) return false;
    if (kind == REQUEST) {
      let exponent: u32 = 0;
      for (let place = power; place < cursor; place++) {
        exponent = min<u32>(exponent * 10 + load<u8>(place) - 0x30, 1000);
      }
      if (exponent > 32) return false;
    }
  }
  const length = (cursor - from) as u32;
  if (length > MAX_NUMBER && kind == REQUEST) return false;
  at = cursor;
  store<u32>(node, NUMBER);
  store<i64>(node, text(from, length), 4);
  return true;
}

/** The value under a key of an object; 0 when there is none. */
export function find(object: usize, key: i64): usize {
  const length = (key >>> 32) as u32;
  const bytes = start(key);
  for (let member = first(object); member != 0; member = next(member)) {
    if (load<u32>(member, 8) == length && sameBytes(load<u32>(member, 4), bytes, length)) return member + NODE;
  }
  return 0;
}

/** Like `find`; JSON null, like a missing member, is 0. */
export function own(object: usize, key: i64): usize {
  const found = find(object, key);
  return found == 0 || tag(found) == NULL ? 0 : found;
}
