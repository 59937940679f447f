// The parsed type `url`: an absolute URL in which every widespread parser finds the same host.
import {
  ABSENT,
  BAD,
  SLOT_PORTS,
  SLOT_SCHEMES,
  alloc,
  copy,
  sameText,
  size,
  slot,
  start,
  text,
} from "./memory";
import { isAlphanumeric, isDigit, isLetter, ps_host } from "./hosts";
import { byteAt, indexOf, lowered, part } from "./strings";
import { parsedValue } from "./types";

const MAX_URL: u32 = 8192;

/** `.` `_` `~` and the like beside letters and digits. */
function isPathCharacter(byte: u32): bool {
  if (isAlphanumeric(byte)) return true;
  // ! $ & ' ( ) * + , - . / : ; =
  if (byte < 0x40) return (((0x2c00ffd200000000 as u64) >> (byte as u64)) & 1) != 0;
  return byte == 0x40 || byte == 0x5f || byte == 0x7e;
}

function hexadecimal(byte: u32): u32 {
  const letter = (byte | 0x20) - 0x61;
  return isDigit(byte) ? byte - 0x30 : letter < 6 ? letter + 10 : 256;
}

/** Escapes that nobody needs hide what a path says: letters, digits, `-._`, the backslash, NUL. */
function isNeedless(code: u32): bool {
  return isAlphanumeric(code) || code == 0x2d || code == 0x2e || code == 0x5c || code == 0x5f || code == 0;
}

/** Behind the characters of a path, or 0 where an escape is wrong or a segment is `.` or `..`. */
function skipPath(whole: i64, from: u32): u32 {
  const length = size(whole);
  // Dots of a segment that holds nothing else; 3: something else.
  let dots: u32 = 3;
  let index = from;
  for (; index < length; index++) {
    let byte = byteAt(whole, index);
    if (byte == 0x25) {
      if (index + 2 >= length) return 0;
      byte = (hexadecimal(byteAt(whole, index + 1)) << 4) | hexadecimal(byteAt(whole, index + 2));
      if (byte > 255 || isNeedless(byte)) return 0;
      index += 2;
      if (byte != 0x2f) byte = 0x25;
    } else if (!isPathCharacter(byte)) break;
    if (byte == 0x2f || byte == 0x3b) {
      if (dots - 1 < 2) return 0;
      dots = byte == 0x2f ? 0 : 3;
    } else dots = byte == 0x2e && dots < 2 ? dots + 1 : 3;
  }
  return dots - 1 < 2 ? 0 : index;
}

/** Behind the characters of a query or fragment, or 0. */
function skipTail(whole: i64, from: u32): u32 {
  const length = size(whole);
  let index = from;
  for (; index < length; index++) {
    const byte = byteAt(whole, index);
    if (byte == 0x25) {
      if (
        index + 2 >= length ||
        hexadecimal(byteAt(whole, index + 1)) > 15 ||
        hexadecimal(byteAt(whole, index + 2)) > 15
      )
        return 0;
      index += 2;
    } else if (!isPathCharacter(byte) && byte != 0x3f && byte != 0x5b && byte != 0x5d) break;
  }
  return index;
}

// Places of the url last taken apart.
let scheme: u32 = 0;
let hostEnd: u32 = 0;
let portEnd: u32 = 0;
let pathEnd: u32 = 0;
let queryEnd: u32 = 0;

/** Whether scheme, colon, slashes and so on stand where they must; host and scheme are not looked at further. */
function takeApart(whole: i64): bool {
  const length = size(whole);
  let index: u32 = 0;
  for (; index < length; index++) {
    const byte = byteAt(whole, index);
    if (index == 0 ? !isLetter(byte) : !isAlphanumeric(byte) && byte != 0x2b && byte != 0x2e && byte != 0x2d)
      break;
  }
  scheme = index;
  if (index - 1 > 31 || index + 3 > length) return false;
  if (byteAt(whole, index) != 0x3a || byteAt(whole, index + 1) != 0x2f || byteAt(whole, index + 2) != 0x2f)
    return false;
  index += 3;
  if (index < length && byteAt(whole, index) == 0x5b) {
    const close = indexOf(whole, 0x5d, index);
    if (close < 0) return false;
    index = close + 1;
  } else {
    for (; index < length; index++) {
      const byte = byteAt(whole, index);
      if (byte == 0x3a || byte == 0x2f || byte == 0x3f || byte == 0x23) break;
    }
  }
  hostEnd = index;
  if (index < length && byteAt(whole, index) == 0x3a) {
    index++;
    const from = index;
    let port: u32 = 0;
    while (index < length && isDigit(byteAt(whole, index)) && index - from < 5)
      port = port * 10 + byteAt(whole, index++) - 0x30;
    if (index == from || byteAt(whole, from) == 0x30 || port > 65535) return false;
  }
  portEnd = index;
  if (index < length && byteAt(whole, index) == 0x2f) {
    index = skipPath(whole, index);
    if (index == 0) return false;
  }
  pathEnd = index;
  if (index < length && byteAt(whole, index) == 0x3f) {
    index = skipTail(whole, index + 1);
    if (index == 0) return false;
  }
  queryEnd = index;
  if (index < length && byteAt(whole, index) == 0x23) {
    index = skipTail(whole, index + 1);
    if (index == 0) return false;
  }
  return index == length;
}

