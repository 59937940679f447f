// Building and changing what the reader of JSON has put into memory.
import { alloc } from "./memory";
import { FALSE, NODE, NULL, NUMBER, STRING, TRUE, count, first, next, tag } from "./nodes";
import { integerText, keep } from "./number";
import { WORD_MAYBE, word } from "./state-words";

export function setNumber(node: usize, value: i64): void {
  store<u32>(node, NUMBER);
  store<i64>(node, keep(integerText(value)), 4);
}
export function setText(node: usize, value: i64): void {
  store<u32>(node, STRING);
  store<i64>(node, value, 4);
}
export function setEmpty(node: usize, kind: u32): void {
  store<u32>(node, kind);
  store<u64>(node, 0, 4);
}
/** `false`, `true` or `"maybe"` by certainty 0, 1, 2. */
export function setCertainty(node: usize, certainty: u32): void {
  if (certainty == 2) setText(node, word(WORD_MAYBE));
  else setEmpty(node, certainty == 1 ? TRUE : FALSE);
}
export function certaintyOf(node: usize): u32 {
  return tag(node) == STRING ? 2 : tag(node) == TRUE ? 1 : 0;
}

/** A new item behind `before`, or in front where that is 0. */
export function insert(list: usize, before: usize): usize {
  const item = alloc(NODE);
  setEmpty(item, NULL);
  const link = before == 0 ? list + 4 : before + 12;
  store<u32>(item, load<u32>(link), 12);
  store<u32>(link, item as u32);
  store<u32>(list, count(list) + 1, 8);
  return item;
}
export function append(list: usize): usize {
  let last: usize = 0;
  for (let item = first(list); item != 0; item = next(item)) last = item;
  return insert(list, last);
}
/** Takes out the item behind `before`, or the first where that is 0. */
export function removeBehind(list: usize, before: usize): void {
  const link = before == 0 ? list + 4 : before + 12;
  store<u32>(link, load<u32>((load<u32>(link) as usize) + 12));
  store<u32>(list, count(list) - 1, 8);
}
/** The value of a new member, put in front. */
export function newMember(object: usize, name: i64): usize {
  const key = alloc(NODE * 2);
  setText(key, name);
  store<u32>(key, load<u32>(object, 4), 12);
  setEmpty(key + NODE, NULL);
  store<u32>(key, 0, NODE + 12);
  store<u32>(object, key as u32, 4);
  store<u32>(object, count(object) + 1, 8);
  return key + NODE;
}
/** The same, named by a word of states. */
export function addMember(object: usize, index: u32): usize {
  return newMember(object, word(index));
}
