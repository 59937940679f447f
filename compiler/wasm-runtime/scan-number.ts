// Numbers of JSON; those of requests have bounds.
import { text } from "./memory";
import { NUMBER } from "./nodes";
import { REQUEST, kind } from "./scan-mode";

const MAX_NUMBER: u32 = 32;

@inline
function digit(byte: u32): bool {
  return byte - 0x30 < 10;
}

function skipDigits(from: usize): usize {
  while (digit(load<u8>(from))) from++;
  return from;
}

/** The number that stands at `from`: the address behind it, or 0 where it is none. Fills `node`. */
export function scanNumber(from: usize, node: usize): usize {
  let cursor = from;
  if (load<u8>(cursor) == 0x2d) cursor++;
  if (!digit(load<u8>(cursor))) return 0;
  if (load<u8>(cursor) == 0x30) cursor++;
  else cursor = skipDigits(cursor);
  if (load<u8>(cursor) == 0x2e) {
    const fraction = cursor + 1;
    cursor = skipDigits(fraction);
    if (cursor == fraction) return 0;
  }
  if ((load<u8>(cursor) | 0x20) == 0x65) {
    cursor++;
    const sign: u32 = load<u8>(cursor);
    if (sign == 0x2d || sign == 0x2b) cursor++;
    const power = cursor;
    cursor = skipDigits(power);
    if (cursor == power) return 0;
    if (kind == REQUEST) {
      let exponent: u32 = 0;
      for (let place = power; place < cursor; place++) {
        exponent = min<u32>(exponent * 10 + load<u8>(place) - 0x30, 1000);
      }
      if (exponent > 32) return 0;
    }
  }
  const length = (cursor - from) as u32;
  if (length > MAX_NUMBER && kind == REQUEST) return 0;
  store<u32>(node, NUMBER);
  store<i64>(node, text(from, length), 4);
  return cursor;
}
