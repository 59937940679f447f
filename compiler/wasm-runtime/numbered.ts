// The parsed types `semver` and `iban`.
import { ABSENT, BAD, SLOT_IBAN_LENGTHS, alloc, size, slot, text } from "./memory";
import { isAlphanumeric, isDigit } from "./hosts";
import { byteAt, indexOf, part } from "./strings";

/** Behind `0` or up to 15 digits without a zero in front; the index itself when there is no such number. */
function skipNumber(whole: i64, from: u32): u32 {
  let index = from;
  while (index < size(whole) && isDigit(byteAt(whole, index))) index++;
  if (index - from > 15 || (index - from > 1 && byteAt(whole, from) == 0x30)) return from;
  return index;
}

/** Behind identifiers joined by dots, or 0; numbers have no zero in front unless `zeros`. */
function skipIdentifiers(whole: i64, from: u32, zeros: bool): u32 {
  let index = from;
  while (true) {
    const begin = index;
    let digits = true;
    for (; index < size(whole); index++) {
      const byte = byteAt(whole, index);
      if (isDigit(byte)) continue;
      if (!isAlphanumeric(byte) && byte != 0x2d) break;
      digits = false;
    }
    if (index == begin) return 0;
    if (!zeros && digits && index - begin > 1 && byteAt(whole, begin) == 0x30) return 0;
    if (index == size(whole) || byteAt(whole, index) != 0x2e) return index;
    index++;
  }
}

export function ps_semver(given: i64): i64 {
  const length = size(given);
  if (length > 256) return BAD;
  let index: u32 = 0;
  for (let number = 0; number < 3; number++) {
    if (number > 0 && (index >= length || byteAt(given, index++) != 0x2e)) return BAD;
    const after = skipNumber(given, index);
    if (after == index) return BAD;
    index = after;
  }
  if (index < length && byteAt(given, index) == 0x2d) {
    index = skipIdentifiers(given, index + 1, false);
    if (index == 0) return BAD;
  }
  if (index < length && byteAt(given, index) == 0x2b) {
    index = skipIdentifiers(given, index + 1, true);
    if (index == 0) return BAD;
  }
  return index == length ? given : BAD;
}

function numberAt(semver: i64, wanted: i32): i64 {
  const whole = load<i64>(semver as usize, 8);
  let value: i64 = 0;
  for (let index: u32 = 0; index < size(whole); index++) {
    const byte = byteAt(whole, index);
    if (isDigit(byte)) value = value * 10 + ((byte - 0x30) as i64);
    else {
      if (wanted-- == 0) break;
      value = 0;
    }
  }
  return value;
}

export function pt_semver_major(semver: i64): i64 {
  return numberAt(semver, 0);
}
export function pt_semver_minor(semver: i64): i64 {
  return numberAt(semver, 1);
}
export function pt_semver_patch(semver: i64): i64 {
  return numberAt(semver, 2);
}
export function pt_semver_prerelease(semver: i64): i64 {
  const whole = load<i64>(semver as usize, 8);
  const plus = indexOf(whole, 0x2b, 0);
  const end = plus < 0 ? size(whole) : (plus as u32);
  const hyphen = indexOf(whole, 0x2d, 0);
  return hyphen < 0 || (hyphen as u32) > end ? ABSENT : part(whole, hyphen + 1, end);
}
export function pt_semver_build(semver: i64): i64 {
  const whole = load<i64>(semver as usize, 8);
  const plus = indexOf(whole, 0x2b, 0);
  return plus < 0 ? ABSENT : part(whole, plus + 1, size(whole));
}

@inline
function isUpperOrDigit(byte: u32): bool {
  return isDigit(byte) || byte - 0x41 < 26;
}

/** Groups of four behind single spaces, the last of one to four, at least two whole ones. */
function isGrouped(whole: i64): bool {
  const length = size(whole);
  const groups = (length - 4) / 5;
  const rest = (length - 4) % 5;
  if (groups < 2 || groups > 7 || rest == 1) return false;
  for (let index: u32 = 4; index < length; index++) {
    const byte = byteAt(whole, index);
    if ((index - 4) % 5 == 0 ? byte != 0x20 : !isUpperOrDigit(byte)) return false;
  }
  return true;
}

export function ps_iban(given: i64): i64 {
  const length = size(given);
  if (length < 14 || length > 42) return BAD;
  if (byteAt(given, 0) - 0x41 > 25 || byteAt(given, 1) - 0x41 > 25) return BAD;
  if (!isDigit(byteAt(given, 2)) || !isDigit(byteAt(given, 3))) return BAD;
  let canonical = given;
  if (indexOf(given, 0x20, 0) >= 0) {
    if (!isGrouped(given)) return BAD;
    const to = alloc(48);
    let out: u32 = 0;
    for (let index: u32 = 0; index < length; index++) {
      if (byteAt(given, index) != 0x20) store<u8>(to + out++, byteAt(given, index) as u8);
    }
    canonical = text(to, out);
  } else {
    if (length < 15 || length > 33) return BAD;
    for (let index: u32 = 4; index < length; index++) if (!isUpperOrDigit(byteAt(given, index))) return BAD;
  }
  return isRegistered(canonical) && remainder(canonical) == 1 ? canonical : BAD;
}

/** Table of countries: number; two letters and the length of account numbers, in four bytes each. */
function isRegistered(canonical: i64): bool {
  const table = slot(SLOT_IBAN_LENGTHS) as usize;
  const country = byteAt(canonical, 0) | (byteAt(canonical, 1) << 8);
  const end = table + 4 + (load<u32>(table) << 2);
  for (let entry = table + 4; entry < end; entry += 4) {
    if (load<u16>(entry) == country) return load<u16>(entry, 2) == size(canonical);
  }
  return false;
}

/** Modulo 97 of the number that the rotated text spells, letters counting from ten. */
function remainder(canonical: i64): u32 {
  const length = size(canonical);
  let result: u32 = 0;
  for (let index: u32 = 0; index < length; index++) {
    const byte = byteAt(canonical, (index + 4) % length);
    result = isDigit(byte) ? (result * 10 + byte - 0x30) % 97 : (result * 100 + byte - 0x37) % 97;
  }
  return result;
}

export function pt_iban_country(iban: i64): i64 {
  return part(load<i64>(iban as usize, 8), 0, 2);
}
