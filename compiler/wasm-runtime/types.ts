// Readers of values by their type: a node of the request in, a value out. One function for each kind of type.
//
// Values: numbers and bools as themselves, text as text, parsed values as the address of {text, canonical}, lists and sets
// as the address of {count, values}, maps and headers as that of {count, key and value pairs}, records as that of their
// fields in order, json as the node.
import { ABSENT, BAD, alloc, copy, sameText, size, start, take } from "./memory";
import { isPlainNumber, scaled } from "./number";
import { ARRAY, FALSE, NODE, NULL, NUMBER, OBJECT, STRING, TRUE, count, first, next, tag, textOf } from "./nodes";
import { BY_NUMBER, comparable, sameScalar, sortSlots } from "./sort";
import { fits, lowered } from "./strings";
import { parseDuration, parseTime } from "./time";

/** The value, `ABSENT` for null of an optional, or `BAD`. `type` begins with the number of its reader. */
@inline
export function read(type: usize, node: usize): i64 {
  return call_indirect<i64>(load<u16>(type), type, node);
}

export function rd_bool(type: usize, node: usize): i64 {
  const kind = tag(node);
  return kind == TRUE ? 1 : kind == FALSE ? 0 : BAD;
}

function within(type: usize, value: i64): i64 {
  if (value == BAD || value < load<i64>(type, 8) || value > load<i64>(type, 16)) return BAD;
  return value;
}

export function rd_int(type: usize, node: usize): i64 {
  const kind = tag(node);
  if (kind == NUMBER || (kind == STRING && isPlainNumber(textOf(node), true, 0))) {
    return within(type, scaled(textOf(node), 0));
  }
  return BAD;
}

export function rd_decimal(type: usize, node: usize): i64 {
  const kind = tag(node);
  if (kind == NUMBER || (kind == STRING && isPlainNumber(textOf(node), true, 6))) {
    return within(type, scaled(textOf(node), 6));
  }
  return BAD;
}

export function rd_string(type: usize, node: usize): i64 {
  return tag(node) == STRING ? textOf(node) : BAD;
}

export function rd_short(type: usize, node: usize): i64 {
  return tag(node) == STRING && fits(textOf(node), load<u32>(type, 4)) ? textOf(node) : BAD;
}

export function rd_enum(type: usize, node: usize): i64 {
  if (tag(node) != STRING) return BAD;
  const given = textOf(node);
  const end = type + 8 + (load<u32>(type, 4) << 3);
  for (let member = type + 8; member < end; member += 8) {
    if (sameText(load<i64>(member), given)) return load<i64>(member);
  }
  return BAD;
}

export function rd_parsed(type: usize, node: usize): i64 {
  return tag(node) == STRING ? parse(load<u32>(type, 4), textOf(node)) : BAD;
}

/** By a parser of the function table: the canonical text, or `BAD`. */
export function parse(parser: u32, given: i64): i64 {
  const canonical = call_indirect<i64>(parser, given);
  return canonical == BAD ? BAD : parsedValue(given, canonical);
}

export function parsedValue(given: i64, canonical: i64): i64 {
  const cell = alloc(16);
  store<i64>(cell, given);
  store<i64>(cell, canonical, 8);
  return cell as i64;
}

export function rd_time(type: usize, node: usize): i64 {
  return tag(node) == STRING ? parseTime(textOf(node)) : BAD;
}

export function rd_duration(type: usize, node: usize): i64 {
  return tag(node) == STRING ? parseDuration(textOf(node)) : BAD;
}

export function rd_json(type: usize, node: usize): i64 {
  return node as i64;
}

export function rd_optional(type: usize, node: usize): i64 {
  return tag(node) == NULL ? ABSENT : read(load<u32>(type, 4), node);
}

/** {count, sorted, values}: never sorted by itself. */
export function newList(items: u32): usize {
  const list = alloc(8 + ((items as usize) << 3));
  store<u64>(list, items);
  return list;
}

export function rd_list(type: usize, node: usize): i64 {
  if (tag(node) != ARRAY || count(node) > load<u32>(type, 4)) return BAD;
  const element = load<u32>(type, 8);
  const list = newList(count(node));
  let place = list + 8;
  for (let item = first(node); item != 0; item = next(item)) {
    const value = read(element, item);
    if (value == BAD) return BAD;
    store<i64>(place, value);
    place += 8;
  }
  return list as i64;
}

/** Up to here items are compared each with each. */
const FEW: u32 = 16;

export function rd_set(type: usize, node: usize): i64 {
  const list = rd_list(type, node);
  if (list != BAD) removeTwice(list as usize, load<u32>(type, 12));
  return list;
}

function removeTwice(list: usize, mode: u32): void {
  const items = load<u32>(list);
  if (items < 2) return;
  if (items > FEW) return removeTwiceOfMany(list, mode);
  let kept = list + 16;
  const end = list + 8 + (items << 3);
  for (let item = list + 16; item < end; item += 8) {
    const value = load<i64>(item);
    let other = list + 8;
    while (other < kept && !sameScalar(load<i64>(other), value, mode)) other += 8;
    if (other < kept) continue;
    store<i64>(kept, value);
    kept += 8;
  }
  store<u32>(list, ((kept - list - 8) >>> 3) as u32);
}

