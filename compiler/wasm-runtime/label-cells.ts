// Labels of a state: set, cleared, doubted.
import { SLOT_KEYED_LABEL, SLOT_PLAIN_LABEL, sameText, slot } from "./memory";
import { append, certaintyOf, setCertainty, setEmpty, setNumber } from "./edit-nodes";
import { TRUE, count, first, next, textOf } from "./nodes";
import { keep } from "./number";
import { lookup, newPair, pairValue, removeKey, sortedEntry } from "./pairs";
import { scan } from "./scan";
import { VALUE } from "./scan-mode";
import { isKeyed } from "./state-shape";
import { labels } from "./state-parts";
import { CLEARED, FULL, KEYS, VALUE_OF, integerOf, member } from "./state-words";

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
export function setLabel(label: usize, key: i64, certainty: u32): void {
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

export function clearLabel(label: usize, key: i64, certain: bool, seq: i64): void {
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
export function doubtLabel(label: usize, key: i64): void {
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
export function clearedSince(label: usize, key: i64, began: i64): bool {
  const state = lookup(labels, load<i64>(label));
  if (state == 0) return false;
  const cleared = member(state, CLEARED);
  if (!isKeyed(label)) return integerOf(cleared) > began;
  for (let pair = first(cleared); pair != 0; pair = next(pair)) {
    if (integerOf(pairValue(pair)) > began && (key == 0 || sameText(textOf(first(pair)), key))) return true;
  }
  return false;
}
