// Numbers: exact whole numbers out of JSON numbers and text, and their decimal text.
import { BAD, DIGITS, MAX_INTEGER, alloc, copy, size, start, text } from "./memory";

/** Digits beyond which no number within the bounds is left. */
const MAX_DIGITS: i32 = 16;

/** A number token times ten to the power `shift`, when that is whole and within the bounds; else `BAD`. */
export function scaled(token: i64, shift: i32): i64 {
  let at = start(token);
  const end = at + size(token);
  const negative = load<u8>(at) == 0x2d;
  if (negative) at++;
  let mantissa: i64 = 0;
  let digits: i32 = 0;
  // Zeros count only when another digit follows.
  let zeros: i32 = 0;
  let exponent: i32 = shift;
  let fraction = false;
  for (; at < end; at++) {
    const byte: u32 = load<u8>(at);
    if (byte == 0x2e) {
      fraction = true;
      continue;
    }
    if ((byte | 0x20) == 0x65) {
      exponent += power(at + 1, end);
      break;
    }
    if (fraction) exponent--;
    if (byte == 0x30) {
      if (digits != 0) zeros++;
      continue;
    }
    if (digits + zeros + 1 > MAX_DIGITS + 2) return BAD;
    for (; zeros > 0; zeros--) {
      mantissa *= 10;
      digits++;
    }
    mantissa = mantissa * 10 + ((byte - 0x30) as i64);
    digits++;
  }
  if (mantissa == 0) return 0;
  exponent += zeros;
  if (exponent < 0 || digits + exponent > MAX_DIGITS) return BAD;
  for (; exponent > 0; exponent--) mantissa *= 10;
  if (mantissa > MAX_INTEGER) return BAD;
  return negative ? -mantissa : mantissa;
}

function power(at: usize, end: usize): i32 {
  const negative = load<u8>(at) == 0x2d;
  if (negative || load<u8>(at) == 0x2b) at++;
  let exponent: i32 = 0;
  for (; at < end; at++) exponent = min<i32>(exponent * 10 + (load<u8>(at) as i32) - 0x30, 1000);
  return negative ? -exponent : exponent;
}

/** Whether the text is `-?(0|[1-9][0-9]{0,15})`, with `places` up to that many digits behind a point. */
export function isPlainNumber(whole: i64, negatives: bool, places: u32): bool {
  let at = start(whole);
  const end = at + size(whole);
  if (negatives && at < end && load<u8>(at) == 0x2d) at++;
  const integer = at;
  while (at < end && (load<u8>(at) as u32) - 0x30 < 10) at++;
  const digits = (at - integer) as u32;
  if (digits == 0 || digits > 16 || (digits > 1 && load<u8>(integer) == 0x30)) return false;
  if (at == end) return true;
  if (places == 0 || load<u8>(at) != 0x2e) return false;
  const fraction = ++at;
  while (at < end && (load<u8>(at) as u32) - 0x30 < 10) at++;
  return at == end && at > fraction && at - fraction <= places;
}

/** Decimal digits of a number that is not negative, at least `width`, ending before `end`; their address. */
export function printDigits(end: usize, value: u64, width: i32): usize {
  let at = end;
  while (value > 0 || width > 0) {
    const rest = value / 10;
    store<u8>(--at, (0x30 + (value - rest * 10)) as u8);
    value = rest;
    width--;
  }
  return at;
}

/** Text of a whole number; it stands until the next is printed. */
export function integerText(value: i64): i64 {
  const end = DIGITS + 32;
  let at = printDigits(end, (value < 0 ? -value : value) as u64, 1);
  if (value < 0) store<u8>(--at, 0x2d);
  return text(at, (end - at) as u32);
}

/** Text of millionths, without zeros at the end; it stands until the next is printed. */
export function decimalText(value: i64): i64 {
  const absolute = (value < 0 ? -value : value) as u64;
  const integer = absolute / 1000000;
  const fraction = absolute - integer * 1000000;
  let end = DIGITS + 32;
  let at = end;
  if (fraction > 0) {
    at = printDigits(end, fraction, 6);
    while (load<u8>(end - 1) == 0x30) end--;
    store<u8>(--at, 0x2e);
  }
  at = printDigits(at, integer, 1);
  if (value < 0) store<u8>(--at, 0x2d);
  return text(at, (end - at) as u32);
}

/** A copy in the heap. */
export function keep(whole: i64): i64 {
  const at = alloc(size(whole) + 8);
  copy(at, start(whole), size(whole));
  return text(at, size(whole));
}
