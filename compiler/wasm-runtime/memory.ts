// Memory: where things stand, the heap that each call starts anew, and copies and comparisons of bytes.
//
// From low to high: the header that the compiler fills, variables of quantifiers, the tables of the policy, the heap.
// Text is a number of 64 bits: address in the lower half, length in bytes in the upper.

@external("env", "opa_abort")
declare function opa_abort(message: usize): void;

/** Slots of 8 bytes that the compiler fills; `header.ts` beside it lists them by the same names. */
export const HEADER: usize = 16;
export const SLOT_HEAP: usize = 0;
export const SLOT_ACTIONS: usize = 1;
export const SLOT_ACTION_MASK: usize = 2;
export const SLOT_REQUEST: usize = 3;
export const SLOT_TIME: usize = 4;
export const SLOT_SESSION: usize = 5;
export const SLOT_VISIBLE: usize = 6;
export const SLOT_ENTRYPOINTS: usize = 7;
export const SLOT_PLAN: usize = 8;
export const SLOT_IP_SCOPES: usize = 9;
export const SLOT_IBAN_LENGTHS: usize = 10;
export const SLOT_PORTS: usize = 11;
export const SLOT_SCHEMES: usize = 12;
export const SLOT_HIDDEN: usize = 13;
export const SLOT_COMMAND: usize = 14;
export const SLOT_LABELS: usize = 15;
export const SLOT_COUNTERS: usize = 16;
export const SLOT_MEMBERS: usize = 17;
export const SLOT_UNREADABLE: usize = 18;
export const SLOT_WAIVERS: usize = 19;
export const SLOT_REASON_WRITER: usize = 20;
export const SLOT_SHADOW_WRITER: usize = 21;
export const SLOT_UNDECIDED_WRITER: usize = 22;
export const SLOT_RESERVE: usize = 23;
export const SLOT_LABEL_EVENTS: usize = 24;
export const SLOT_COUNTER_EVENTS: usize = 25;
export const SLOT_KNOWN: usize = 26;
export const SLOT_MATCHER: usize = 27;
export const SLOT_WAIVED_WRITER: usize = 28;
export const SLOT_PARSED_WORDS: usize = 29;
export const SLOT_DIGEST: usize = 30;
export const SLOT_INVALID_INPUT: usize = 31;
export const SLOT_UNKNOWN_ACTION: usize = 32;
export const SLOT_DEFAULT_DENY: usize = 33;
export const SLOT_UNDECIDED: usize = 34;
export const SLOT_STATE_UNAVAILABLE: usize = 35;
export const SLOT_FACT_UNAVAILABLE: usize = 36;
export const SLOT_RESULT_ALLOWED: usize = 37;
export const SLOT_PLAIN_LABEL: usize = 38;
export const SLOT_KEYED_LABEL: usize = 39;
export const SLOT_HEAD_STATE: usize = 40;
export const SLOT_HEAD_FACT: usize = 41;
export const SLOT_HEAD_DEFAULT: usize = 42;
export const SLOT_HEAD_DENY: usize = 43;
export const SLOT_HEAD_APPROVAL: usize = 44;
export const SLOT_HEAD_SANITIZE: usize = 45;
export const SLOT_HEAD_ALLOW: usize = 46;
export const SLOT_OBLIGATIONS_KEY: usize = 47;
export const SLOT_REASON_KEY: usize = 48;
export const SLOT_HINT_KEY: usize = 49;
export const SLOT_SHADOW_KEY: usize = 50;
export const SLOT_WAIVED_KEY: usize = 51;
export const SLOT_RESERVE_KEY: usize = 52;
export const SLOT_COUNTER_KEY: usize = 53;
export const SLOT_KEY_KEY: usize = 54;
export const SLOT_AMOUNT_KEY: usize = 55;
export const SLOT_RESERVE_END: usize = 56;
export const SLOT_COMMA_SPACE: usize = 57;
export const SLOT_REDACTED: usize = 58;
export const SLOT_ABSENT_WORD: usize = 59;

/** Records of the request: args, agent, context, result; then a zero, from which constants are counted. */
export const ROOTS: usize = 528;
/** Variables of quantifiers, the innermost last. */
export const LOCALS: usize = 552;
/** Numbers are printed here before they are copied. */
export const DIGITS: usize = 2608;

