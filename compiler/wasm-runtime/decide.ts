// From a request to the decision document: rules, verdict, shadow, reason.
//
// What few programs need is called by its number in the function table, so that modules without it do not carry it.
import {
  SLOT_DEFAULT_DENY,
  SLOT_FACT_UNAVAILABLE,
  SLOT_HINT_KEY,
  SLOT_INVALID_INPUT,
  SLOT_MATCHER,
  SLOT_REASON_KEY,
  SLOT_REASON_WRITER,
  SLOT_RESERVE,
  SLOT_RESULT_ALLOWED,
  SLOT_SHADOW_KEY,
  SLOT_SHADOW_WRITER,
  SLOT_STATE_UNAVAILABLE,
  SLOT_UNDECIDED_WRITER,
  SLOT_UNKNOWN_ACTION,
  SLOT_WAIVED_WRITER,
  slot,
} from "./memory";
import { recall, remember } from "./known-answers";
import { matchesOf, noteMatches } from "./match-rules";
import { setReserved } from "./obligations";
import { beginAnswer, finishAnswer, put, write, writeJson } from "./output";
import { action } from "./actions";
import { INVALID_INPUT, VALID, inResult, validate } from "./request";
import {
  DEFAULT_DENY,
  ENFORCED,
  FIRST_GRANTING,
  FULL_REASON,
  HINT,
  MATCHED_DENY,
  OBSERVED,
  PLAIN,
  REASON,
  STATE,
  firstOf,
  outcomes,
  verdict,
} from "./rules";
import { writeVerdict } from "./verdict-text";
import { resetWaivers } from "./waivers";

// An action: {tool, name, type of args, type of the result, whether its value may be missing, rules of calls, rules of
// results, reservations, plan}; tool and name take 8 bytes each.
const CALL_RULES: usize = 28;
const RESULT_RULES: usize = 32;
const RESERVATIONS: usize = 36;

/** The decision document of a request, or of what is none. */
export function decision(from: usize, length: u32, as: u32): i64 {
  const code = validate(from, length, as);
  if (code != VALID) return constant(slot(code == INVALID_INPUT ? SLOT_INVALID_INPUT : SLOT_UNKNOWN_ACTION));
  const list = load<u32>(action + (inResult ? RESULT_RULES : CALL_RULES)) as usize;
  resetWaivers();
  if ((load<u32>(list, 4) & PLAIN) == 0) {
    call_indirect<void>(slot(SLOT_MATCHER) as u32, list as u32);
    return documentOf(list);
  }
  const matched = matchesOf(list);
  // What is reserved is that of the call.
  const isKnown = load<u32>(action + RESERVATIONS) == 0;
  let document = isKnown ? recall(list, matched) : 0;
  if (document == 0) {
    noteMatches(list, matched);
    document = documentOf(list);
    if (isKnown) remember(list, matched, document);
  }
  return document;
}

/** The answer to what came of the rules. */
function documentOf(list: usize): i64 {
  const level = verdict(ENFORCED, inResult);
  const shadowed = (load<u32>(list, 4) & OBSERVED) != 0;
  setReserved(0, 0);
  if (!inResult && (level >= FIRST_GRANTING || shadowed)) reserve(load<u32>(action + RESERVATIONS));
  const first = level >= MATCHED_DENY ? firstOf(level) : 0;
  const parts: u32 = first == 0 ? 0 : load<u32>(first + REASON);
  const reason = parts == 0 ? 0 : call_indirect<i64>(slot(SLOT_REASON_WRITER) as u32, parts, outcomes);
  const shadow = shadowed ? call_indirect<i64>(slot(SLOT_SHADOW_WRITER) as u32, level, inResult as u32) : 0;
  const undecided = level == DEFAULT_DENY ? undecidedText() : 0;
  beginAnswer();
  writeVerdict(level, ENFORCED);
  write(slot(SLOT_REASON_KEY));
  if (reason != 0) writeJson(reason);
  else if (undecided != 0) writeJson(undecided);
  else write(first != 0 ? load<i64>(first + FULL_REASON) : slot(fixedReason(level)));
  if (first != 0 && load<i64>(first + HINT) != 0) {
    write(slot(SLOT_HINT_KEY));
    write(load<i64>(first + HINT));
  }
  if (shadow != 0) {
    write(slot(SLOT_SHADOW_KEY));
    write(shadow);
  }
  const waived = slot(SLOT_WAIVED_WRITER) as u32;
  if (waived != 0) call_indirect<void>(waived);
  put(0x7d);
  return finishAnswer();
}

function constant(document: i64): i64 {
  beginAnswer();
  write(document);
  return finishAnswer();
}

function fixedReason(level: u32): usize {
  if (level == DEFAULT_DENY) return SLOT_DEFAULT_DENY;
  if (level > DEFAULT_DENY) return SLOT_RESULT_ALLOWED;
  return level == STATE ? SLOT_STATE_UNAVAILABLE : SLOT_FACT_UNAVAILABLE;
}

function reserve(list: u32): void {
  if (list != 0) call_indirect<u32>(slot(SLOT_RESERVE) as u32, list);
}

function undecidedText(): i64 {
  const writer = slot(SLOT_UNDECIDED_WRITER) as u32;
  return writer == 0 ? 0 : call_indirect<i64>(writer);
}
