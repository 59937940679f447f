// Builtin functions: one for each of the registry, called like any node.
import { BAD, alloc, copy, size, start, text } from "./memory";
import { child, isIn } from "./expressions";
import { networkContains, networkCovers } from "./addresses";
import { BY_TEXT, comparable, compareScalars, sortSlots } from "./sort";
import { byteAt, codePoints, contains, endsWith, lowered, part, startsWith } from "./strings";
import { newList } from "./types";

@inline
function first(node: usize): i64 {
  return child(node, 4);
}
@inline
function second(node: usize): i64 {
  return child(node, 8);
}
@inline
function truth(holds: bool): i64 {
  return holds ? 1 : 0;
}
/** {op, text, other, how to compare}: text as it is, parsed values in canonical form. */
@inline
function subject(node: usize): i64 {
  return comparable(first(node), load<u32>(node, 12));
}

export function fn_starts_with(node: usize): i64 {
  return truth(startsWith(subject(node), second(node)));
}
export function fn_ends_with(node: usize): i64 {
  return truth(endsWith(subject(node), second(node)));
}
export function fn_contains(node: usize): i64 {
  return truth(contains(first(node), second(node)));
}
export function fn_lower(node: usize): i64 {
  return lowered(first(node));
}
export function fn_length(node: usize): i64 {
  return codePoints(first(node));
}
export function fn_count(node: usize): i64 {
  return load<u32>(first(node) as usize);
}
export function fn_is_empty(node: usize): i64 {
  return truth(load<u32>(first(node) as usize) == 0);
}

/** Line feeds separate; one carriage return before one is left out. */
export function fn_lines(node: usize): i64 {
  const whole = first(node);
  const length = size(whole);
  let lines: u32 = 1;
  for (let index: u32 = 0; index < length; index++) if (byteAt(whole, index) == 0x0a) lines++;
  const list = newList(lines);
  let place = list + 8;
  let from: u32 = 0;
  for (let index: u32 = 0; index <= length; index++) {
    if (index < length && byteAt(whole, index) != 0x0a) continue;
    const carriage = index < length && index > from && byteAt(whole, index - 1) == 0x0d;
    store<i64>(place, part(whole, from, carriage ? index - 1 : index));
    place += 8;
    from = index + 1;
  }
  return list as i64;
}

function column(map: usize, offset: usize): i64 {
  const members = load<u32>(map);
  const list = newList(members);
  for (let index: u32 = 0; index < members; index++) {
    store<i64>(list + 8 + (index << 3), load<i64>(map + 8 + offset + (index << 4)));
  }
  return list as i64;
}
export function fn_keys(node: usize): i64 {
  return column(first(node) as usize, 0);
}
export function fn_values(node: usize): i64 {
  return column(first(node) as usize, 8);
}

/** Up to here each item is compared with each. */
const FEW: u32 = 16;

/** The list with its values in order, so that looking for many of them is quick. */
function searchable(list: usize, mode: u32): usize {
  const items = load<u32>(list);
  if (items <= FEW || load<u32>(list, 4) != 0) return list;
  const slots = alloc((items as usize) << 2);
  for (let index: u32 = 0; index < items; index++) store<u32>(slots + (index << 2), (list + 8 + (index << 3)) as u32);
  sortSlots(slots, items, mode);
  const sorted = newList(items);
  store<u32>(sorted, 1, 4);
  for (let index: u32 = 0; index < items; index++) {
    store<i64>(sorted + 8 + (index << 3), load<i64>(load<u32>(slots + (index << 2))));
  }
  return sorted;
}

/** {op, items, set, how to compare}. */
export function fn_within(node: usize): i64 {
  const items = first(node) as usize;
  const mode = load<u32>(node, 12);
  const set = searchable(second(node) as usize, mode);
  const end = items + 8 + (load<u32>(items) << 3);
  for (let item = items + 8; item < end; item += 8) if (!isIn(load<i64>(item), set, mode)) return 0;
  return truth(load<u32>(items) > 0);
}
export function fn_intersects(node: usize): i64 {
  const items = first(node) as usize;
  const mode = load<u32>(node, 12);
  const others = searchable(second(node) as usize, mode);
  const end = items + 8 + (load<u32>(items) << 3);
  for (let item = items + 8; item < end; item += 8) if (isIn(load<i64>(item), others, mode)) return 1;
  return 0;
}

/** Whether a host pattern covers a host: `*.a.b` any depth below `a.b`. */
function patternCovers(pattern: i64, host: i64): bool {
  if (!(size(pattern) > 1 && load<u16>(start(pattern)) == 0x2e2a)) {
    return size(pattern) == size(host) && startsWith(host, pattern);
  }
  return size(host) >= size(pattern) && endsWith(host, part(pattern, 1, size(pattern)));
}

