// The fold of events over state: `{state, event}` in, the next state out, as the runtime's state machine does it.
//
// The state is changed where the reader of JSON has put it, and printed. What is no such pair has no next state.
import { BAD, SLOT_COUNTER_EVENTS, SLOT_DIGEST, SLOT_LABEL_EVENTS, sameText, slot } from "./memory";
import { addCall, prune, takeCall } from "./calls";
import { setEmpty, setNumber } from "./edit-nodes";
import { OBJECT, STRING, TRUE, tag, textOf } from "./nodes";
import { action } from "./actions";
import { validateEvent } from "./request";
import { setParts } from "./state-parts";
import { isNamed, isState } from "./state-shape";
import {
  ABANDONED,
  APPROVED,
  BROKEN,
  DENIED,
  EVENT,
  FINISHED,
  PHASE,
  SCHEMA,
  SEQ,
  STARTED,
  STATE,
  TIME,
  integerOf,
  isA,
  isText,
  member,
} from "./state-words";
import { parseTime } from "./time";

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
  setParts(state);
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
    if (counterEvents(STARTED, plan, 0, time) == 0) {
      setEmpty(member(state, BROKEN), TRUE);
      return state;
    }
    const call = addCall(event, seq);
    labelEvents(STARTED, plan, event, call, seq);
    counterEvents(STARTED, plan, call, time);
  } else if (isText(phase, FINISHED)) end(FINISHED, plan, event, seq, time);
  else if (isText(phase, ABANDONED)) end(ABANDONED, plan, event, seq, time);
  else if (isText(phase, APPROVED)) labelEvents(APPROVED, plan, event, 0, seq);
  else if (isText(phase, DENIED)) labelEvents(DENIED, plan, event, 0, seq);
  prune();
  return state;
}

/** The call in flight ends. An end without its start is a forged or repeated one: it changes nothing. */
function end(what: u32, plan: usize, event: usize, seq: i64, time: i64): void {
  const call = takeCall(event);
  if (call == 0) return;
  labelEvents(what, plan, event, call, seq);
  counterEvents(what, plan, call, time);
}

function labelEvents(what: u32, plan: usize, event: usize, call: usize, seq: i64): void {
  const events = slot(SLOT_LABEL_EVENTS) as u32;
  if (events != 0) call_indirect<void>(events, what, plan, event, call, seq);
}

function counterEvents(what: u32, plan: usize, call: usize, time: i64): u32 {
  const events = slot(SLOT_COUNTER_EVENTS) as u32;
  return events == 0 ? 1 : call_indirect<u32>(events, what, plan, call, time);
}
