// The fold of events over state: `{state, event}` in, the next state out, as the runtime's state machine does it.
//
// The state is changed where the reader of JSON has put it, and printed. What is no such pair has no next state.
import {
  ABSENT,
  BAD,
  MAX_INTEGER,
  SLOT_COUNTERS,
  SLOT_DIGEST,
  SLOT_LABELS,
  SLOT_KEYED_LABEL,
  SLOT_MEMBERS,
  SLOT_PLAIN_LABEL,
  alloc,
  compareText,
  sameText,
  slot,
} from "./memory";
import { evaluate, holds, popLocal, pushLocal } from "./expressions";
import { integerText, keep, scaled } from "./number";
import { action, status, validateEvent } from "./request";
import {
  ARRAY,
  FALSE,
  NODE,
  NULL,
  NUMBER,
  OBJECT,
  STRING,
  TRUE,
  count,
  find,
  first,
  next,
  tag,
  textOf,
} from "./nodes";
import { scan } from "./scan";
import { VALUE } from "./scan-mode";
import { cellKey } from "./state";
import { parseTime } from "./time";

/** Names of members, by number; the compiler fills the table. */
const STATE: u32 = 0;
const EVENT: u32 = 1;
const SCHEMA: u32 = 2;
const SEQ: u32 = 3;
const BROKEN: u32 = 4;
const LABELS: u32 = 5;
const COUNTERS: u32 = 6;
const CALLS: u32 = 7;
const VALUE_OF: u32 = 8;
const CLEARED: u32 = 9;
const KEYS: u32 = 10;
const FULL: u32 = 11;
const PHASE: u32 = 12;
const CALL_ID: u32 = 13;
const TIME: u32 = 14;
const RULES: u32 = 15;
const PENDING: u32 = 16;
const APPLIED: u32 = 17;
const RESERVED: u32 = 18;
const LABEL: u32 = 19;
const OP: u32 = 20;
const KEY: u32 = 21;
const COUNTER: u32 = 22;
const BUCKET: u32 = 23;
const AMOUNT: u32 = 24;
const TOOL: u32 = 25;
const ACTION: u32 = 26;
const WORD_SET: u32 = 27;
const WORD_CLEAR: u32 = 28;
const WORD_MAYBE: u32 = 29;
const STARTED: u32 = 30;
const FINISHED: u32 = 31;
const ABANDONED: u32 = 32;
const APPROVED: u32 = 33;
const DENIED: u32 = 34;

@inline
function word(index: u32): i64 {
  return load<i64>((slot(SLOT_MEMBERS) as usize) + (index << 3));
}
@inline
function member(object: usize, index: u32): usize {
  return find(object, word(index));
}

function isA(node: usize, kind: u32): bool {
  return node != 0 && tag(node) == kind;
}
function isText(node: usize, index: u32): bool {
  return isA(node, STRING) && sameText(textOf(node), word(index));
}
/** A whole number, or `BAD`. */
function integerOf(node: usize): i64 {
  return isA(node, NUMBER) ? scaled(textOf(node), 0) : BAD;
}

// Building and changing what the reader has put into memory.

function setNumber(node: usize, value: i64): void {
  store<u32>(node, NUMBER);
  store<i64>(node, keep(integerText(value)), 4);
}
function setText(node: usize, value: i64): void {
  store<u32>(node, STRING);
  store<i64>(node, value, 4);
}
function setEmpty(node: usize, kind: u32): void {
  store<u32>(node, kind);
  store<u64>(node, 0, 4);
}
/** `false`, `true` or `"maybe"` by certainty 0, 1, 2. */
function setCertainty(node: usize, certainty: u32): void {
  if (certainty == 2) setText(node, word(WORD_MAYBE));
  else setEmpty(node, certainty == 1 ? TRUE : FALSE);
}
function certaintyOf(node: usize): u32 {
  return tag(node) == STRING ? 2 : tag(node) == TRUE ? 1 : 0;
}

