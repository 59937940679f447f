// What events do to labels: linked where a program has transitions.
import { sameText } from "./memory";
import { append } from "./edit-nodes";
import { doubtLabel } from "./label-cells";
import { ARRAY, STRING, first, next, tag, textOf } from "./nodes";
import { status } from "./request";
import { labelOf } from "./state-shape";
import { ABANDONED, APPLIED, APPROVED, FINISHED, KEY, LABEL, PENDING, RULES, SEQ, STARTED, integerOf, isA, member } from "./state-words";
import { ON_APPROVAL, ON_CALL, ON_DENIED, ON_RESULT, carryOut, doubt, isRuledOut, note } from "./transitions";

/** `what` is the word for the event's phase; `call` is the call in flight, or 0 for approvals and denials. */
export function label_events(what: u32, plan: usize, event: usize, call: usize, seq: i64): void {
  if (what == STARTED) started(plan, call, seq);
  else if (what == FINISHED) finished(plan, integerOf(member(call, SEQ)), seq);
  else if (what == ABANDONED) abandoned(call);
  else decided(plan, event, seq, what == APPROVED ? ON_APPROVAL : ON_DENIED);
}

@inline
function transitionAt(plan: usize, index: u32): usize {
  return load<u32>(plan + 8 + (index << 2));
}

function started(plan: usize, call: usize, seq: i64): void {
  const applied = member(call, APPLIED);
  const pending = member(call, PENDING);
  const transitions = load<u32>(plan);
  for (let index: u32 = 0; index < transitions; index++) {
    const transition = transitionAt(plan, index);
    const on = load<u32>(transition, 8);
    if (on == ON_CALL) carryOut(transition, seq, i64.MAX_VALUE, applied);
    if (on == ON_RESULT && !isRuledOut(transition)) note(transition, append(pending));
  }
}

function finished(plan: usize, began: i64, seq: i64): void {
  const transitions = load<u32>(plan);
  for (let index: u32 = 0; index < transitions; index++) {
    const transition = transitionAt(plan, index);
    if (load<u32>(transition, 8) != ON_RESULT) continue;
    const isKnown = load<u32>(transition, 32) != 0 && load<u32>(transition, 36) != 0;
    if (status == 2 && !isKnown) doubt(transition, began);
    else carryOut(transition, seq, began, 0);
  }
}

function abandoned(call: usize): void {
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
    const transition = transitionAt(plan, index);
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
