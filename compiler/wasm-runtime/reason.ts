// Reasons with placeholders: values in quotes, cut, escaped, and silent about what is redacted.
import { ABSENT, SLOT_ABSENT_WORD, SLOT_REDACTED, alloc, copy, size, slot, start, text } from "./memory";
import { evaluate } from "./expressions";
import { decimalText, integerText, keep } from "./number";
import { truthText } from "./keys";
import { begin, escapeLetter, finish, putEscape, write } from "./output";
import { missing } from "./reads";
import { cutText } from "./reason-text";
import { durationText, timeText } from "./time";

const MAX_PLACEHOLDER: u32 = 80;
const MAX_REASON: u32 = 500;

// Parts: number; then {how it is printed, node, rules that would redact it, facts that it reads, text} in 24 bytes. Those
// rules: number, indices.
const TEXT: u32 = 0;
const BOOL: u32 = 1;
const NUMBER: u32 = 2;
const DECIMAL: u32 = 3;
const TIME: u32 = 4;
const DURATION: u32 = 5;
const NAME: u32 = 6;
const STRING: u32 = 7;
const PARSED: u32 = 8;

/** `outcomes` are those of the rules of the action: a byte each, 0x81 for one that is enforced and matched. */
export function write_reason(parts: u32, outcomes: usize): i64 {
  const number = load<u32>(parts);
  const texts = alloc((number as usize) << 3);
  for (let index: u32 = 0; index < number; index++) {
    store<i64>(texts + (index << 3), printed(parts + 8 + index * 24, outcomes));
  }
  begin();
  for (let index: u32 = 0; index < number; index++) write(load<i64>(texts + (index << 3)));
  return cutText(finish(), MAX_REASON);
}

function printed(part: usize, outcomes: usize): i64 {
  const how = load<u32>(part);
  if (how == TEXT) return load<i64>(part, 16);
  const redacting = load<u32>(part, 8) as usize;
  if (redacting != 0) {
    const end = redacting + 4 + (load<u32>(redacting) << 2);
    for (let index = redacting + 4; index < end; index += 4) {
      if (load<u8>(outcomes + load<u32>(index)) == 0x81) return slot(SLOT_REDACTED);
    }
  }
  // The condition may hold without the facts that only its text names.
  if (missing(load<u32>(part, 12)) != 0) return slot(SLOT_ABSENT_WORD);
  const value = evaluate(load<u32>(part, 4));
  if (value == ABSENT) return slot(SLOT_ABSENT_WORD);
  if (how == STRING) return quoted(value);
  if (how == PARSED) return quoted(load<i64>(value as usize));
  if (how == BOOL) return truthText(value);
  if (how == NAME) return cutText(value, MAX_PLACEHOLDER);
  return keep(
    how == NUMBER
      ? integerText(value)
      : how == DECIMAL
        ? decimalText(value)
        : how == TIME
          ? timeText(value)
          : durationText(value),
  );
}

/** Whether a code point beyond ASCII hides, reorders or breaks lines. */
function isHidden(code: u32): bool {
  if (code <= 0x9f || code == 0xad || code == 0x61c || code == 0x180e || code == 0xfeff) return true;
  return code - 0x200b < 5 || code - 0x2028 < 7 || code - 0x2060 < 10;
}

/** In JSON quotes, control, bidi and invisible characters escaped; what stands between the quotes is cut. */
function quoted(whole: i64): i64 {
  const shown = cutText(whole, MAX_PLACEHOLDER);
  let at = start(shown);
  const end = at + size(shown);
  const buffer = alloc((size(shown) as usize) * 6 + 24);
  let to = buffer + 1;
  while (at < end) {
    const byte: u32 = load<u8>(at);
    if (byte < 0x7f) {
      const letter = escapeLetter(byte);
      at++;
      if (letter == 0) store<u8>(to++, byte as u8);
      else if (letter == 0x75) to = putEscape(to, byte);
      else {
        store<u8>(to, 0x5c);
        store<u8>(to, letter as u8, 1);
        to += 2;
      }
      continue;
    }
    const bytes: usize = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    let code: u32 = byte;
    if (bytes == 2) code = ((byte & 0x1f) << 6) | ((load<u8>(at, 1) & 0x3f) as u32);
    else if (bytes == 3) {
      code =
        ((byte & 0xf) << 12) | (((load<u8>(at, 1) & 0x3f) as u32) << 6) | ((load<u8>(at, 2) & 0x3f) as u32);
    }
    if (bytes < 4 && isHidden(code)) to = putEscape(to, code);
    else {
      store<u32>(to, load<u32>(at));
      to += bytes;
    }
    at += bytes;
  }
  const inside = cutText(text(buffer + 1, (to - buffer - 1) as u32), MAX_PLACEHOLDER - 2);
  const from = start(inside) - 1;
  if (from == buffer) {
    store<u8>(buffer, 0x22);
    store<u8>(to, 0x22);
    return text(buffer, (to - buffer + 1) as u32);
  }
  const cut = alloc(size(inside) + 16);
  store<u8>(cut, 0x22);
  copy(cut + 1, start(inside), size(inside));
  store<u8>(cut + 1 + size(inside), 0x22);
  return text(cut, size(inside) + 2);
}
