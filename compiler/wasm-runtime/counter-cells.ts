// Counters of a state: amounts in buckets of time.
import { MAX_INTEGER, SLOT_MEMBERS, alloc, slot } from "./memory";
import { addMember, append, insert, removeBehind, setEmpty, setNumber, setText } from "./edit-nodes";
import { evaluate } from "./expressions";
import { cellKey } from "./keys";
import { ARRAY, NODE, OBJECT, count, first, next } from "./nodes";
import { lookup, newPair, pairValue } from "./pairs";
import { counters } from "./state-parts";
import { AMOUNT, BUCKET, COUNTER, KEY, integerOf } from "./state-words";

function clamped(value: i64): i64 {
  return value < 0 ? 0 : value > MAX_INTEGER ? MAX_INTEGER : value;
}

const BUCKETS: i64 = 60;

function bucketOf(counter: usize, time: i64): i64 {
  const window = load<i64>(counter, 16);
  return window == 0 ? 0 : time / (window / BUCKETS);
}

/** Adds to the newest bucket and gives its number. */
function addToBuckets(counter: usize, buckets: usize, bucket: i64, amount: i64): i64 {
  let last: usize = 0;
  for (let each = first(buckets); each != 0; each = next(each)) last = each;
  const newest = last == 0 ? bucket : integerOf(first(last));
  const target = max(bucket, newest);
  if (load<i64>(counter, 16) != 0) {
    let before: usize = 0;
    for (let each = first(buckets); each != 0; each = next(each)) {
      if (integerOf(first(each)) < target - BUCKETS) removeBehind(buckets, before);
      else before = each;
    }
    last = before;
  }
  if (last != 0 && integerOf(first(last)) == target) {
    setNumber(pairValue(last), clamped(integerOf(pairValue(last)) + amount));
    return target;
  }
  const added = insert(buckets, last);
  setEmpty(added, ARRAY);
  setNumber(append(added), target);
  setNumber(append(added), clamped(amount));
  return target;
}

/** Replaces what was reserved by what was used, where the bucket is still there. */
export function settle(id: i64, key: i64, bucket: i64, reserved: i64, used: i64): void {
  const keys = lookup(counters, id);
  const buckets: usize = keys == 0 ? 0 : lookup(keys, key);
  if (buckets == 0) return;
  for (let each = first(buckets); each != 0; each = next(each)) {
    const amount = pairValue(each);
    if (integerOf(first(each)) == bucket) setNumber(amount, clamped(integerOf(amount) - reserved + used));
  }
}

/** Forgets keys of which nothing can count any more. */
function forgetExpired(counter: usize, keys: usize, time: i64): void {
  if (load<u32>(counter, 8) == 0 || load<i64>(counter, 16) == 0) return;
  const oldest = bucketOf(counter, time) - BUCKETS;
  let before: usize = 0;
  for (let pair = first(keys); pair != 0; pair = next(pair)) {
    let counts = false;
    for (let each = first(pairValue(pair)); each != 0; each = next(each)) {
      if (integerOf(first(each)) >= oldest) counts = true;
    }
    if (counts) before = pair;
    else removeBehind(keys, before);
  }
}

/** Reserves what the call takes from a counter. */
export function reserve(entry: usize, time: i64, reserved: usize): void {
  const counter = load<u32>(entry) as usize;
  const key = load<u32>(entry, 4) == 0 ? slotEmpty() : cellKey(load<u32>(entry, 8), load<u32>(entry, 4));
  const amount = evaluate(load<u32>(entry, 12));
  let keys = lookup(counters, load<i64>(counter));
  if (keys != 0) forgetExpired(counter, keys, time);
  let buckets: usize = keys == 0 ? 0 : lookup(keys, key);
  if (buckets == 0) {
    if (keys == 0) {
      keys = newPair(append(counters), load<i64>(counter));
      setEmpty(keys, ARRAY);
    }
    // One key too many makes the cell unreadable; more need not be remembered.
    if (count(keys) <= load<u32>(counter, 12)) buckets = newPair(append(keys), key);
    else buckets = alloc(NODE);
    setEmpty(buckets, ARRAY);
  }
  const bucket = addToBuckets(counter, buckets, bucketOf(counter, time), amount);
  const note = append(reserved);
  setEmpty(note, OBJECT);
  setNumber(addMember(note, AMOUNT), amount);
  setNumber(addMember(note, BUCKET), bucket);
  setText(addMember(note, KEY), key);
  setText(addMember(note, COUNTER), load<i64>(counter));
}

/** The key of a counter without keys. */
@inline
function slotEmpty(): i64 {
  return slot(SLOT_MEMBERS) & 0xffffffff;
}