const BY_CANONICAL: u32 = 2;

/** Looks up the host and, behind a star, what follows each of its dots. */
function anyCovers(patterns: usize, host: i64): bool {
  const length = size(host);
  const items = load<u32>(patterns);
  if (items <= FEW) {
    const end = patterns + 8 + (items << 3);
    for (let item = patterns + 8; item < end; item += 8) {
      if (patternCovers(comparable(load<i64>(item), BY_CANONICAL), host)) return true;
    }
    return false;
  }
  const key = alloc((length as usize) + 40);
  // A value whose canonical text is what is looked for.
  const cell = key;
  const bytes = key + 25;
  copy(bytes, start(host), length);
  store<i64>(cell, text(bytes, length), 8);
  if (isIn(cell as i64, patterns, BY_CANONICAL)) return true;
  for (let index: u32 = 1; index < length; index++) {
    if (load<u8>(bytes + index) != 0x2e) continue;
    store<u8>(bytes + index - 1, 0x2a);
    store<i64>(cell, text(bytes + index - 1, length - index + 1), 8);
    if (isIn(cell as i64, patterns, BY_CANONICAL)) return true;
  }
  return false;
}

function covers(patterns: i64, host: i64): i64 {
  return truth(anyCovers(searchable(patterns as usize, BY_CANONICAL), comparable(host, BY_CANONICAL)));
}
export function fn_covers(node: usize): i64 {
  const patterns = first(node);
  return covers(patterns, second(node));
}
export function fn_host_in_patterns(node: usize): i64 {
  const host = first(node);
  return covers(second(node), host);
}
export function fn_pattern_covers(node: usize): i64 {
  const pattern = comparable(first(node), BY_CANONICAL);
  return truth(patternCovers(pattern, comparable(second(node), BY_CANONICAL)));
}
export function fn_within_hosts(node: usize): i64 {
  const hosts = first(node) as usize;
  const patterns = searchable(second(node) as usize, BY_CANONICAL);
  const end = hosts + 8 + (load<u32>(hosts) << 3);
  for (let item = hosts + 8; item < end; item += 8) {
    if (!anyCovers(patterns, comparable(load<i64>(item), BY_CANONICAL))) return 0;
  }
  return truth(load<u32>(hosts) > 0);
}

function inNetworks(ip: i64, networks: usize): bool {
  const end = networks + 8 + (load<u32>(networks) << 3);
  for (let item = networks + 8; item < end; item += 8) {
    if (networkContains(comparable(load<i64>(item), BY_CANONICAL), comparable(ip, BY_CANONICAL))) return true;
  }
  return false;
}
export function fn_ip_in_cidr(node: usize): i64 {
  const ip = comparable(first(node), BY_CANONICAL);
  return truth(networkContains(comparable(second(node), BY_CANONICAL), ip));
}
export function fn_ip_in_cidrs(node: usize): i64 {
  const ip = first(node);
  return truth(inNetworks(ip, second(node) as usize));
}
export function fn_within_networks(node: usize): i64 {
  const ips = first(node) as usize;
  const networks = second(node) as usize;
  const end = ips + 8 + (load<u32>(ips) << 3);
  for (let item = ips + 8; item < end; item += 8) if (!inNetworks(load<i64>(item), networks)) return 0;
  return truth(load<u32>(ips) > 0);
}
export function fn_cidr_within(node: usize): i64 {
  const inner = comparable(first(node), BY_CANONICAL);
  return truth(networkCovers(comparable(second(node), BY_CANONICAL), inner));
}

export function fn_under(node: usize): i64 {
  const path = comparable(first(node), BY_CANONICAL);
  const base = comparable(second(node), BY_CANONICAL);
  if (!startsWith(path, base)) return 0;
  const length = size(base);
  return truth(size(path) == length || byteAt(base, length - 1) == 0x2f || byteAt(path, length) == 0x2f);
}

export function fn_min(node: usize): i64 {
  const a = first(node);
  const b = second(node);
  return a < b ? a : b;
}
export function fn_max(node: usize): i64 {
  const a = first(node);
  const b = second(node);
  return a > b ? a : b;
}

const HOUR: i64 = 3600000;
const DAY: i64 = 86400000;
function remainder(value: i64, by: i64): i64 {
  const rest = value % by;
  return rest < 0 ? rest + by : rest;
}
export function fn_hour_utc(node: usize): i64 {
  return remainder(first(node), DAY) / HOUR;
}
export function fn_weekday_utc(node: usize): i64 {
  const time = first(node);
  return remainder((time - remainder(time, DAY)) / DAY + 3, 7) + 1;
}
export function fn_date_utc(node: usize): i64 {
  const time = first(node);
  return time - remainder(time, DAY);
}
