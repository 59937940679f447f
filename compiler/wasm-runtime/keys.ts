// Keys of labels and counters: scalars as text.
import { alloc, size, text } from "./memory";
import { evaluate } from "./expressions";
import { decimalText, integerText, keep } from "./number";
import { jsonText } from "./output";

// How a scalar is written as a key; numbers by 0.
const KEY_TEXT: u32 = 1;
const KEY_PARSED: u32 = 2;
const KEY_BOOL: u32 = 3;
const KEY_DECIMAL: u32 = 4;
const TRUTH = memory.data<u8>([0x74, 0x72, 0x75, 0x65, 0x66, 0x61, 0x6c, 0x73, 0x65]);

export function truthText(value: i64): i64 {
  return value != 0 ? text(TRUTH, 4) : text(TRUTH + 4, 5);
}

export function keyText(value: i64, kind: u32): i64 {
  if (kind == KEY_TEXT) return value;
  if (kind == KEY_PARSED) return load<i64>(value as usize, 8);
  if (kind == KEY_BOOL) return truthText(value);
  return keep(kind == KEY_DECIMAL ? decimalText(value) : integerText(value));
}

/** One key as its text, several as the JSON array of their texts. */
export function cellKey(keys: usize, number: u32): i64 {
  if (number == 1) return keyText(evaluate(load<u32>(keys)), load<u32>(keys, 4));
  const texts = alloc((number as usize) << 3);
  for (let index: u32 = 0; index < number; index++) {
    const key = keys + (index << 3);
    store<i64>(texts + (index << 3), keyText(evaluate(load<u32>(key)), load<u32>(key, 4)));
  }
  return joinedKey(texts, number);
}

/** The JSON array of texts that stand at an address. */
function joinedKey(texts: usize, number: u32): i64 {
  let bytes: usize = 16;
  for (let index: u32 = 0; index < number; index++)
    bytes += (size(load<i64>(texts + (index << 3))) as usize) * 6 + 3;
  const to = alloc(bytes);
  let out = to;
  store<u8>(out++, 0x5b);
  for (let index: u32 = 0; index < number; index++) {
    if (index > 0) store<u8>(out++, 0x2c);
    out = jsonText(out, load<i64>(texts + (index << 3)));
  }
  store<u8>(out++, 0x5d);
  return text(to, (out - to) as u32);
}
