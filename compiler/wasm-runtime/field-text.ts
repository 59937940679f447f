// What fields of a record hold, straight from the text: how each is read, and what is read without nodes.
import { BAD, ensure, setTop, take, text } from "./memory";
import { STRING } from "./nodes";
import { maxDepth } from "./scan-mode";
import { skipPlain } from "./scan-string";
import { parseTime } from "./time";
import { read } from "./types";

// How a field is read: all but these go by way of a node that is not kept. `encode-types` has the same list; between text and
// time stands what is written in quotes.
export const KEPT: u32 = 1;
export const TEXT: u32 = 2;
export const TIME: u32 = 4;
export const INTEGER: u32 = 5;
export const TEXTS: u32 = 6;
export const RECORD: u32 = 7;
export const ARGS: u32 = 8;
/** More where null stands for what is absent. */
export const OPTIONAL: u32 = 16;

/** A node that lasts until the next is read. */
export const PASSING = memory.data(16);

/** Whether the value of a node is one of its type; it is put at `to`. */
export function taken(type: usize, node: usize, to: usize): bool {
  const value = read(type, node);
  store<i64>(to, value);
  return value != BAD;
}

/** Digits that are at most 15 and end with the value; 0 for any other number, which may be one of the type all the same. */
@inline
export function integerAt(at: usize, type: usize, to: usize): usize {
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
export function textsAt(at: usize, type: usize, to: usize, depth: u32): usize {
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

/** What stands in quotes: a value of its type, if it is written without escapes and what is not ASCII; else 0. */
@inline
export function quotedAt(at: usize, type: usize, to: usize, how: u32): usize {
  // A moment mostly has twenty characters; nothing that passes for one holds a quote.
  if (how == TIME && load<u8>(at, 21) == 0x22) {
    const moment = parseTime(text(at + 1, 20));
    store<i64>(to, moment);
    if (moment != BAD) return at + 22;
  }
  const end = skipPlain(at + 1);
  if (load<u8>(end) != 0x22) return 0;
  store<u32>(PASSING, STRING);
  store<i64>(PASSING, text(at + 1, (end - at - 1) as u32), 4);
  return taken(type, PASSING, to) ? end + 1 : 0;
}
