// The parsed types `host`, `host_pattern` and `email`: names of letters, digits and hyphens, and addresses.
import { ABSENT, BAD, size, start } from "./memory";
import { parsedValue } from "./types";
import { ps_ip } from "./addresses";
import { byteAt, indexOf, lowered, part } from "./strings";

const MAX_HOST: u32 = 253;

@inline
export function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}
@inline
export function isLetter(byte: u32): bool {
  return (byte | 0x20) - 0x61 < 26;
}
@inline
export function isAlphanumeric(byte: u32): bool {
  return isDigit(byte) || isLetter(byte);
}

/** 1 to 63 letters, digits and hyphens, no hyphen at either end, not `--` as third and fourth. */
function isLabel(whole: i64, from: u32, to: u32): bool {
  if (to - from - 1 > 62) return false;
  for (let index = from; index < to; index++) {
    const byte = byteAt(whole, index);
    if (!isAlphanumeric(byte) && (byte != 0x2d || index == from || index == to - 1)) return false;
  }
  return to - from < 5 || byteAt(whole, from + 2) != 0x2d || byteAt(whole, from + 3) != 0x2d;
}

/** Labels joined by dots, the last starting with a letter. */
function isDomain(whole: i64): bool {
  const length = size(whole);
  let from: u32 = 0;
  for (let index: u32 = 0; index <= length; index++) {
    if (index < length && byteAt(whole, index) != 0x2e) continue;
    if (!isLabel(whole, from, index)) return false;
    if (index == length) return isLetter(byteAt(whole, from));
    from = index + 1;
  }
  return false;
}

export function ps_host(given: i64): i64 {
  const length = size(given);
  if (length == 0 || length > MAX_HOST) return BAD;
  if (byteAt(given, 0) == 0x5b) {
    if (byteAt(given, length - 1) != 0x5d) return BAD;
    const inside = part(given, 1, length - 1);
    return indexOf(inside, 0x3a, 0) >= 0 && ps_ip(inside) != BAD ? given : BAD;
  }
  if (isDomain(given)) return lowered(given);
  return indexOf(given, 0x3a, 0) < 0 && ps_ip(given) != BAD ? given : BAD;
}

/** The address of a host that is written as one. */
export function pt_host_ip(host: i64): i64 {
  const given = load<i64>(host as usize);
  const address = byteAt(given, 0) == 0x5b ? part(given, 1, size(given) - 1) : given;
  return ps_ip(address) == BAD ? ABSENT : parsedValue(address, address);
}

export function pt_host_qualified(host: i64): i64 {
  const given = load<i64>(host as usize);
  return pt_host_ip(host) == ABSENT && indexOf(given, 0x2e, 0) >= 0 ? 1 : 0;
}

@inline
function isWildcard(given: i64): bool {
  return size(given) > 1 && load<u16>(start(given)) == 0x2e2a;
}

export function ps_host_pattern(given: i64): i64 {
  if (!isWildcard(given)) return ps_host(given);
  return size(given) <= MAX_HOST && isDomain(part(given, 2, size(given))) ? lowered(given) : BAD;
}

export function pt_host_pattern_wildcard(pattern: i64): i64 {
  return isWildcard(load<i64>(pattern as usize)) ? 1 : 0;
}

const MAX_LOCAL: i32 = 64;

export function ps_email(given: i64): i64 {
  const at = indexOf(given, 0x40, 0);
  if (at < 1 || at > MAX_LOCAL) return BAD;
  let dot = true;
  for (let index = 0; index < at; index++) {
    const byte = byteAt(given, index);
    const isDot = byte == 0x2e;
    if (isDot && dot) return BAD;
    if (!isDot && !isAlphanumeric(byte) && byte != 0x5f && byte != 0x2b && byte != 0x27 && byte != 0x2d) return BAD;
    dot = isDot;
  }
  const domain = part(given, at + 1, size(given));
  if (dot || size(domain) > MAX_HOST || size(domain) == 0 || !isDomain(domain)) return BAD;
  return lowered(given);
}

export function pt_email_local(email: i64): i64 {
  const canonical = load<i64>(email as usize, 8);
  return part(canonical, 0, indexOf(canonical, 0x40, 0));
}

export function pt_email_domain(email: i64): i64 {
  const given = load<i64>(email as usize);
  const domain = part(given, indexOf(given, 0x40, 0) + 1, size(given));
  return parsedValue(domain, lowered(domain));
}
