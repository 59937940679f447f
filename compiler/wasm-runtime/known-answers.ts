// Answers that depend on nothing but which rules of an action matched: printed once, and given again from behind the tables.
import { SLOT_KNOWN, copy, size, slot, start, text } from "./memory";
import { opening } from "./output";
import { firstPlace } from "./rules";

// {list of rules, which matched, what stands before the document, length}, then the text and a NUL.
const ENTRY_BITS: u32 = 8;
const ENTRY: usize = 1 << 8;
const HEAD: usize = 16;
/** Copies may write up to seven bytes behind the end. */
const MOST: u32 = 256 - 16 - 8;

/**
 * One of the two places where an answer may stand; the other one is its neighbour. The compiler gives each list its own first
 * place, so that in a small program no two answers want the same.
 */
@inline
function placeOf(list: usize, matched: u32): usize {
  const places = slot(SLOT_KNOWN);
  const index = firstPlace(list) + (matched ^ (matched >>> 7));
  return start(places) + ((index & size(places)) << ENTRY_BITS);
}

/** 0 where it is not known. */
@inline
export function recall(list: usize, matched: u32): i64 {
  let place = placeOf(list, matched);
  const key = (list as u64) | ((matched as u64) << 32);
  if (load<u64>(place) != key || load<u32>(place, 8) != (opening as u32)) {
    place ^= ENTRY;
    if (load<u64>(place) != key || load<u32>(place, 8) != (opening as u32)) return 0;
  }
  return text(place + HEAD, load<u32>(place, 12));
}

/** Where both places are taken, the first is given to the newcomer. */
export function remember(list: usize, matched: u32, document: i64): void {
  if (size(document) > MOST) return;
  let place = placeOf(list, matched);
  if (load<u32>(place) != 0 && load<u32>(place ^ ENTRY) == 0) place ^= ENTRY;
  store<u32>(place, list as u32);
  store<u32>(place, matched, 4);
  store<u32>(place, opening as u32, 8);
  store<u32>(place, size(document), 12);
  copy(place + HEAD, start(document), size(document) + 1);
}
