// Transitions of labels: what an event sets or clears.
//
// A transition: {label, clears, on, rules, when, each, number of keys, keys, when known at the start, key known at the start}.
import { ABSENT } from "./memory";
import { addMember, append, setEmpty, setText } from "./edit-nodes";
import { evaluate, holds, popLocal, pushLocal } from "./expressions";
import { cellKey } from "./keys";
import { clearLabel, clearedSince, setLabel } from "./label-cells";
import { ARRAY, OBJECT } from "./nodes";
import { isKeyed } from "./state-shape";
import { KEY, KEYS, LABEL, OP, WORD_CLEAR, WORD_SET, word } from "./state-words";

export const ON_CALL: u32 = 0;
export const ON_RESULT: u32 = 1;
export const ON_APPROVAL: u32 = 2;
export const ON_DENIED: u32 = 3;

/** Key of a cell; 0 for one without keys. */
function transitionKey(transition: usize): i64 {
  const number = load<u32>(transition, 24);
  return number == 0 ? 0 : cellKey(load<u32>(transition, 28), number);
}

/** Sets or clears where the condition holds; what began before a clear is void. Notes what it did in `applied`. */
export function carryOut(transition: usize, seq: i64, began: i64, applied: usize): void {
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
export function doubt(transition: usize, began: i64): void {
  const label = load<u32>(transition) as usize;
  const key = load<u32>(transition, 36) != 0 ? transitionKey(transition) : 0;
  if (load<u32>(transition, 4) != 0) clearLabel(label, key, false, began);
  else if (!clearedSince(label, key, began)) setLabel(label, key, 2);
}

/** Whether it is known at the start that the result will change nothing. */
export function isRuledOut(transition: usize): bool {
  if (load<u32>(transition, 32) == 0) return false;
  pushLocal(ABSENT);
  const isIn = holds(load<u32>(transition, 16));
  popLocal();
  return !isIn;
}

/** What the result may do: `keys` is null where only the result tells which. */
export function note(transition: usize, pending: usize): void {
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
