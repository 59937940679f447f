// Whether a pattern occurs in some text inside a value: text, parsed values as received, keys of maps, all of json.
import { ABSENT } from "./memory";
import { occurs } from "./pattern";
import { ARRAY, NODE, OBJECT, STRING, first, next, tag, textOf } from "./nodes";

// How to walk a value: {walk, of}, for records {walk, number, of each field}.
const WALK_NONE: u32 = 0;
const WALK_TEXT: u32 = 1;
const WALK_PARSED: u32 = 2;
const WALK_JSON: u32 = 3;
const WALK_ITEMS: u32 = 4;
const WALK_MEMBERS: u32 = 5;
const WALK_RECORD: u32 = 6;

export function anyText(walk: usize, value: i64, pattern: usize): bool {
  const kind = load<u32>(walk);
  if (kind == WALK_NONE || value == ABSENT) return false;
  if (kind == WALK_TEXT) return occurs(pattern, value);
  const address = value as usize;
  if (kind == WALK_PARSED) return occurs(pattern, load<i64>(address));
  if (kind == WALK_JSON) return anyJsonText(address, pattern);
  const inner = load<u32>(walk, 4);
  if (kind == WALK_RECORD) {
    for (let index: u32 = 0; index < inner; index++) {
      const field = load<u32>(walk + 8 + (index << 2));
      if (anyText(field, load<i64>(address + (index << 3)), pattern)) return true;
    }
    return false;
  }
  const items = load<u32>(address);
  if (kind == WALK_ITEMS) {
    for (let item = address + 8; item < address + 8 + (items << 3); item += 8) {
      if (anyText(inner, load<i64>(item), pattern)) return true;
    }
    return false;
  }
  for (let member = address + 8; member < address + 8 + (items << 4); member += 16) {
    if (occurs(pattern, load<i64>(member)) || anyText(inner, load<i64>(member, 8), pattern)) return true;
  }
  return false;
}

/** String leaves and keys at any depth, which the reader of requests bounds. */
function anyJsonText(node: usize, pattern: usize): bool {
  const kind = tag(node);
  if (kind == STRING) return occurs(pattern, textOf(node));
  if (kind == ARRAY) {
    for (let item = first(node); item != 0; item = next(item)) if (anyJsonText(item, pattern)) return true;
  } else if (kind == OBJECT) {
    for (let key = first(node); key != 0; key = next(key)) {
      if (occurs(pattern, textOf(key)) || anyJsonText(key + NODE, pattern)) return true;
    }
  }
  return false;
}
