// Whether a pattern occurs in some text inside a value: text, parsed values as received, keys of maps, all of json.
//
// How to walk a value begins with the number of the function that does it: {walk}, of lists and maps {walk, of}, of records
// {walk, number, of each field}; 0 in place of one stands for a value that holds no text.
import { ABSENT } from "./memory";
import { occurs } from "./pattern";
import { ARRAY, NODE, OBJECT, STRING, first, next, tag, textOf } from "./nodes";

export function anyText(walk: u32, value: i64, pattern: usize): bool {
  return walk != 0 && value != ABSENT && call_indirect<u32>(load<u32>(walk), walk, value, pattern) != 0;
}

export function wk_text(walk: usize, value: i64, pattern: usize): u32 {
  return occurs(pattern, value) ? 1 : 0;
}
export function wk_parsed(walk: usize, value: i64, pattern: usize): u32 {
  return occurs(pattern, load<i64>(value as usize)) ? 1 : 0;
}
export function wk_record(walk: usize, value: i64, pattern: usize): u32 {
  let field = walk + 8;
  const end = field + (load<u32>(walk, 4) << 2);
  for (let place = value as usize; field < end; field += 4, place += 8) {
    if (anyText(load<u32>(field), load<i64>(place), pattern)) return 1;
  }
  return 0;
}
export function wk_items(walk: usize, value: i64, pattern: usize): u32 {
  const list = value as usize;
  const end = list + 8 + (load<u32>(list) << 3);
  for (let item = list + 8; item < end; item += 8) {
    if (anyText(load<u32>(walk, 4), load<i64>(item), pattern)) return 1;
  }
  return 0;
}
export function wk_members(walk: usize, value: i64, pattern: usize): u32 {
  const map = value as usize;
  const end = map + 8 + (load<u32>(map) << 4);
  for (let member = map + 8; member < end; member += 16) {
    if (occurs(pattern, load<i64>(member)) || anyText(load<u32>(walk, 4), load<i64>(member, 8), pattern)) return 1;
  }
  return 0;
}

/** String leaves and keys at any depth, which the reader of requests bounds. */
export function wk_json(walk: usize, value: i64, pattern: usize): u32 {
  const node = value as usize;
  const kind = tag(node);
  if (kind == STRING) return occurs(pattern, textOf(node)) ? 1 : 0;
  if (kind == ARRAY) {
    for (let item = first(node); item != 0; item = next(item)) if (wk_json(0, item, pattern) != 0) return 1;
  } else if (kind == OBJECT) {
    for (let key = first(node); key != 0; key = next(key)) {
      if (occurs(pattern, textOf(key)) || wk_json(0, key + NODE, pattern) != 0) return 1;
    }
  }
  return 0;
}
