// Values by their type straight from the text, without nodes between: what most of a request is.
//
// Gives what `read` of a scanned node gives, and refuses what is no JSON or not of the type alike.
import { ABSENT, BAD, alloc, ensure, sameBytes, sameText, setTop, size, start, text } from "./memory";
import { NODE, OBJECT, textOf } from "./nodes";
import { NULL_WORD, distinct, scanKey, scanValue, skipSpace } from "./scan";
import { maxDepth } from "./scan-mode";
import { skipPlain } from "./scan-string";
import { MISSING, RECORD_FIELD, RECORD_FIELDS, fillMissing, newRecord, read } from "./types";

// How a type is read, in the upper half of its first word: all but these go by way of a node that is not kept.
const KEPT: u32 = 1;
const STRING: u32 = 2;
const RECORD: u32 = 3;
const OPTIONAL: u32 = 4;
const INTEGER: u32 = 5;
const TEXTS: u32 = 6;

/** A node that lasts until the next is read. */
const PASSING = memory.data(16);

@inline
function manner(type: usize): u32 {
  return load<u16>(type, 2);
}
/** Whether a type is that of a record that can be read so. */
export function isPlainRecord(type: usize): bool {
  return manner(type) == RECORD;
}

/** The value at `at`, where no space stands, is put at `to`. The address behind it, or 0. */
@inline
function readText(at: usize, type: usize, to: usize, depth: u32): usize {
  let how = manner(type);
  if (how == OPTIONAL) {
    if (load<u32>(at) == NULL_WORD) {
      store<i64>(to, ABSENT);
      return at + 4;
    }
    type = load<u32>(type, 4);
    how = manner(type);
  }
  if (how == STRING) {
    if (load<u8>(at) != 0x22) return 0;
    const end = skipPlain(at + 1);
    if (load<u8>(end) == 0x22) {
      store<i64>(to, text(at + 1, (end - at - 1) as u32));
      return end + 1;
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
  const list = alloc(8);
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
  const node = manner(type) == KEPT ? alloc(NODE) : PASSING;
  const end = scanValue(at, node, depth);
  if (end == 0) return 0;
  const value = read(type, node);
  store<i64>(to, value);
  return value == BAD ? 0 : end;
}

@inline
function fieldAt(type: usize, index: u32): usize {
  return type + RECORD_FIELDS + (index as usize) * RECORD_FIELD;
}

/** Longer names are read before they are compared, as nothing is known to lie so far behind the text. */
const LONGEST: u32 = 32;

/** Whether a name of 1 to 32 bytes stands at `at` in quotes; a record that is read so has no names that JSON would escape. */
@inline
function stands(at: usize, name: i64): bool {
  const length = size(name);
  if (length > LONGEST || load<u8>(at + 1 + length) != 0x22) return false;
  const unlike = load<u64>(at + 1) ^ load<u64>(start(name));
  if (length > 8) return unlike == 0 && sameBytes(at + 9, start(name) + 8, length - 8);
  return unlike << ((64 - (length << 3)) as u64) == 0 && length != 0;
}

/** The number of the field whose name stands at `at` as it is; `fields`, their number, for another. */
@inline
function fieldStanding(at: usize, type: usize, fields: u32, expected: u32): u32 {
  if (load<u8>(at) != 0x22) return fields;
  for (let tried: u32 = 0; tried < fields; tried++, expected++) {
    if (expected >= fields) expected = 0;
    if (stands(at, load<i64>(fieldAt(type, expected)))) return expected;
  }
  return fields;
}

/** A record by its type; its address is put at `to`. The address behind the text, or 0. */
export function recordText(at: usize, type: usize, to: usize, depth: u32): usize {
  if (load<u8>(at) != 0x7b || depth >= maxDepth) return 0;
  const fields = load<u32>(type, 4);
  const record = newRecord(fields);
  store<i64>(to, record);
  /** An object of the members that the type does not name. */
  let others: usize = 0;
  let index: u32 = 0;
  let seen: u32 = 0;
  at = skipSpace(at + 1);
  if (load<u8>(at) == 0x7d) return fillMissing(type, record) ? at + 1 : 0;
  while (true) {
    let key: usize = 0;
    index = fieldStanding(at, type, fields, index);
    if (index < fields) at += size(load<i64>(fieldAt(type, index))) + 2;
    else {
      key = alloc(NODE * 2);
      at = scanKey(at, key, depth + 1);
      if (at == 0) return 0;
      for (index = 0; index < fields; index++) {
        if (sameText(load<i64>(fieldAt(type, index)), textOf(key))) break;
      }
    }
    at = skipSpace(at);
    if (load<u8>(at) != 0x3a) return 0;
    at = skipSpace(at + 1);
    if (index < fields) {
      const place = record + (index << 3);
      if (load<i64>(place) != MISSING) return 0;
      at = readText(at, load<u32>(fieldAt(type, index), 8), place, depth + 1);
      index++;
      seen++;
    } else {
      if (load<u32>(type, 8) == 0) return 0;
      others = noted(others, key);
      at = scanValue(at, key + NODE, depth + 1);
    }
    if (at == 0) return 0;
    at = skipSpace(at);
    const byte: u32 = load<u8>(at++);
    if (byte == 0x7d) break;
    if (byte != 0x2c) return 0;
    at = skipSpace(at);
  }
  if (others != 0 && !distinct(others, load<u32>(others, 8))) return 0;
  return seen == fields || fillMissing(type, record) ? at : 0;
}

/** The object with one more member. */
function noted(others: usize, key: usize): usize {
  if (others == 0) {
    others = alloc(NODE);
    store<u32>(others, OBJECT);
    store<u64>(others, 0, 4);
  }
  store<u32>(key, load<u32>(others, 4), 12);
  store<u32>(others, key as u32, 4);
  store<u32>(others, load<u32>(others, 8) + 1, 8);
  return others;
}