/** The port that a scheme in lower case implies, or 0. Table: number; name and port in 16 bytes each. */
function impliedPort(whole: i64): u32 {
  const table = slot(SLOT_PORTS) as usize;
  const end = table + 8 + (load<u32>(table) << 4);
  for (let entry = table + 8; entry < end; entry += 16)
    if (sameText(load<i64>(entry), whole)) return load<u32>(entry, 8);
  return 0;
}

function isNetworkScheme(whole: i64): bool {
  const table = slot(SLOT_SCHEMES) as usize;
  const end = table + 8 + (load<u32>(table) << 3);
  for (let entry = table + 8; entry < end; entry += 8) if (sameText(load<i64>(entry), whole)) return false;
  return true;
}

function writtenPort(whole: i64): u32 {
  let port: u32 = 0;
  for (let index = hostEnd + 1; index < portEnd; index++) port = port * 10 + byteAt(whole, index) - 0x30;
  return port;
}

export function ps_url(given: i64): i64 {
  if (size(given) > MAX_URL || !takeApart(given)) return BAD;
  const name = lowered(part(given, 0, scheme));
  if (!isNetworkScheme(name)) return BAD;
  const host = ps_host(part(given, scheme + 3, hostEnd));
  if (host == BAD) return BAD;
  const implied = impliedPort(name);
  const port = writtenPort(given);
  const showsPort = port != 0 && port != implied;
  const addsPath = implied != 0 && pathEnd == portEnd;
  if (
    !addsPath &&
    (port == 0 || showsPort) &&
    start(name) == start(given) &&
    start(host) == start(given) + scheme + 3
  )
    return given;
  const to = alloc(size(given) + 16);
  let out = to;
  out = put(out, name);
  out = put(out, part(given, scheme, scheme + 3));
  out = put(out, host);
  if (showsPort) out = put(out, part(given, hostEnd, portEnd));
  if (addsPath) store<u8>(out++, 0x2f);
  out = put(out, part(given, portEnd, size(given)));
  return text(to, (out - to) as u32);
}

function put(to: usize, whole: i64): usize {
  copy(to, start(whole), size(whole));
  return to + size(whole);
}

/** Parts are read from the text received, which is known to parse. */
function partsOf(url: i64): i64 {
  const given = load<i64>(url as usize);
  takeApart(given);
  return given;
}

export function pt_url_scheme(url: i64): i64 {
  return lowered(part(partsOf(url), 0, scheme));
}
export function pt_url_host(url: i64): i64 {
  const host = part(partsOf(url), scheme + 3, hostEnd);
  return parsedValue(host, lowered(host));
}
export function pt_url_port(url: i64): i64 {
  const given = partsOf(url);
  const port = portEnd > hostEnd ? writtenPort(given) : impliedPort(lowered(part(given, 0, scheme)));
  return port == 0 ? ABSENT : (port as i64);
}
export function pt_url_path(url: i64): i64 {
  const given = partsOf(url);
  if (pathEnd > portEnd || impliedPort(lowered(part(given, 0, scheme))) == 0)
    return part(given, portEnd, pathEnd);
  // The first slash behind the scheme.
  return part(given, scheme + 1, scheme + 2);
}
export function pt_url_query(url: i64): i64 {
  const given = partsOf(url);
  return queryEnd > pathEnd ? part(given, pathEnd + 1, queryEnd) : ABSENT;
}
export function pt_url_fragment(url: i64): i64 {
  const given = partsOf(url);
  return size(given) > queryEnd ? part(given, queryEnd + 1, size(given)) : ABSENT;
}
