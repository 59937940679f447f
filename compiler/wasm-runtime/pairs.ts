// Lists of pairs, as states hold them: `[[key, value], …]`.
import { compareText, sameText } from "./memory";
import { append, insert, removeBehind, setEmpty, setText } from "./edit-nodes";
import { ARRAY, STRING, count, first, next, tag, textOf } from "./nodes";
import { isA } from "./state-words";

/** The value of a pair. */
export function pairValue(pair: usize): usize {
  return next(first(pair));
}
export function isPairs(list: usize): bool {
  if (!isA(list, ARRAY)) return false;
  for (let pair = first(list); pair != 0; pair = next(pair)) {
    if (tag(pair) != ARRAY || count(pair) != 2) return false;
  }
  return true;
}
/** The value under a key, or 0. */
export function lookup(list: usize, key: i64): usize {
  for (let pair = first(list); pair != 0; pair = next(pair)) {
    const name = first(pair);
    if (tag(name) == STRING && sameText(textOf(name), key)) return pairValue(pair);
  }
  return 0;
}
export function newPair(pair: usize, key: i64): usize {
  setEmpty(pair, ARRAY);
  setText(append(pair), key);
  return append(pair);
}
/** The value under a key, which is put where it belongs if it is not there. */
export function sortedEntry(list: usize, key: i64): usize {
  const known = lookup(list, key);
  if (known != 0) return known;
  let before: usize = 0;
  for (let pair = first(list); pair != 0 && compareText(textOf(first(pair)), key) < 0; pair = next(pair)) before = pair;
  return newPair(insert(list, before), key);
}
export function removeKey(list: usize, key: i64): void {
  let before: usize = 0;
  for (let pair = first(list); pair != 0; pair = next(pair)) {
    if (sameText(textOf(first(pair)), key)) return removeBehind(list, before);
    before = pair;
  }
}
