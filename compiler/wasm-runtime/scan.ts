// The reader of strict I-JSON: one pass over the text into nodes.
//
// Each reader is told where its value stands, and gives the address behind it, or 0 where there is none within the limits.
// The byte behind the text is a NUL, so that no loop needs to look for the end.
import { alloc, sameBytes, setTop, text, top } from "./memory";
import { ARRAY, FALSE, NODE, NULL, OBJECT, SET, STRING, TRUE, first, next } from "./nodes";
import { TERM, kind, maxDepth, setMode } from "./scan-mode";
import { scanNumber } from "./scan-number";
import { scanString } from "./scan-string";
import { sortSlots, sortedTwice } from "./sort";

/** Up to here keys are compared each with each. */
const FEW: u32 = 16;

/** The root node, or 0 for a text that is not I-JSON within the limits. The byte at `from + length` is overwritten. */
export function scan(from: usize, length: u32, depth: u32, as: u32): usize {
  store<u8>(from + length, 0);
  setMode(as, depth);
  const root = alloc(NODE);
  store<u32>(root, 0, 12);
  const end = scanValue(skipSpace(from), root, 0);
  return end != 0 && skipSpace(end) == from + length ? root : 0;
}

@inline
export function skipSpace(at: usize): usize {
  return load<u8>(at) > 0x20 ? at : skipSpaces(at);
}
function skipSpaces(at: usize): usize {
  while (true) {
    const byte: u32 = load<u8>(at);
    if (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09) return at;
    at++;
  }
}

export const NULL_WORD: u32 = 0x6c6c756e;

/** The value at `at`, where no space stands. Its `next` is left alone. */
export function scanValue(at: usize, node: usize, depth: u32): usize {
  const byte: u32 = load<u8>(at);
  if (byte == 0x22) return scanString(at, node);
  if (byte == 0x7b) return depth < maxDepth ? scanObject(at, node, depth + 1) : 0;
  if (byte == 0x5b) return depth < maxDepth ? scanItems(at, node, ARRAY, 0x5d, depth + 1) : 0;
  if (byte == 0x2d || byte - 0x30 < 10) return scanNumber(at, node);
  const word = load<u32>(at);
  let length: usize = 4;
  let tag = TRUE;
  if (word == NULL_WORD) tag = NULL;
  else if (word != 0x65757274) {
    length = 5;
    tag = FALSE;
    if (word == 0x28746573 && kind == TERM && load<u8>(at, 4) == 0x29) tag = SET;
    else if (word != 0x736c6166 || load<u8>(at, 4) != 0x65) return 0;
  }
  store<u32>(node, tag);
  store<u64>(node, 0, 4);
  return at + length;
}

function scanItems(at: usize, node: usize, as: u32, close: u32, depth: u32): usize {
  store<u32>(node, as);
  store<u64>(node, 0, 4);
  at = skipSpace(at + 1);
  if (load<u8>(at) == close) return at + 1;
  let items: u32 = 0;
  let link = node + 4;
  while (true) {
    const item = alloc(NODE);
    store<u32>(link, item as u32);
    link = item + 12;
    store<u32>(link, 0);
    at = scanValue(at, item, depth);
    if (at == 0) return 0;
    items++;
    at = skipSpace(at);
    const byte: u32 = load<u8>(at++);
    if (byte == close) break;
    if (byte != 0x2c) return 0;
    at = skipSpace(at);
  }
  store<u32>(node, items, 8);
  return at;
}

/** The key at `at`, behind which a colon must follow. */
export function scanKey(at: usize, key: usize, depth: u32): usize {
  if (load<u8>(at) == 0x22) return scanString(at, key);
  if (kind != TERM) return 0;
  const end = scanValue(at, key, depth);
  // Keys that are no text stand as what they were written as.
  if (end != 0 && load<u8>(skipSpace(end)) == 0x3a) {
    store<u32>(key, STRING);
    store<i64>(key, text(at, (end - at) as u32), 4);
  }
  return end;
}

function scanObject(open: usize, node: usize, depth: u32): usize {
  store<u32>(node, OBJECT);
  store<u64>(node, 0, 4);
  let at = skipSpace(open + 1);
  if (load<u8>(at) == 0x7d) return at + 1;
  let members: u32 = 0;
  let link = node + 4;
  while (true) {
    const key = alloc(NODE * 2);
    store<u32>(link, key as u32);
    link = key + 12;
    store<u32>(link, 0);
    store<u32>(key, 0, NODE + 12);
    at = scanKey(at, key, depth);
    if (at == 0) return 0;
    at = skipSpace(at);
    if (load<u8>(at) != 0x3a) return kind == TERM && members == 0 ? scanItems(open, node, SET, 0x7d, depth) : 0;
    at = scanValue(skipSpace(at + 1), key + NODE, depth);
    if (at == 0) return 0;
    members++;
    at = skipSpace(at);
    const byte: u32 = load<u8>(at++);
    if (byte == 0x7d) break;
    if (byte != 0x2c) return 0;
    at = skipSpace(at);
  }
  store<u32>(node, members, 8);
  return distinct(node, members) ? at : 0;
}

/** Whether no two of the members of an object have the same key. */
export function distinct(node: usize, members: u32): bool {
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
