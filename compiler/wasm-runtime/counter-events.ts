// What events do to counters: linked where a program has some.
import { sameText } from "./memory";
import { reserve, settle } from "./counter-cells";
import { evaluate } from "./expressions";
import { first, next, textOf } from "./nodes";
import { status } from "./request";
import { counterOf } from "./state-shape";
import { ABANDONED, AMOUNT, BUCKET, COUNTER, FINISHED, KEY, RESERVED, STARTED, integerOf, member } from "./state-words";

/**
 * `what` is the word for the event's phase; where `call` is 0 it is only said whether the call may start, as it may not with an
 * amount that is negative.
 */
export function counter_events(what: u32, plan: usize, call: usize, time: i64): u32 {
  if (call == 0) return mayStart(plan) ? 1 : 0;
  if (what == STARTED) started(plan, call, time);
  else if (what == FINISHED) finished(plan, call);
  else if (what == ABANDONED) giveBack(call, 0, 0);
  return 1;
}

// Counters of a plan stand behind its transitions.
@inline
function firstEntry(plan: usize): usize {
  return plan + 8 + (load<u32>(plan) << 2);
}
@inline
function lastEntry(plan: usize): usize {
  return firstEntry(plan) + (load<u32>(plan, 4) << 2);
}

function mayStart(plan: usize): bool {
  for (let entry = firstEntry(plan); entry < lastEntry(plan); entry += 4) {
    if (evaluate(load<u32>(load<u32>(entry), 12)) < 0) return false;
  }
  return true;
}

function started(plan: usize, call: usize, time: i64): void {
  const reserved = member(call, RESERVED);
  for (let entry = firstEntry(plan); entry < lastEntry(plan); entry += 4) reserve(load<u32>(entry), time, reserved);
}

function finished(plan: usize, call: usize): void {
  if (status != 0) return;
  for (let place = firstEntry(plan); place < lastEntry(plan); place += 4) {
    const entry = load<u32>(place) as usize;
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
