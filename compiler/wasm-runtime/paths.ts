// The parsed types `path`, `relpath` and `git_ref`: names that every system reads as written.
import { ABSENT, BAD, SLOT_HIDDEN, sameText, size, slot, parsedWord, start } from "./memory";
import { newList } from "./types";
import { isAlphanumeric } from "./hosts";
import { byteAt, endsWith, fits, indexOf, lastIndexOf, part, startsWith } from "./strings";

const MAX_PATH: u32 = 2048;

/** Of a code point above U+007F at an address; the text is UTF-8. */
function codePointAt(at: usize): u32 {
  const lead: u32 = load<u8>(at);
  const second: u32 = load<u8>(at, 1) & 0x3f;
  if (lead < 0xe0) return ((lead & 0x1f) << 6) | second;
  const third: u32 = load<u8>(at, 2) & 0x3f;
  if (lead < 0xf0) return ((lead & 0xf) << 12) | (second << 6) | third;
  return ((lead & 7) << 18) | (second << 12) | (third << 6) | ((load<u8>(at, 3) & 0x3f) as u32);
}

/** Table of hidden characters: number of ranges, then first and last of each, ascending. */
function isHidden(code: u32): bool {
  const table = slot(SLOT_HIDDEN) as usize;
  const end = table + 4 + (load<u32>(table) << 3);
  for (let range = table + 4; range < end; range += 8) {
    if (code < load<u32>(range)) return false;
    if (code <= load<u32>(range, 4)) return true;
  }
  return false;
}

/** Segments from an index on, joined by slashes, perhaps with one more at the end. */
function areSegments(whole: i64, from: u32): bool {
  const length = size(whole);
  let last: u32 = 0x2f;
  for (let index = from; index < length; index++) {
    const byte = byteAt(whole, index);
    if (byte == 0x2f) {
      if (last == 0x2f || last == 0x2e || last == 0x20) return false;
    } else if (byte < 0x80 ? isHidden(byte) : byte >= 0xc0 && isHidden(codePointAt(start(whole) + index)))
      return false;
    last = byte;
  }
  return length > from && last != 0x2e && last != 0x20;
}

export function ps_path(given: i64): i64 {
  const length = size(given);
  if (length == 0 || byteAt(given, 0) != 0x2f || !fits(given, MAX_PATH)) return BAD;
  if (length == 1) return given;
  if (!areSegments(given, 1)) return BAD;
  return byteAt(given, length - 1) == 0x2f ? part(given, 0, length - 1) : given;
}

export function ps_relpath(given: i64): i64 {
  const length = size(given);
  if (length == 0 || byteAt(given, 0) == 0x2d || byteAt(given, 0) == 0x2f) return BAD;
  if (!fits(given, MAX_PATH) || !areSegments(given, 0)) return BAD;
  return byteAt(given, length - 1) == 0x2f ? part(given, 0, length - 1) : given;
}

export function pt_path_segments(path: i64): i64 {
  const canonical = load<i64>(path as usize, 8);
  const length = size(canonical);
  let segments: u32 = 0;
  for (let index: u32 = 0; index < length; index++) {
    if (byteAt(canonical, index) != 0x2f && (index == 0 || byteAt(canonical, index - 1) == 0x2f)) segments++;
  }
  const list = newList(segments);
  let place = list + 8;
  let from: u32 = 0;
  for (let index: u32 = 0; index <= length; index++) {
    if (index < length && byteAt(canonical, index) != 0x2f) continue;
    if (index > from) {
      store<i64>(place, part(canonical, from, index));
      place += 8;
    }
    from = index + 1;
  }
  return list as i64;
}

export function pt_path_name(path: i64): i64 {
  const canonical = load<i64>(path as usize, 8);
  return part(canonical, lastIndexOf(canonical, 0x2f) + 1, size(canonical));
}

export function pt_path_extension(path: i64): i64 {
  const name = pt_path_name(path);
  const dot = lastIndexOf(name, 0x2e);
  return dot > 0 ? part(name, dot + 1, size(name)) : ABSENT;
}

export function pt_path_hidden(path: i64): i64 {
  const canonical = load<i64>(path as usize, 8);
  for (let index: u32 = 0; index < size(canonical); index++) {
    if (byteAt(canonical, index) == 0x2e && (index == 0 || byteAt(canonical, index - 1) == 0x2f)) return 1;
  }
  return 0;
}

// Where words stand among those that the compiler puts into modules with such types.
const REFS_HEADS: usize = 0;
const REFS_TAGS: usize = 11;
const REMOTES: usize = 21;
const LOCK: usize = 29;
const HEAD: usize = 34;

/** Whether the first component is the one of a word that ends in a slash. */
function firstIs(whole: i64, word: usize, length: u32): bool {
  return startsWith(whole, parsedWord(word, length)) || sameText(whole, parsedWord(word, length - 1));
}

/** Components of words joined by single dots, joined by single slashes; none ends in `.lock`. */
function areComponents(whole: i64): bool {
  const length = size(whole);
  let inWord = false;
  for (let index: u32 = 0; index < length; index++) {
    const byte = byteAt(whole, index);
    if (byte == 0x2e || byte == 0x2f) {
      if (!inWord) return false;
      inWord = false;
      if (byte == 0x2f && endsWith(part(whole, 0, index), parsedWord(LOCK, 5))) return false;
    } else {
      // _ @ # = , -
      if (
        !isAlphanumeric(byte) &&
        byte != 0x5f &&
        byte != 0x40 &&
        byte != 0x23 &&
        byte != 0x3d &&
        byte != 0x2c &&
        byte != 0x2d
      ) {
        return false;
      }
      inWord = true;
    }
  }
  return inWord && !endsWith(whole, parsedWord(LOCK, 5));
}

/** What git takes for a commit or one of its own references. */
function isSpecial(name: i64): bool {
  const length = size(name);
  let upper = true;
  let underscore = false;
  let hexadecimal = length == 40 || length == 64;
  for (let index: u32 = 0; index < length; index++) {
    const byte = byteAt(name, index);
    if (byte == 0x5f) underscore = true;
    else if (byte - 0x41 > 25 && byte != 0x2d) upper = false;
    if (byte - 0x30 > 9 && (byte | 0x20) - 0x61 > 5) hexadecimal = false;
  }
  if (hexadecimal) return true;
  return upper && (underscore || endsWith(name, parsedWord(HEAD, 4)));
}

export function ps_git_ref(given: i64): i64 {
  if (size(given) > 244 || !areComponents(given)) return BAD;
  const heads = startsWith(given, parsedWord(REFS_HEADS, 11));
  const name = heads
    ? part(given, 11, size(given))
    : startsWith(given, parsedWord(REFS_TAGS, 10))
      ? part(given, 10, size(given))
      : given;
  if (byteAt(name, 0) == 0x2d || (size(name) == 1 && byteAt(name, 0) == 0x40)) return BAD;
  if (firstIs(name, REFS_HEADS, 5) || firstIs(name, REFS_HEADS + 5, 6)) return BAD;
  if (firstIs(name, REFS_TAGS + 5, 5) || firstIs(name, REMOTES, 8)) return BAD;
  if (isSpecial(name)) return BAD;
  return heads ? name : given;
}

export function pt_git_ref_tag(ref: i64): i64 {
  return startsWith(load<i64>(ref as usize, 8), parsedWord(REFS_TAGS, 10)) ? 1 : 0;
}
export function pt_git_ref_name(ref: i64): i64 {
  const canonical = load<i64>(ref as usize, 8);
  return pt_git_ref_tag(ref) != 0 ? part(canonical, 10, size(canonical)) : canonical;
}