/** What an absent optional is, and what a value that is not of its type is. */
export const ABSENT: i64 = i64.MIN_VALUE;
export const BAD: i64 = i64.MIN_VALUE + 1;

export const MAX_INTEGER: i64 = 9007199254740991;

@inline
export function slot(index: usize): i64 {
  return load<i64>(HEADER + (index << 3));
}

@inline
export function text(address: usize, length: u32): i64 {
  return ((length as i64) << 32) | (address as i64);
}
@inline
export function start(whole: i64): usize {
  return whole as u32 as usize;
}
@inline
export function size(whole: i64): u32 {
  return (whole >>> 32) as u32;
}

/** A word that only parsed types look for, by its place among these. */
export function parsedWord(place: usize, length: u32): i64 {
  return text((slot(SLOT_PARSED_WORDS) as usize) + place, length);
}

/** First free byte, and the end of memory. Hosts grow memory behind our back, so each call looks anew. */
export let top: usize = slot(SLOT_HEAP) as usize;
export let limit: usize = 0;

export function setTop(address: usize): void {
  top = address;
  limit = (memory.size() as usize) << 16;
}

/** Ends the call: no host returns from it. */
export function fail(message: usize): void {
  opa_abort(message);
  unreachable();
}

const OUT_OF_MEMORY = memory.data<u8>([
  0x61, 0x65, 0x67, 0x69, 0x73, 0x3a, 0x20, 0x6f, 0x75, 0x74, 0x20, 0x6f, 0x66, 0x20, 0x6d, 0x65, 0x6d, 0x6f,
  0x72, 0x79, 0,
]);

/** Makes sure that memory reaches to `address` and some bytes further. */
@inline
export function ensure(address: usize): void {
  if (address + 64 > limit) grow(address);
}

function grow(address: usize): void {
  limit = (memory.size() as usize) << 16;
  if (address + 64 <= limit && address + 64 > address) return;
  const pages = ((address + 64 - limit) >>> 16) + 1;
  // Twice at best, so that long answers do not grow page by page.
  if (address + 64 < address) fail(OUT_OF_MEMORY);
  const wanted = max<usize>(pages, min<usize>(memory.size() as usize, 64));
  if (memory.grow(wanted as i32) < 0 && memory.grow(pages as i32) < 0) fail(OUT_OF_MEMORY);
  limit = (memory.size() as usize) << 16;
}

/** Eight bytes aligned; not cleared. */
export function alloc(bytes: usize): usize {
  return take(bytes);
}
/** `alloc` for what most requests do. */
@inline
export function take(bytes: usize): usize {
  const at = (top + 7) & ~7;
  const end = at + bytes;
  top = end;
  if (end + 64 > limit) grow(end);
  return at;
}

/** Never overlapping, or to a lower address. May write up to seven bytes behind the end. */
export function copy(to: usize, from: usize, bytes: usize): void {
  const end = to + bytes;
  while (to < end) {
    store<u64>(to, load<u64>(from));
    to += 8;
    from += 8;
  }
}

/** Whether two stretches are alike. May read up to seven bytes behind their ends. */
@inline
function areAlike(left: usize, right: usize, bytes: u32): bool {
  while (bytes >= 8) {
    if (load<u64>(left) != load<u64>(right)) return false;
    left += 8;
    right += 8;
    bytes -= 8;
  }
  return bytes == 0 || (load<u64>(left) ^ load<u64>(right)) << ((64 - (bytes << 3)) as u64) == 0;
}
export function sameBytes(left: usize, right: usize, bytes: u32): bool {
  return areAlike(left, right, bytes);
}

export function sameText(left: i64, right: i64): bool {
  return size(left) == size(right) && areAlike(start(left), start(right), size(left));
}

/** By bytes, as UTF-8 sorts. */
export function compareText(left: i64, right: i64): i32 {
  let a = start(left);
  let b = start(right);
  const end = a + min(size(left), size(right));
  while (a < end) {
    const difference = (load<u8>(a) as i32) - (load<u8>(b) as i32);
    if (difference != 0) return difference;
    a++;
    b++;
  }
  return (size(left) as i32) - (size(right) as i32);
}