/** A new item behind `before`, or in front where that is 0. */
function insert(list: usize, before: usize): usize {
  const item = alloc(NODE);
  setEmpty(item, NULL);
  const link = before == 0 ? list + 4 : before + 12;
  store<u32>(item, load<u32>(link), 12);
  store<u32>(link, item as u32);
  store<u32>(list, count(list) + 1, 8);
  return item;
}
function append(list: usize): usize {
  let last: usize = 0;
  for (let item = first(list); item != 0; item = next(item)) last = item;
  return insert(list, last);
}
/** Takes out the item behind `before`, or the first where that is 0. */
function removeBehind(list: usize, before: usize): void {
  const link = before == 0 ? list + 4 : before + 12;
  store<u32>(link, load<u32>((load<u32>(link) as usize) + 12));
  store<u32>(list, count(list) - 1, 8);
}
/** The value of a new member, put in front. */
function addMember(object: usize, index: u32): usize {
  const key = alloc(NODE * 2);
  setText(key, word(index));
  store<u32>(key, load<u32>(object, 4), 12);
  setEmpty(key + NODE, NULL);
  store<u32>(key, 0, NODE + 12);
  store<u32>(object, key as u32, 4);
  store<u32>(object, count(object) + 1, 8);
  return key + NODE;
}

// Lists of pairs: `[[key, value], …]`.

/** The value of a pair. */
function pairValue(pair: usize): usize {
  return next(first(pair));
}
function isPairs(list: usize): bool {
  if (!isA(list, ARRAY)) return false;
  for (let pair = first(list); pair != 0; pair = next(pair)) {
    if (tag(pair) != ARRAY || count(pair) != 2) return false;
  }
  return true;
}
/** The value under a key, or 0. */
function lookup(list: usize, key: i64): usize {
  for (let pair = first(list); pair != 0; pair = next(pair)) {
    const name = first(pair);
    if (tag(name) == STRING && sameText(textOf(name), key)) return pairValue(pair);
  }
  return 0;
}
function newPair(pair: usize, key: i64): usize {
  setEmpty(pair, ARRAY);
  setText(append(pair), key);
  return append(pair);
}
/** The value under a key, which is put where it belongs if it is not there. */
function sortedEntry(list: usize, key: i64): usize {
  const known = lookup(list, key);
  if (known != 0) return known;
  let before: usize = 0;
  for (let pair = first(list); pair != 0 && compareText(textOf(first(pair)), key) < 0; pair = next(pair)) before = pair;
  return newPair(insert(list, before), key);
}
function removeKey(list: usize, key: i64): void {
  let before: usize = 0;
  for (let pair = first(list); pair != 0; pair = next(pair)) {
    if (sameText(textOf(first(pair)), key)) return removeBehind(list, before);
    before = pair;
  }
}

let labels: usize = 0;
let counters: usize = 0;
let calls: usize = 0;

// Labels: {id, whether keyed, most keys} in 16 bytes. Keys are text, 0 where there is none or it is not known.

function labelOf(id: i64): usize {
  return definition(slot(SLOT_LABELS) as usize, id);
}
// Counters: {id, whether keyed, most keys, window} in 24 bytes.
function counterOf(id: i64): usize {
  return definition(slot(SLOT_COUNTERS) as usize, id);
}
/** Of a table: number; addresses. */
function definition(table: usize, id: i64): usize {
  const end = table + 4 + (load<u32>(table) << 2);
  for (let entry = table + 4; entry < end; entry += 4) {
    const found = load<u32>(entry) as usize;
    if (sameText(load<i64>(found), id)) return found;
  }
  return 0;
}
@inline
function isKeyed(label: usize): bool {
  return load<u32>(label, 8) != 0;
}

/** The state of a label, which begins with nothing set. */
function labelState(label: usize): usize {
  const known = lookup(labels, load<i64>(label));
  if (known != 0) return known;
  const state = newPair(append(labels), load<i64>(label));
  const begin = slot(isKeyed(label) ? SLOT_KEYED_LABEL : SLOT_PLAIN_LABEL);
  // The reader writes a NUL behind what it reads, so it reads a copy.
  const kept = keep(begin);
  const root = scan(kept as u32 as usize, (kept >>> 32) as u32, 8, VALUE);
  store<u32>(state, load<u32>(root));
  store<u64>(state, load<u64>(root, 4), 4);
  return state;
}

function setFull(state: usize): void {
  setEmpty(member(state, FULL), TRUE);
}
function doubtAll(state: usize): void {
  for (let pair = first(member(state, KEYS)); pair != 0; pair = next(pair)) setCertainty(pairValue(pair), 2);
}

