// Values by their type straight from the text, without nodes between: what most of a request is.
//
// Gives what `read` of a scanned node gives, and refuses what is no JSON or not of the type alike.
import { argsTypeAt } from "./actions";
import { ABSENT, BAD, alloc, ensure, sameBytes, setTop, size, start, take, text } from "./memory";
import { NODE, OBJECT, STRING, textOf } from "./nodes";
import { NULL_WORD, distinct, scanKey, scanValue, skipSpace } from "./scan";
import { maxDepth } from "./scan-mode";
import { skipPlain, skipText } from "./scan-string";
import { FIELD_NEXT, FIELD_TYPE, RECORD_FIELDS, RECORD_FIRST, RECORD_REQUIRED, fieldOf, newRecord, placeOf, read } from "./types";

// How a type is read, in the upper half of its first word: all but these go by way of a node that is not kept.
const KEPT: u32 = 1;
const ARGS: u32 = 3;
const RECORD: u32 = 4;
const OPTIONAL: u32 = 6;
const INTEGER: u32 = 8;
const TEXTS: u32 = 10;

// The lowest bits of the type of a field: what stands in quotes is a text as it is, or one for the type's reader.
const AS_TEXT: u32 = 1;
const IN_QUOTES: u32 = 3;

/** A node that lasts until the next is read. */
const PASSING = memory.data(16);

@inline
function manner(type: usize): u32 {
  return load<u16>(type, 2);
}

/** A value by the type of its field is put at `to`. The address behind it, or 0. */
function valueText(at: usize, type: usize, to: usize, depth: u32): usize {
  at = skipSpace(at);
  const inQuotes = (type & IN_QUOTES) != 0 && load<u8>(at) == 0x22;
  type &= ~IN_QUOTES;
  let how = manner(type);
  if (how == ARGS) {
    const known = argsTypeAt(to);
    if (known != 0) {
      type = known;
      how = manner(type);
    }
  } else if (how == OPTIONAL) {
    if (load<u32>(at) == NULL_WORD) {
      store<i64>(to, ABSENT);
      return at + 4;
    }
    type = load<u32>(type, 4);
    how = manner(type);
  }
  if (inQuotes) {
    const end = skipPlain(at + 1);
    if (load<u8>(end) == 0x22) {
      store<u32>(PASSING, STRING);
      store<i64>(PASSING, text(at + 1, (end - at - 1) as u32), 4);
      const value = read(type, PASSING);
      store<i64>(to, value);
      return value == BAD ? 0 : end + 1;
    }
  }
  if (how == RECORD) return recordText(at, type, to, depth);
  const end = how == INTEGER ? integerAt(at, type, to) : how == TEXTS ? textsAt(at, type, to, depth) : 0;
  return end != 0 ? end : readByNode(at, type, to, depth);
}

/** Digits that are at most 15 and end with the value; 0 for any other number, which may be one of the type all the same. */
@inline
function integerAt(at: usize, type: usize, to: usize): usize {
  const from = at;
  let value: i64 = 0;
  while (true) {
    const digit: u32 = (load<u8>(at) as u32) - 0x30;
    if (digit > 9) break;
    value = value * 10 + (digit as i64);
    at++;
  }
  const length = at - from;
  if (length == 0 || length > 15 || (load<u8>(from) == 0x30 && length > 1)) return 0;
  const next: u32 = load<u8>(at);
  if (next != 0x2c && next != 0x7d) return 0;
  if (value < load<i64>(type, 8) || value > load<i64>(type, 16)) return 0;
  store<i64>(to, value);
  return at;
}

/** A list of texts, if it is written without spaces, escapes and what is not ASCII; else 0. */
@inline
function textsAt(at: usize, type: usize, to: usize, depth: u32): usize {
  if (load<u16>(at) != 0x225b || depth >= maxDepth) return 0;
  const list = take(8);
  let place = list + 8;
  while (true) {
    at += 2;
    const end = skipPlain(at);
    if (load<u8>(end) != 0x22) return 0;
    ensure(place + 8);
    store<i64>(place, text(at, (end - at) as u32));
    place += 8;
    at = end + 1;
    const next: u32 = load<u16>(at);
    if ((next & 0xff) == 0x5d) break;
    if (next != 0x222c) return 0;
  }
  const items = ((place - list) >>> 3) as u32 - 1;
  if (items > load<u32>(type, 4)) return 0;
  store<u64>(list, items);
  setTop(place);
  store<i64>(to, list);
  return at + 1;
}

function readByNode(at: usize, type: usize, to: usize, depth: u32): usize {
  const node = manner(type) & KEPT ? alloc(NODE) : PASSING;
  const end = scanValue(at, node, depth);
  if (end == 0) return 0;
  const value = read(type, node);
  store<i64>(to, value);
  return value == BAD ? 0 : end;
}

