// The parsed types `ip` and `cidr`: strict dotted quads, and IPv6 in the one spelling of RFC 5952.
import { BAD, SLOT_IP_SCOPES, alloc, size, slot, start } from "./memory";
import { parsedValue } from "./types";
import { byteAt, indexOf, part } from "./strings";

/** Bytes of the address last read: 4 or 16. */
let length: u32 = 0;

/** Writes the bytes of an address and gives their number; 0 when the text is none. */
export function addressBytes(whole: i64, to: usize): u32 {
  return indexOf(whole, 0x3a, 0) < 0 ? quadBytes(whole, to) : groupBytes(whole, to);
}

function quadBytes(whole: i64, to: usize): u32 {
  const end = size(whole);
  let index: u32 = 0;
  for (let byte = 0; byte < 4; byte++) {
    if (byte > 0 && (index >= end || byteAt(whole, index++) != 0x2e)) return 0;
    const from = index;
    let value: u32 = 0;
    while (index < end && byteAt(whole, index) - 0x30 < 10 && index - from < 3)
      value = value * 10 + byteAt(whole, index++) - 0x30;
    if (index == from || value > 255 || (index - from > 1 && byteAt(whole, from) == 0x30)) return 0;
    store<u8>(to + byte, value as u8);
  }
  return index == end ? 4 : 0;
}

function groupBytes(whole: i64, to: usize): u32 {
  const end = size(whole);
  if (end > 39 || end < 2) return 0;
  const groups = alloc(16);
  let gap: i32 = -1;
  let found: i32 = 0;
  let index: u32 = 0;
  if (load<u16>(start(whole)) == 0x3a3a) {
    gap = 0;
    index = 2;
  }
  while (index < end) {
    const from = index;
    let value: u32 = 0;
    while (index < end && index - from < 4) {
      const byte = byteAt(whole, index);
      const digit = byte - 0x30 < 10 ? byte - 0x30 : byte - 0x61 < 6 ? byte - 0x57 : 16;
      if (digit > 15) break;
      value = (value << 4) | digit;
      index++;
    }
    if (index == from || found == 8 || (index - from > 1 && byteAt(whole, from) == 0x30)) return 0;
    store<u16>(groups + (found << 1), value as u16);
    found++;
    if (index == end) break;
    if (byteAt(whole, index++) != 0x3a) return 0;
    if (index < end && byteAt(whole, index) == 0x3a) {
      if (gap >= 0) return 0;
      gap = found;
      index++;
    } else if (index == end) return 0;
  }
  if (gap < 0 ? found != 8 : found > 6) return 0;
  if (!isCanonical(groups, found, gap)) return 0;
  const zeros = 8 - found;
  for (let group = 0; group < 8; group++) {
    const inGap = gap >= 0 && group >= gap && group < gap + zeros;
    const from = gap >= 0 && group >= gap ? group - zeros : group;
    const value = inGap ? 0 : (load<u16>(groups + (from << 1)) as u32);
    store<u8>(to + (group << 1), (value >> 8) as u8);
    store<u8>(to + (group << 1), value as u8, 1);
  }
  return 16;
}

/** `::` stands for the longest run of zero groups, the first of equals, at least two; and no IPv4 address in disguise. */
function isCanonical(groups: usize, found: i32, gap: i32): bool {
  const zeros = gap < 0 ? 2 : 8 - found;
  let run = 0;
  for (let group = 0; group < found; group++) {
    if (group == gap) {
      if (run > 0) return false;
      run = 0;
    }
    const isZero = load<u16>(groups + (group << 1)) == 0;
    if (isZero && group == gap) return false;
    run = isZero ? run + 1 : 0;
    if (run > 0 && run >= (gap < 0 || group < gap ? zeros : zeros + 1)) return false;
  }
  if (gap == found && run > 0) return false;
  return gap != 0 || found != 3 || load<u16>(groups) != 0xffff;
}

export function ps_ip(given: i64): i64 {
  return addressBytes(given, alloc(16)) == 0 ? BAD : given;
}

