// Calls in flight: begun, taken out again, and clears that none of them needs any more.
import { sameText } from "./memory";
import { addMember, append, removeBehind, setEmpty, setNumber, setText } from "./edit-nodes";
import { ARRAY, OBJECT, first, next, textOf } from "./nodes";
import { pairValue } from "./pairs";
import { calls, labels } from "./state-parts";
import {
  ACTION,
  APPLIED,
  CALL_ID,
  CLEARED,
  PENDING,
  RESERVED,
  SEQ,
  TOOL,
  integerOf,
  isA,
  member,
} from "./state-words";

/** Adds the call of an event, of which nothing is noted yet. */
export function addCall(event: usize, seq: i64): usize {
  const call = append(calls);
  setEmpty(call, OBJECT);
  setEmpty(addMember(call, RESERVED), ARRAY);
  setEmpty(addMember(call, APPLIED), ARRAY);
  setEmpty(addMember(call, PENDING), ARRAY);
  setText(addMember(call, ACTION), textOf(member(event, ACTION)));
  setText(addMember(call, TOOL), textOf(member(event, TOOL)));
  setNumber(addMember(call, SEQ), seq);
  setText(addMember(call, CALL_ID), textOf(member(event, CALL_ID)));
  return call;
}

/** Takes the call that an event is about out of those in flight; 0 when there is none. */
export function takeCall(event: usize): usize {
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

/** Forgets clears that no call in flight began before. */
export function prune(): void {
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