/** An uncertain set (2) never overwrites a certain one (1). */
function setLabel(label: usize, key: i64, certainty: u32): void {
  const state = labelState(label);
  if (!isKeyed(label)) {
    const value = member(state, VALUE_OF);
    setCertainty(value, certaintyOf(value) == 1 ? 1 : certainty);
    return;
  }
  if (key == 0) return setFull(state);
  const keys = member(state, KEYS);
  const known = lookup(keys, key);
  if (known == 0 && count(keys) >= load<u32>(label, 12)) return setFull(state);
  const entry = sortedEntry(keys, key);
  setCertainty(entry, known != 0 && certaintyOf(entry) == 1 ? 1 : certainty);
}

function clearLabel(label: usize, key: i64, certain: bool, seq: i64): void {
  const state = labelState(label);
  if (!isKeyed(label)) {
    const value = member(state, VALUE_OF);
    if (certain) {
      setCertainty(value, 0);
      setNumber(member(state, CLEARED), seq);
    } else if (certaintyOf(value) != 0) setCertainty(value, 2);
    return;
  }
  if (key == 0) return doubtAll(state);
  const keys = member(state, KEYS);
  if (!certain) {
    const entry = lookup(keys, key);
    if (entry != 0) setCertainty(entry, 2);
    return;
  }
  setNumber(sortedEntry(member(state, CLEARED), key), seq);
  removeKey(keys, key);
}

/** What a call changed is doubtful in both directions. */
function doubtLabel(label: usize, key: i64): void {
  const state = labelState(label);
  if (!isKeyed(label)) return setCertainty(member(state, VALUE_OF), 2);
  if (key == 0) {
    setFull(state);
    return doubtAll(state);
  }
  const keys = member(state, KEYS);
  if (lookup(keys, key) == 0 && count(keys) >= load<u32>(label, 12)) return setFull(state);
  setCertainty(sortedEntry(keys, key), 2);
}

/** Whether the label was cleared after a call began. */
function clearedSince(label: usize, key: i64, began: i64): bool {
  const state = lookup(labels, load<i64>(label));
  if (state == 0) return false;
  const cleared = member(state, CLEARED);
  if (!isKeyed(label)) return integerOf(cleared) > began;
  for (let pair = first(cleared); pair != 0; pair = next(pair)) {
    if (integerOf(pairValue(pair)) > began && (key == 0 || sameText(textOf(first(pair)), key))) return true;
  }
  return false;
}

/** Forgets clears that no call in flight began before. */
function prune(): void {
  let oldest = i64.MAX_VALUE;
  for (let call = first(calls); call != 0; call = next(call)) oldest = min(oldest, integerOf(member(call, SEQ)));
  for (let pair = first(labels); pair != 0; pair = next(pair)) {
    const cleared = member(pairValue(pair), CLEARED);
    if (!isA(cleared, ARRAY)) continue;
    let before: usize = 0;
    for (let each = first(cleared); each != 0; each = next(each)) {
      if (integerOf(pairValue(each)) <= oldest) removeBehind(cleared, before);
      else before = each;
    }
  }
}

// Plans: numbers of transitions and of counters, addresses of both.
// A transition: {label, clears, on, rules, when, each, number of keys, keys, when known at the start, key known at the start}.
const ON_CALL: u32 = 0;
const ON_RESULT: u32 = 1;
const ON_APPROVAL: u32 = 2;
const ON_DENIED: u32 = 3;

/** Key of a cell; 0 for one without keys. */
function keyOf(number: u32, keys: usize): i64 {
  return number == 0 ? 0 : cellKey(keys, number);
}
@inline
function transitionKey(transition: usize): i64 {
  return keyOf(load<u32>(transition, 24), load<u32>(transition, 28));
}

/** Sets or clears where the condition holds; what began before a clear is void. Notes what it did in `applied`. */
function carryOut(transition: usize, seq: i64, began: i64, applied: usize): void {
  const each = load<u32>(transition, 20) as usize;
  if (each == 0) return carryOutOne(transition, seq, began, applied);
  const list = evaluate(each) as usize;
  const end = list + 8 + (load<u32>(list) << 3);
  for (let item = list + 8; item < end; item += 8) {
    pushLocal(load<i64>(item));
    carryOutOne(transition, seq, began, applied);
    popLocal();
  }
}

function carryOutOne(transition: usize, seq: i64, began: i64, applied: usize): void {
  if (!holds(load<u32>(transition, 16))) return;
  const label = load<u32>(transition) as usize;
  const key = transitionKey(transition);
  if (load<u32>(transition, 4) != 0) clearLabel(label, key, true, seq);
  else if (clearedSince(label, key, began)) return;
  else setLabel(label, key, 1);
  if (applied == 0) return;
  const note = append(applied);
  setEmpty(note, OBJECT);
  const noted = addMember(note, KEY);
  if (isKeyed(label)) setText(noted, key);
  setText(addMember(note, LABEL), load<i64>(label));
}