/** Sorts them, so that no choice of items makes it slow. */
function removeTwiceOfMany(list: usize, mode: u32): void {
  const items = load<u32>(list);
  const slots = alloc((items as usize) << 2);
  for (let index: u32 = 0; index < items; index++) store<u32>(slots + (index << 2), (list + 8 + (index << 3)) as u32);
  sortSlots(slots, items, mode);
  // The first of equals stays; the others become absent, which no item of a set is.
  let leader = load<i64>(load<u32>(slots));
  for (let index: u32 = 1; index < items; index++) {
    const place = load<u32>(slots + (index << 2));
    const value = load<i64>(place);
    if (sameScalar(leader, value, mode)) store<i64>(place, ABSENT);
    else leader = value;
  }
  let kept = list + 8;
  const end = list + 8 + (items << 3);
  for (let item = kept; item < end; item += 8) {
    if (load<i64>(item) == ABSENT) continue;
    store<i64>(kept, load<i64>(item));
    kept += 8;
  }
  store<u32>(list, ((kept - list - 8) >>> 3) as u32);
}

export function rd_map(type: usize, node: usize): i64 {
  if (tag(node) != OBJECT || count(node) > load<u32>(type, 4)) return BAD;
  const element = load<u32>(type, 8);
  const map = alloc(8 + ((count(node) as usize) << 4));
  let place = map + 8;
  for (let key = first(node); key != 0; key = next(key)) {
    const value = read(element, key + NODE);
    if (value == BAD) return BAD;
    if (value == ABSENT) continue;
    store<i64>(place, textOf(key));
    store<i64>(place, value, 8);
    place += 16;
  }
  store<u32>(map, ((place - map - 8) >>> 4) as u32);
  return map as i64;
}

/** Characters of a field name of RFC 9110, a bit for each of ASCII. */
function isTokenCharacter(byte: u32): bool {
  if ((byte | 0x20) - 0x61 < 26 || byte - 0x30 < 10) return true;
  // ! # $ % & ' * + - .
  if (byte < 0x40) return (((0x00006cfa00000000 as u64) >> (byte as u64)) & 1) != 0;
  return byte == 0x5e || byte == 0x5f || byte == 0x60 || byte == 0x7c || byte == 0x7e;
}

function isToken(whole: i64): bool {
  let at = start(whole);
  const end = at + size(whole);
  if (at == end) return false;
  for (; at < end; at++) if (!isTokenCharacter(load<u8>(at))) return false;
  return true;
}

function endsLine(whole: i64): bool {
  let at = start(whole);
  const end = at + size(whole);
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (byte == 0 || byte == 0x0a || byte == 0x0d) return true;
  }
  return false;
}

export function rd_headers(type: usize, node: usize): i64 {
  if (tag(node) != OBJECT || count(node) > 1000) return BAD;
  const map = alloc(8 + ((count(node) as usize) << 4));
  store<u32>(map, count(node));
  let place = map + 8;
  for (let key = first(node); key != 0; key = next(key)) {
    const given = key + NODE;
    if (!isToken(textOf(key)) || tag(given) != STRING || endsLine(textOf(given))) return BAD;
    const name = lowered(textOf(key));
    for (let other = map + 8; other < place; other += 16) if (sameText(load<i64>(other), name)) return BAD;
    store<i64>(place, name);
    store<i64>(place, textOf(given), 8);
    place += 16;
  }
  return map as i64;
}

// A record type: reader, number of fields, open, which comes first, a bit for each field that must come;
// then fields of {name, type, where the field stands that follows, bits of its name that 8 bytes have too many, how `typed-text`
// reads it} in 16 bytes; then what stands for each that is not sent, `BAD` for one that must be. Which field follows is what was
// last seen; as far from the type as from a field it says so of the first one.
export const RECORD_REQUIRED: usize = 16;
export const RECORD_FIELDS: usize = 24;
export const RECORD_FIELD: usize = 16;
const FIELD_TYPE: usize = 8;
export const FIELD_NEXT: usize = 12;
export const FIELD_SHIFT: usize = 14;
export const FIELD_HOW: usize = 15;
/** A record in which no field has been sent. */
export function newRecord(type: usize): usize {
  const bytes = (load<u32>(type, 4) as usize) << 3;
  const record = take(bytes);
  copy(record, type + RECORD_FIELDS + bytes * 2, bytes);
  return record;
}

/** Where the value of a field is in its record. */
@inline
export function placeOf(field: usize, type: usize): usize {
  return (field - type - RECORD_FIELDS) >>> 1;
}
@inline
export function nameOf(field: usize): i64 {
  return load<i64>(field);
}
@inline
export function typeOf(field: usize): usize {
  return load<u32>(field, FIELD_TYPE);
}

/** The field of a name; 0 where there is none. */
export function fieldOf(type: usize, name: i64): usize {
  let field = type + RECORD_FIELDS;
  for (let rest = load<u32>(type, 4); rest > 0; rest--, field += RECORD_FIELD) {
    if (sameText(nameOf(field), name)) return field;
  }
  return 0;
}

export function rd_record(type: usize, node: usize): i64 {
  if (tag(node) != OBJECT) return BAD;
  const record = newRecord(type);
  for (let key = first(node); key != 0; key = next(key)) {
    const field = fieldOf(type, textOf(key));
    if (field == 0) {
      if (load<u32>(type, 8) == 0) return BAD;
      continue;
    }
    const value = read(typeOf(field), key + NODE);
    if (value == BAD) return BAD;
    store<i64>(record + placeOf(field, type), value);
  }
  for (let place = record; place < record + ((load<u32>(type, 4) as usize) << 3); place += 8) {
    if (load<i64>(place) == BAD) return BAD;
  }
  return record as i64;
}