export function pt_ip_version(ip: i64): i64 {
  return indexOf(load<i64>(ip as usize, 8), 0x3a, 0) < 0 ? 4 : 6;
}

// Scopes: number; then {bytes of an address, prefix of 16 bytes, bits, name} in 32 bytes, the first that fits decides.
export function pt_ip_scope(ip: i64): i64 {
  const bytes = alloc(16);
  length = addressBytes(load<i64>(ip as usize, 8), bytes);
  const table = slot(SLOT_IP_SCOPES) as usize;
  let entry = table + 8;
  let rest = load<u32>(table);
  for (; rest > 1; rest--, entry += 32) {
    if (load<u32>(entry) == length && samePrefix(entry + 16, bytes, load<u32>(entry, 4))) break;
  }
  return load<i64>(entry, 8);
}

/** Whether the first `bits` bits are alike. */
export function samePrefix(left: usize, right: usize, bits: u32): bool {
  for (; bits >= 8; bits -= 8) if (load<u8>(left++) != load<u8>(right++)) return false;
  return bits == 0 || ((load<u8>(left) ^ load<u8>(right)) as u32) >> (8 - bits) == 0;
}

/** The number behind the slash; -1 when there is none within the bounds. */
function prefixLength(whole: i64, slash: u32): i32 {
  const end = size(whole);
  if (slash + 1 >= end || end - slash > 4) return -1;
  let value: i32 = 0;
  for (let index = slash + 1; index < end; index++) {
    const digit = byteAt(whole, index) - 0x30;
    if (digit > 9) return -1;
    value = value * 10 + (digit as i32);
  }
  return end - slash > 2 && byteAt(whole, slash + 1) == 0x30 ? -1 : value;
}

/** Writes the bytes of a network; gives their number and its prefix as `bytes << 8 | prefix`, or 0. */
export function networkBytes(whole: i64, to: usize): u32 {
  const slash = indexOf(whole, 0x2f, 0);
  if (slash < 0) return 0;
  const bytes = addressBytes(part(whole, 0, slash), to);
  const prefix = prefixLength(whole, slash);
  if (bytes == 0 || prefix < 0 || (prefix as u32) > bytes << 3) return 0;
  return (bytes << 8) | (prefix as u32);
}

export function ps_cidr(given: i64): i64 {
  const bytes = alloc(16);
  const network = networkBytes(given, bytes);
  if (network == 0) return BAD;
  const total = network >> 8;
  for (let bit = network & 0xff; bit < total << 3; bit++) {
    if ((load<u8>(bytes + (bit >> 3)) as u32) & (0x80 >> (bit & 7))) return BAD;
  }
  return given;
}

export function pt_cidr_network(cidr: i64): i64 {
  const canonical = load<i64>(cidr as usize, 8);
  const network = part(canonical, 0, indexOf(canonical, 0x2f, 0));
  return parsedValue(network, network);
}
export function pt_cidr_prefix(cidr: i64): i64 {
  const canonical = load<i64>(cidr as usize, 8);
  return prefixLength(canonical, indexOf(canonical, 0x2f, 0));
}
export function pt_cidr_version(cidr: i64): i64 {
  return pt_ip_version(cidr);
}

/** Whether the address lies in the network, both canonical. */
export function networkContains(network: i64, address: i64): bool {
  const wide = alloc(32);
  const known = networkBytes(network, wide);
  return (
    known != 0 && known >> 8 == addressBytes(address, wide + 16) && samePrefix(wide, wide + 16, known & 0xff)
  );
}

/** Whether all of the second network lies in the first. */
export function networkCovers(outer: i64, inner: i64): bool {
  const wide = alloc(32);
  const known = networkBytes(outer, wide);
  const narrow = networkBytes(inner, wide + 16);
  if (known == 0 || narrow == 0 || known >> 8 != narrow >> 8 || (narrow & 0xff) < (known & 0xff))
    return false;
  return samePrefix(wide, wide + 16, known & 0xff);
}