/** The call ran, but what it answered is not known. */
function doubt(transition: usize, began: i64): void {
  const label = load<u32>(transition) as usize;
  const key = load<u32>(transition, 36) != 0 ? transitionKey(transition) : 0;
  if (load<u32>(transition, 4) != 0) clearLabel(label, key, false, began);
  else if (!clearedSince(label, key, began)) setLabel(label, key, 2);
}

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
function settle(id: i64, key: i64, bucket: i64, reserved: i64, used: i64): void {
  const keys = lookup(counters, id);
  const buckets = keys == 0 ? 0 : lookup(keys, key);
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
function reserve(entry: usize, time: i64, reserved: usize): void {
  const counter = load<u32>(entry) as usize;
  const key = load<u32>(entry, 4) == 0 ? slotEmpty() : keyOf(load<u32>(entry, 4), load<u32>(entry, 8));
  const amount = evaluate(load<u32>(entry, 12));
  let keys = lookup(counters, load<i64>(counter));
  if (keys != 0) forgetExpired(counter, keys, time);
  let buckets = keys == 0 ? 0 : lookup(keys, key);
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

/** False, and nothing changed, where an amount is negative. */
function start(plan: usize, event: usize, seq: i64, time: i64): bool {
  const transitions = load<u32>(plan);
  const entries = load<u32>(plan, 4);
  const reservations = plan + 8 + (transitions << 2);
  for (let entry: usize = reservations; entry < reservations + (entries << 2); entry += 4) {
    if (evaluate(load<u32>(load<u32>(entry), 12)) < 0) return false;
  }
  const call = alloc(NODE);
  setEmpty(call, OBJECT);
  const reserved = addMember(call, RESERVED);
  const applied = addMember(call, APPLIED);
  const pending = addMember(call, PENDING);
  setEmpty(reserved, ARRAY);
  setEmpty(applied, ARRAY);
  setEmpty(pending, ARRAY);
  for (let index: u32 = 0; index < transitions; index++) {
    const transition = load<u32>(plan + 8 + (index << 2)) as usize;
    const on = load<u32>(transition, 8);
    if (on == ON_CALL) carryOut(transition, seq, i64.MAX_VALUE, applied);
    if (on == ON_RESULT && !isRuledOut(transition)) note(transition, append(pending));
  }
  for (let entry: usize = reservations; entry < reservations + (entries << 2); entry += 4) {
    reserve(load<u32>(entry), time, reserved);
  }
  setText(addMember(call, ACTION), textOf(member(event, ACTION)));
  setText(addMember(call, TOOL), textOf(member(event, TOOL)));
  setNumber(addMember(call, SEQ), seq);
  setText(addMember(call, CALL_ID), textOf(member(event, CALL_ID)));
  const added = append(calls);
  store<u32>(added, load<u32>(call));
  store<u64>(added, load<u64>(call, 4), 4);
  return true;
}

/** Whether it is known at the start that the result will change nothing. */
function isRuledOut(transition: usize): bool {
  if (load<u32>(transition, 32) == 0) return false;
  pushLocal(ABSENT);
  const isIn = holds(load<u32>(transition, 16));
  popLocal();
  return !isIn;
}

/** What the result may do: `keys` is null where only the result tells which. */
function note(transition: usize, pending: usize): void {
  const label = load<u32>(transition) as usize;
  setEmpty(pending, OBJECT);
  const keys = addMember(pending, KEYS);
  if (!isKeyed(label)) setEmpty(keys, ARRAY);
  else if (load<u32>(transition, 36) != 0) {
    setEmpty(keys, ARRAY);
    setText(append(keys), transitionKey(transition));
  }
  setText(addMember(pending, OP), word(load<u32>(transition, 4) != 0 ? WORD_CLEAR : WORD_SET));
  setText(addMember(pending, LABEL), load<i64>(label));
}

/** Takes the call that an event is about out of those in flight; 0 when there is none. */
function takeCall(event: usize): usize {
  let before: usize = 0;
  for (let call = first(calls); call != 0; call = next(call)) {
    if (isSame(call, event, CALL_ID) && isSame(call, event, TOOL) && isSame(call, event, ACTION)) {
      removeBehind(calls, before);
      return call;
    }
    before = call;
  }
  return 0;
}
function isSame(call: usize, event: usize, index: u32): bool {
  return sameText(textOf(member(call, index)), textOf(member(event, index)));
}

function finish(plan: usize, event: usize, seq: i64): void {
  // A finish without its start is a forged or repeated result: it changes nothing.
  const call = takeCall(event);
  if (call == 0) return;
  const began = integerOf(member(call, SEQ));
  const transitions = load<u32>(plan);
  for (let index: u32 = 0; index < transitions; index++) {
    const transition = load<u32>(plan + 8 + (index << 2)) as usize;
    if (load<u32>(transition, 8) != ON_RESULT) continue;
    const isKnown = load<u32>(transition, 32) != 0 && load<u32>(transition, 36) != 0;
    if (status == 2 && !isKnown) doubt(transition, began);
    else carryOut(transition, seq, began, 0);
  }
  if (status != 0) return;
  const entries = load<u32>(plan, 4);
  for (let index: u32 = 0; index < entries; index++) {
    const entry = load<u32>(plan + 8 + ((transitions + index) << 2)) as usize;
    if (load<u32>(entry, 16) == 0) continue;
    const used = evaluate(load<u32>(entry, 16));
    // A negative or unreadable amount would refund the budget: the reservation stands.
    if (used < 0) continue;
    giveBack(call, load<i64>(load<u32>(entry) as usize), used);
  }
}

/** Settles reservations of a call at what was used, those of one counter, or of every one where `id` is 0. */
function giveBack(call: usize, id: i64, used: i64): void {
  for (let each = first(member(call, RESERVED)); each != 0; each = next(each)) {
    const counter = textOf(member(each, COUNTER));
    if (id != 0 ? !sameText(counter, id) : counterOf(counter) == 0) continue;
    const bucket = integerOf(member(each, BUCKET));
    settle(counter, textOf(member(each, KEY)), bucket, integerOf(member(each, AMOUNT)), used);
  }
}

function abandon(event: usize): void {
  const call = takeCall(event);
  if (call == 0) return;
  giveBack(call, 0, 0);
  for (let each = first(member(call, APPLIED)); each != 0; each = next(each)) {
    const label = labelOf(textOf(member(each, LABEL)));
    const key = member(each, KEY);
    if (label != 0) doubtLabel(label, tag(key) == STRING ? textOf(key) : 0);
  }
}

/** Transitions on an approval or a denial, of any rule or of one that the event names. */
function decided(plan: usize, event: usize, seq: i64, on: u32): void {
  const transitions = load<u32>(plan);
  for (let index: u32 = 0; index < transitions; index++) {
    const transition = load<u32>(plan + 8 + (index << 2)) as usize;
    if (load<u32>(transition, 8) != on) continue;
    const rules = load<u32>(transition, 12) as usize;
    if (rules == 0 || namesOneOf(member(event, RULES), rules)) carryOut(transition, seq, i64.MAX_VALUE, 0);
  }
}

function namesOneOf(given: usize, rules: usize): bool {
  if (!isA(given, ARRAY)) return false;
  const end = rules + 8 + (load<u32>(rules) << 3);
  for (let item = first(given); item != 0; item = next(item)) {
    if (tag(item) != STRING) continue;
    for (let rule = rules + 8; rule < end; rule += 8) if (sameText(load<i64>(rule), textOf(item))) return true;
  }
  return false;
}

/** Whether it looks like a state: what hosts keep and give back unchanged. */
function isState(state: usize): bool {
  if (!isA(state, OBJECT) || !isA(member(state, SCHEMA), STRING) || integerOf(member(state, SEQ)) == BAD) return false;
  const broken = member(state, BROKEN);
  if (!isA(broken, TRUE) && !isA(broken, FALSE)) return false;
  const inFlight = member(state, CALLS);
  if (!isPairs(member(state, LABELS)) || !isPairs(member(state, COUNTERS)) || !isA(inFlight, ARRAY)) return false;
  for (let pair = first(member(state, LABELS)); pair != 0; pair = next(pair)) if (!isLabelState(pair)) return false;
  for (let pair = first(member(state, COUNTERS)); pair != 0; pair = next(pair)) if (!isCounterState(pair)) return false;
  for (let call = first(inFlight); call != 0; call = next(call)) if (!isCall(call)) return false;
  return true;
}

function isLabelState(pair: usize): bool {
  const id = first(pair);
  const state = pairValue(pair);
  if (tag(id) != STRING || tag(state) != OBJECT) return false;
  const label = labelOf(textOf(id));
  const cleared = member(state, CLEARED);
  // Those of a label that is no longer declared are kept as they are.
  if (label == 0) return cleared != 0;
  if (!isKeyed(label)) return member(state, VALUE_OF) != 0 && integerOf(cleared) != BAD;
  return areKeyed(member(state, KEYS), false) && areKeyed(cleared, true) && member(state, FULL) != 0;
}

/** Pairs of text and anything, or a whole number. */
function areKeyed(list: usize, numbers: bool): bool {
  if (!isPairs(list)) return false;
  for (let pair = first(list); pair != 0; pair = next(pair)) {
    if (tag(first(pair)) != STRING || (numbers && integerOf(pairValue(pair)) == BAD)) return false;
  }
  return true;
}

function isCounterState(pair: usize): bool {
  const keys = pairValue(pair);
  if (tag(first(pair)) != STRING || !areKeyed(keys, false)) return false;
  for (let entry = first(keys); entry != 0; entry = next(entry)) {
    if (!isPairs(pairValue(entry))) return false;
    for (let bucket = first(pairValue(entry)); bucket != 0; bucket = next(bucket)) {
      if (integerOf(first(bucket)) == BAD || integerOf(pairValue(bucket)) == BAD) return false;
    }
  }
  return true;
}

function isCall(call: usize): bool {
  if (!isNamed(call) || integerOf(member(call, SEQ)) == BAD || !isA(member(call, PENDING), ARRAY)) return false;
  const applied = member(call, APPLIED);
  const reserved = member(call, RESERVED);
  if (!isA(applied, ARRAY) || !isA(reserved, ARRAY)) return false;
  for (let each = first(applied); each != 0; each = next(each)) {
    if (tag(each) != OBJECT || !isA(member(each, LABEL), STRING) || member(each, KEY) == 0) return false;
  }
  for (let each = first(reserved); each != 0; each = next(each)) {
    if (tag(each) != OBJECT || !isA(member(each, COUNTER), STRING) || !isA(member(each, KEY), STRING)) return false;
    if (integerOf(member(each, BUCKET)) == BAD || integerOf(member(each, AMOUNT)) == BAD) return false;
  }
  return true;
}

/** Whether it has the names of a call. */
function isNamed(object: usize): bool {
  return (
    isA(object, OBJECT) &&
    isA(member(object, CALL_ID), STRING) &&
    isA(member(object, TOOL), STRING) &&
    isA(member(object, ACTION), STRING)
  );
}

/** The next state, or 0 for what is no state and event. */
export function advance(root: usize): usize {
  if (!isA(root, OBJECT)) return 0;
  const state = member(root, STATE);
  const event = member(root, EVENT);
  if (!isState(state) || !isNamed(event) || !isA(member(event, PHASE), STRING) || !isA(member(event, TIME), STRING)) return 0;
  const seq = integerOf(member(event, SEQ));
  if (seq == BAD) return 0;
  if (tag(member(state, BROKEN)) == TRUE || seq <= integerOf(member(state, SEQ))) return state;
  setNumber(member(state, SEQ), seq);
  labels = member(state, LABELS);
  counters = member(state, COUNTERS);
  calls = member(state, CALLS);
  const isCurrent = sameText(textOf(member(state, SCHEMA)), slot(SLOT_DIGEST));
  const phase = member(event, PHASE);
  const time = parseTime(textOf(member(event, TIME)));
  if (!isCurrent || time == BAD || !validateEvent(event, isText(phase, FINISHED))) {
    // Anybody can send a call that is not valid: that it was denied says nothing, and breaks nothing.
    if (!isCurrent || !isText(phase, DENIED)) setEmpty(member(state, BROKEN), TRUE);
    return state;
  }
  const plan = load<u32>(action, 40) as usize;
  if (isText(phase, STARTED)) {
    if (!start(plan, event, seq, time)) {
      setEmpty(member(state, BROKEN), TRUE);
      return state;
    }
  } else if (isText(phase, FINISHED)) finish(plan, event, seq);
  else if (isText(phase, ABANDONED)) abandon(event);
  else if (isText(phase, APPROVED)) decided(plan, event, seq, ON_APPROVAL);
  else if (isText(phase, DENIED)) decided(plan, event, seq, ON_DENIED);
  prune();
  return state;
}
