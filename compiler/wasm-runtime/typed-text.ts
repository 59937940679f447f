// Records by their type straight from the text, without nodes between: what most of a request is.
//
// Gives what `rd_record` of a scanned node gives, and refuses what is no JSON or not of the type alike.
import { argsTypeAt } from "./actions";
import {
  ARGS,
  INTEGER,
  KEPT,
  OPTIONAL,
  PASSING,
  RECORD,
  TEXT,
  TEXTS,
  TIME,
  integerAt,
  quotedAt,
  taken,
  textsAt,
} from "./field-text";
import { ABSENT, alloc, sameBytes, size, start, take, text } from "./memory";
import { NODE, OBJECT, textOf } from "./nodes";
import { NULL_WORD, distinct, scanKey, scanValue, skipSpace } from "./scan";
import { maxDepth } from "./scan-mode";
import { skipText } from "./scan-string";
import {
  FIELD_HOW,
  FIELD_NEXT,
  FIELD_SHIFT,
  RECORD_FIELD,
  RECORD_FIELDS,
  RECORD_REQUIRED,
  fieldOf,
  nameOf,
  typeOf,
} from "./types";

/** The value of a field is put at `to`. The address behind it, or 0. */
function valueText(at: usize, field: usize, to: usize, depth: u32): usize {
  at = skipSpace(at);
  let type = typeOf(field);
  let how: u32 = load<u8>(field, FIELD_HOW);
  if (how & OPTIONAL) {
    if (load<u32>(at) == NULL_WORD) {
      store<i64>(to, ABSENT);
      return at + 4;
    }
    type = load<u32>(type, 4);
    how &= 15;
  }
  if (how == ARGS) {
    const known = argsTypeAt(to);
    if (known != 0) {
      type = known;
      how = load<u16>(type, 2);
    } else how = KEPT;
  }
  if (how == RECORD) {
    const record = take(((load<u32>(type, 4) as usize) << 3) + 8);
    store<i64>(to, record);
    return recordText(at, type, record, depth);
  }
  let end: usize = 0;
  if (how == INTEGER) end = integerAt(at, type, to);
  else if (how == TEXTS) end = textsAt(at, type, to, depth);
  else if (how - TEXT <= TIME - TEXT && load<u8>(at) == 0x22) end = quotedAt(at, type, to, how);
  if (end != 0) return end;
  const node = how == KEPT ? alloc(NODE) : PASSING;
  end = scanValue(at, node, depth);
  return end != 0 && taken(type, node, to) ? end : 0;
}

/** Where the field stands whose name was last read by `keyText`. */
let found: usize = 0;
const UNNAMED: usize = 0xffffffff;

/** 0 where the rest of a name of more than eight bytes stands there. */
function endUnlike(at: usize, name: i64): u64 {
  return sameBytes(at + 8, start(name) + 8, size(name) - 8) ? 0 : 1;
}

/**
 * The address behind the colon of a member, or where the type does not name it behind its value, or 0. `link` is where it says
 * which field is expected; it is told.
 */
function keyText(at: usize, type: usize, link: usize, others: usize, depth: u32): usize {
  const key = alloc(NODE * 2);
  at = scanKey(at, key, depth);
  if (at == 0) return 0;
  at = skipSpace(at);
  if (load<u8>(at++) != 0x3a) return 0;
  const field = fieldOf(type, textOf(key));
  if (field != 0) {
    found = field - type - RECORD_FIELDS;
    store<u16>(link, found as u16, FIELD_NEXT);
    return at;
  }
  if (load<u32>(type, 8) == 0) return 0;
  found = UNNAMED;
  note(others, key);
  return scanValue(skipSpace(at), key + NODE, depth);
}

/**
 * A record by its type at `record`, where there is room for it and for 8 bytes more. The address behind the text, or 0. A type
 * that is read so has at most 64 fields, whose names have at most 64 bytes and are such that JSON would not escape them.
 */
export function recordText(at: usize, type: usize, record: usize, depth: u32): usize {
  if (load<u8>(at) != 0x7b || depth >= maxDepth) return 0;
  depth++;
  const fields = load<u32>(type, 4);
  const others = record + ((fields as usize) << 3);
  store<u64>(others, 0);
  let seen: u64 = 0;
  let members: u32 = 0;
  let link = type;
  at++;
  if (load<u8>(at) != 0x22) {
    at = skipSpace(at);
    if (load<u8>(at) == 0x7d) return allThere(record, type, seen) ? at + 1 : 0;
  }
  while (true) {
    let offset: usize = load<u16>(link, FIELD_NEXT);
    let field = type + offset + RECORD_FIELDS;
    const name = nameOf(field);
    const length = size(name) as usize;
    // Bits that are not as they should be, in one word, since one jump is quicker than four.
    let unlike = (load<u64>(at, 1) ^ load<u64>(start(name))) << (load<u8>(field, FIELD_SHIFT) as u64);
    unlike |= (((load<u8>(at) as u32) ^ 0x22) | ((load<u16>(at + length, 1) as u32) ^ 0x3a22)) as u64;
    if (length > 8) unlike |= endUnlike(at + 1, name);
    if (unlike == 0) at += length + 3;
    else {
      at = keyText(at, type, link, others, depth);
      if (at == 0) return 0;
      offset = found;
      field = type + offset + RECORD_FIELDS;
    }
    if (offset != UNNAMED) {
      link = field;
      seen |= (1 as u64) << ((offset >> 4) as u64);
      members++;
      // What most members are is read here, without a call.
      const place = record + (offset >>> 1);
      if ((load<u8>(field, FIELD_HOW) & ~OPTIONAL) == TEXT && load<u8>(at) == 0x22) {
        const end = skipText(at + 1);
        if (load<u8>(end) == 0x22) {
          store<i64>(place, text(at + 1, (end - at - 1) as u32));
          at = end + 1;
          if (load<u16>(at) == 0x222c) {
            at++;
            continue;
          }
        } else at = valueText(at, field, place, depth);
      } else at = valueText(at, field, place, depth);
      if (at == 0) return 0;
    }
    let byte: u32 = load<u8>(at);
    if (byte <= 0x20) {
      at = skipSpace(at);
      byte = load<u8>(at);
    }
    at++;
    if (byte != 0x2c) {
      if (byte != 0x7d) return 0;
      break;
    }
    if (load<u8>(at) != 0x22) at = skipSpace(at);
  }
  // A field that came twice has been counted twice.
  if ((popcnt(seen) as u32) != members || (members != fields && !allThere(record, type, seen))) return 0;
  const unnamed = load<u32>(others) as usize;
  return unnamed == 0 || distinct(unnamed, load<u32>(unnamed, 8)) ? at : 0;
}

/** Puts what stands for fields that were not sent; whether none of them must be. */
function allThere(record: usize, type: usize, seen: u64): bool {
  if (load<u64>(type, RECORD_REQUIRED) & ~seen) return false;
  const fields = load<u32>(type, 4) as usize;
  const absent = type + RECORD_FIELDS + fields * RECORD_FIELD;
  let missing = ~seen & ((-1 as u64) >>> ((64 - fields) as u64));
  for (; missing != 0; missing &= missing - 1) {
    const place = (ctz(missing) as usize) << 3;
    store<i64>(record + place, load<i64>(absent + place));
  }
  return true;
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
