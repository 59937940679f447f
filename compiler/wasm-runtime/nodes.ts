// Values of JSON in memory, as the reader leaves them: linked nodes of 16 bytes.
//
// {tag, address, length, next}: of text and numbers the bytes (escapes undone elsewhere), of arrays and objects the first
// child and their number. A member is a node for the key, directly followed by that of its value; `next` links keys.
import { sameBytes, start } from "./memory";

export const NULL: u32 = 0;
export const FALSE: u32 = 1;
export const TRUE: u32 = 2;
export const NUMBER: u32 = 3;
export const STRING: u32 = 4;
export const ARRAY: u32 = 5;
export const OBJECT: u32 = 6;
export const SET: u32 = 7;
export const NODE: usize = 16;

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
