// Whether a value looks like a state: what hosts keep and give back unchanged.
import { BAD, SLOT_COUNTERS, SLOT_LABELS, sameText, slot } from "./memory";
import { ARRAY, FALSE, OBJECT, STRING, TRUE, first, next, tag, textOf } from "./nodes";
import { isPairs, pairValue } from "./pairs";
import {
  ACTION,
  AMOUNT,
  APPLIED,
  BROKEN,
  BUCKET,
  CALLS,
  CALL_ID,
  CLEARED,
  COUNTER,
  COUNTERS,
  FULL,
  KEY,
  KEYS,
  LABEL,
  LABELS,
  PENDING,
  RESERVED,
  SCHEMA,
  SEQ,
  TOOL,
  VALUE_OF,
  integerOf,
  isA,
  member,
} from "./state-words";

// Labels: {id, whether keyed, most keys} in 16 bytes. Keys are text, 0 where there is none or it is not known.

export function labelOf(id: i64): usize {
  return definition(slot(SLOT_LABELS) as usize, id);
}
// Counters: {id, whether keyed, most keys, window} in 24 bytes.
export function counterOf(id: i64): usize {
  return definition(slot(SLOT_COUNTERS) as usize, id);
}
/** Of a table: number; addresses. */
export function definition(table: usize, id: i64): usize {
  const end = table + 4 + (load<u32>(table) << 2);
  for (let entry = table + 4; entry < end; entry += 4) {
    const found = load<u32>(entry) as usize;
    if (sameText(load<i64>(found), id)) return found;
  }
  return 0;
}
@inline
export function isKeyed(label: usize): bool {
  return load<u32>(label, 8) != 0;
}

export function isState(state: usize): bool {
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
export function isNamed(object: usize): bool {
  return (
    isA(object, OBJECT) &&
    isA(member(object, CALL_ID), STRING) &&
    isA(member(object, TOOL), STRING) &&
    isA(member(object, ACTION), STRING)
  );
}
