// Whether a pattern occurs in a text: a table of states over bytes, or where that would be too large a set of states.
import { alloc, size, start } from "./memory";

// {function that looks for it, start, number of classes, transitions, ends, classes of bytes}: the last three are addresses;
// transitions have one entry for each state and class.
// State 0 leads nowhere, state 1 has found a match; `ends` has a bit for each state in which the end of the text is a match.

/** By the number of a function, so that modules carry only those that their patterns need. */
export function occurs(pattern: usize, whole: i64): bool {
  return call_indirect<u32>(load<u32>(pattern), pattern, whole) != 0;
}

export function in_bytes(pattern: usize, whole: i64): u32 {
  return run(pattern, whole, 0);
}
export function in_words(pattern: usize, whole: i64): u32 {
  return run(pattern, whole, 1);
}

/** Entries of the transitions have one byte, or two where `wide` is 1. */
@inline
function run(pattern: usize, whole: i64, wide: usize): u32 {
  let state = load<u32>(pattern, 4);
  const columns = load<u32>(pattern, 8);
  const table = load<u32>(pattern, 12) as usize;
  const classes = load<u32>(pattern, 20) as usize;
  let at = start(whole);
  const end = at + size(whole);
  while (at < end) {
    const entry = table + ((state * columns + load<u8>(classes + load<u8>(at++))) << wide);
    state = wide ? load<u16>(entry) : load<u8>(entry);
    if (state < 2) return state;
  }
  return endsIn(pattern, state);
}

function endsIn(pattern: usize, state: u32): u32 {
  return ((load<u8>((load<u32>(pattern, 16) as usize) + (state >> 3)) as u32) >> (state & 7)) & 1;
}

// {function that looks for it, number of steps, entry}; then steps of {what, a, b, next} in 16 bytes.
const RANGE: u32 = 0;
const EITHER: u32 = 1;
const ASSERT: u32 = 2;
const FOUND: u32 = 3;

const AT_START: u32 = 0;
const AT_END: u32 = 1;

let program: usize = 0;
/** Steps to go on from, in order of arrival; where each stands there, so that none arrives twice. */
let list: usize = 0;
let listed: u32 = 0;
let places: usize = 0;
/** What stands before and behind the place: 0 no word character, 1 one, 2 the start or end. */
let before: u32 = 2;
let behind: u32 = 2;

function isWord(byte: u32): u32 {
  return (byte | 0x20) - 0x61 < 26 || byte - 0x30 < 10 || byte == 0x5f ? 1 : 0;
}

/** Adds a step and all that need no byte; true when the pattern is found. Needs no recursion: steps wait on a stack. */
function add(step: u32, stack: usize): bool {
  let waiting: u32 = 1;
  store<u32>(stack, step);
  while (waiting > 0) {
    const next = load<u32>(stack + (--waiting << 2));
    const place = load<u32>(places + (next << 2));
    if (place < listed && load<u32>(list + (place << 2)) == next) continue;
    store<u32>(places + (next << 2), listed);
    store<u32>(list + (listed++ << 2), next);
    const at = program + (next << 4);
    const what = load<u32>(at);
    if (what == FOUND) return true;
    if (what == EITHER) {
      store<u32>(stack + (waiting++ << 2), load<u32>(at, 8));
      store<u32>(stack + (waiting++ << 2), load<u32>(at, 4));
    } else if (what == ASSERT && holds(load<u32>(at, 4))) {
      store<u32>(stack + (waiting++ << 2), load<u32>(at, 12));
    }
  }
  return false;
}

function holds(what: u32): bool {
  if (what == AT_START) return before == 2;
  if (what == AT_END) return behind == 2;
  return (before == 1) != (behind == 1);
}

export function by_steps(pattern: usize, whole: i64): u32 {
  const steps = load<u32>(pattern, 4);
  const entry = load<u32>(pattern, 8);
  program = pattern + 16;
  const bytes = (steps as usize) << 2;
  const stack = alloc(bytes * 2 + 16);
  places = alloc(bytes);
  for (let step: u32 = 0; step < steps; step++) store<u32>(places + (step << 2), 0);
  // Steps behind the bytes read so far, not yet followed: what follows depends on the next byte too.
  let heads = alloc(bytes + 8);
  let spare = alloc(bytes + 8);
  list = alloc(bytes + 8);
  let waiting: u32 = 0;
  let at = start(whole);
  const end = at + size(whole);
  before = 2;
  while (true) {
    behind = at == end ? 2 : isWord(load<u8>(at));
    listed = 0;
    for (let index: u32 = 0; index < waiting; index++) if (add(load<u32>(heads + (index << 2)), stack)) return 1;
    if (add(entry, stack)) return 1;
    if (at == end) return 0;
    const byte: u32 = load<u8>(at++);
    waiting = 0;
    for (let index: u32 = 0; index < listed; index++) {
      const step = program + ((load<u32>(list + (index << 2)) as usize) << 4);
      if (load<u32>(step) == RANGE && byte >= load<u32>(step, 4) && byte <= load<u32>(step, 8)) {
        store<u32>(spare + (waiting++ << 2), load<u32>(step, 12));
      }
    }
    const last = heads;
    heads = spare;
    spare = last;
    before = isWord(byte);
  }
}