/** 0 where `"name":` stands at `at`, if that is at most 16 bytes. */
@inline
function unlike(at: usize, name: i64): u64 {
  const wanted = start(name);
  const bits = name >>> 32;
  const begin = load<u64>(at) ^ load<u64>(wanted);
  if (bits <= 64) return begin << (64 - bits);
  if (bits > 128) return 1;
  return begin | ((load<u64>(at, 8) ^ load<u64>(wanted, 8)) << (128 - bits));
}

/** Where the field stands whose name was last read by `keyText`. */
let found: usize = 0;
const UNNAMED: usize = 0xffffffff;

/**
 * The address behind the colon of a member, or where the type does not name it behind its value, or 0. `link` is where it says
 * which field is expected; it is told. A record that is read so has names of at most 64 bytes that JSON would not escape.
 */
function keyText(at: usize, type: usize, link: usize, record: usize, depth: u32): usize {
  at = skipSpace(at);
  found = load<u32>(link);
  const name = load<i64>(type + found, RECORD_FIELDS);
  const length = size(name) >>> 3;
  if (sameBytes(at, start(name), length)) return at + length;
  const key = alloc(NODE * 2);
  at = scanKey(at, key, depth);
  if (at == 0) return 0;
  at = skipSpace(at);
  if (load<u8>(at) != 0x3a) return 0;
  const field = fieldOf(type, textOf(key));
  if (field != 0) {
    found = field - type - RECORD_FIELDS;
    store<u32>(link, found as u32);
    return at + 1;
  }
  if (load<u32>(type, 8) == 0) return 0;
  found = UNNAMED;
  note(record + (load<u32>(type, 4) << 3), key);
  return scanValue(skipSpace(at + 1), key + NODE, depth);
}

/** A record by its type; its address is put at `to`. The address behind the text, or 0. */
export function recordText(at: usize, type: usize, to: usize, depth: u32): usize {
  if (load<u8>(at) != 0x7b || depth >= maxDepth) return 0;
  depth++;
  const record = newRecord(type);
  store<i64>(to, record);
  let seen: u64 = 0;
  let link = type + RECORD_FIRST;
  at++;
  if (load<u8>(at) != 0x22 && load<u8>(skipSpace(at)) == 0x7d) {
    return load<u64>(type, RECORD_REQUIRED) == 0 ? skipSpace(at) + 1 : 0;
  }
  while (true) {
    let offset = load<u32>(link) as usize;
    const name = load<i64>(type + offset, RECORD_FIELDS);
    if (unlike(at, name) == 0) at += size(name) >>> 3;
    else {
      at = keyText(at, type, link, record, depth);
      if (at == 0) return 0;
      offset = found;
    }
    if (offset != UNNAMED) {
      const bit = (1 as u64) << ((offset >> 4) as u64);
      if (seen & bit) return 0;
      seen |= bit;
      link = type + offset + (RECORD_FIELDS + FIELD_NEXT);
      const fieldType = load<u32>(type + offset, RECORD_FIELDS + FIELD_TYPE);
      // What most members are is read here, without a call.
      if (fieldType & AS_TEXT && load<u8>(at) == 0x22) {
        const end = skipText(at + 1);
        if (load<u8>(end) == 0x22) {
          store<i64>(record + (offset >>> 1), text(at + 1, (end - at - 1) as u32));
          at = end + 1;
          if (load<u8>(at) == 0x2c) {
            at++;
            continue;
          }
        } else at = valueText(at, fieldType, record + (offset >>> 1), depth);
      } else at = valueText(at, fieldType, record + (offset >>> 1), depth);
      if (at == 0) return 0;
    }
    let byte: u32 = load<u8>(at++);
    if (byte <= 0x20) {
      at = skipSpace(at - 1);
      byte = load<u8>(at++);
    }
    if (byte != 0x2c) {
      if (byte != 0x7d) return 0;
      break;
    }
  }
  if (load<u64>(type, RECORD_REQUIRED) & ~seen) return 0;
  const others = load<u32>(record + (load<u32>(type, 4) << 3)) as usize;
  return others == 0 || distinct(others, load<u32>(others, 8)) ? at : 0;
}

/** One more member that the type does not name, in an object whose address stands behind the fields. */
function note(place: usize, key: usize): void {
  let others = load<u32>(place) as usize;
  if (others == 0) {
    others = alloc(NODE);
    store<u32>(place, others as u32);
    store<u32>(others, OBJECT);
    store<u64>(others, 0, 4);
  }
  store<u32>(key, load<u32>(others, 4), 12);
  store<u32>(others, key as u32, 4);
  store<u32>(others, load<u32>(others, 8) + 1, 8);
}
