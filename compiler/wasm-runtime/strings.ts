// Text by code points: lengths, cuts, lower case, parts.
import { alloc, copy, sameBytes, size, start, text } from "./memory";

/** Bytes at which no code point begins are those of the form 10xxxxxx. */
export function codePoints(whole: i64): u32 {
  let at = start(whole);
  const end = at + size(whole);
  let length: u32 = 0;
  for (; at + 8 <= end; at += 8) {
    const bytes = load<u64>(at);
    length += 8 - (popcnt((bytes & (~bytes << 1)) & 0x8080808080808080) as u32);
  }
  for (; at < end; at++) if ((load<u8>(at) & 0xc0) != 0x80) length++;
  return length;
}

@inline
export function fits(whole: i64, most: u32): bool {
  return size(whole) <= most || codePoints(whole) <= most;
}

/** Bytes of the first `keep` code points. */
export function bytesOf(whole: i64, keep: u32): u32 {
  const from = start(whole);
  const end = from + size(whole);
  let at = from;
  for (; at < end; at++) {
    if ((load<u8>(at) & 0xc0) == 0x80) continue;
    if (keep == 0) break;
    keep--;
  }
  return (at - from) as u32;
}

/** With the letters A to Z in lower case; the text itself where there are none. */
export function lowered(whole: i64): i64 {
  const from = start(whole);
  const length = size(whole);
  let index: u32 = 0;
  while (index < length && (load<u8>(from + index) as u32) - 0x41 > 25) index++;
  if (index == length) return whole;
  const to = alloc(length + 8);
  copy(to, from, length);
  for (; index < length; index++) {
    const byte: u32 = load<u8>(to + index);
    if (byte - 0x41 < 26) store<u8>(to + index, (byte | 0x20) as u8);
  }
  return text(to, length);
}

export function startsWith(whole: i64, prefix: i64): bool {
  return size(prefix) <= size(whole) && sameBytes(start(whole), start(prefix), size(prefix));
}

export function endsWith(whole: i64, suffix: i64): bool {
  const rest = size(whole) - size(suffix);
  return size(suffix) <= size(whole) && sameBytes(start(whole) + rest, start(suffix), size(suffix));
}

/** Whether `part` occurs; two-way in the worst case would be longer than it is worth, so the first byte leads. */
export function contains(whole: i64, part: i64): bool {
  const length = size(part);
  if (length == 0) return true;
  if (length > size(whole)) return false;
  return length == 1 ? indexOf(whole, load<u8>(start(part)), 0) >= 0 : search(whole, part);
}

/** Knuth, Morris and Pratt, so that no text makes it slow. */
function search(whole: i64, part: i64): bool {
  const needle = start(part);
  const length = size(part);
  const shifts = alloc((length as usize) << 2);
  store<u32>(shifts, 0);
  let matched: u32 = 0;
  for (let index: u32 = 1; index < length; index++) {
    const byte = load<u8>(needle + index);
    while (matched > 0 && load<u8>(needle + matched) != byte) matched = load<u32>(shifts + ((matched - 1) << 2));
    if (load<u8>(needle + matched) == byte) matched++;
    store<u32>(shifts + (index << 2), matched);
  }
  let at = start(whole);
  const end = at + size(whole);
  matched = 0;
  for (; at < end; at++) {
    const byte = load<u8>(at);
    while (matched > 0 && load<u8>(needle + matched) != byte) matched = load<u32>(shifts + ((matched - 1) << 2));
    if (load<u8>(needle + matched) == byte && ++matched == length) return true;
  }
  return false;
}

/** Of a byte at or behind an index; -1 when there is none. */
export function indexOf(whole: i64, byte: u32, index: u32): i32 {
  const from = start(whole);
  const length = size(whole);
  for (; index < length; index++) if (load<u8>(from + index) == byte) return index;
  return -1;
}

export function lastIndexOf(whole: i64, byte: u32): i32 {
  const from = start(whole);
  let index = size(whole) as i32;
  while (--index >= 0) if (load<u8>(from + index) == byte) return index;
  return -1;
}

/** From byte `from` to byte `to`. */
@inline
export function part(whole: i64, from: u32, to: u32): i64 {
  return text(start(whole) + from, to - from);
}
@inline
export function byteAt(whole: i64, index: u32): u32 {
  return load<u8>(start(whole) + index);
}
