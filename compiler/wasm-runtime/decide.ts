// From a valid request to the decision document: rules, verdict, shadow, reason.
//
// Rules of an action stand sorted by id, their obligations as finished text, so that an answer is a walk over them.
import {
  ABSENT,
  ROOTS,
  SLOT_AMOUNT_KEY,
  SLOT_COMMA_SPACE,
  SLOT_COUNTER_KEY,
  SLOT_DEFAULT_DENY,
  SLOT_FACT_UNAVAILABLE,
  SLOT_HEAD_STATE,
  SLOT_HINT_KEY,
  SLOT_INVALID_INPUT,
  SLOT_KEY_KEY,
  SLOT_OBLIGATIONS_KEY,
  SLOT_REASON_KEY,
  SLOT_RESERVE_END,
  SLOT_RESULT_ALLOWED,
  SLOT_RULE_KEY,
  SLOT_SHADOW_KEY,
  SLOT_STATE_UNAVAILABLE,
  SLOT_TIME,
  SLOT_UNDECIDED,
  SLOT_UNKNOWN_ACTION,
  SLOT_WAIVED_KEY,
  alloc,
  compareText,
  sameText,
  slot,
} from "./memory";
import { evaluate, holds } from "./expressions";
import { decimalText, integerText } from "./number";
import { begin, finish, put, write, writeJson } from "./output";
import { cutText, writeReason } from "./reason";
import { INVALID_INPUT, VALID, action, inResult, validate } from "./request";
import { STATE_MISSING, keyText, unreadable } from "./state";

// An action: {tool, name, type of args, type of the result, whether its value may be missing, rules of calls, rules of
// results, reservations, plan}; tool and name take 8 bytes each.
const CALL_RULES: usize = 28;
const RESULT_RULES: usize = 32;
const RESERVATIONS: usize = 36;

// Rules: {number, whether one is observed only}, then 88 bytes for each.
const RULE: usize = 88;
const EFFECT: usize = 0;
const SCOPE: usize = 4;
const SCOPE_READS: usize = 8;
const READS: usize = 12;
const WHEN: usize = 16;
const WAIVERS: usize = 20;
const SHADOW: usize = 24;
const REASON: usize = 28;
const UNTIL: usize = 32;
const ID: usize = 40;
const ID_JSON: usize = 48;
const REDACTIONS: usize = 56;
const APPROVAL: usize = 64;
const HINT: usize = 72;
const FULL_REASON: usize = 80;

const ALLOW: u32 = 0;
const SANITIZE: u32 = 1;
const APPROVE: u32 = 2;
const DENY: u32 = 3;

/** Outcomes, a byte for each rule; the highest bit is set where the rule is enforced. */
const UNMATCHED: u32 = 0;
const MATCHED: u32 = 1;
const BLIND_STATE: u32 = 2;
const BLIND_FACT: u32 = 3;
const WAIVED: u32 = 4;
const ENFORCED: u32 = 0x80;

let rules: usize = 0;
let number: u32 = 0;
let outcomes: usize = 0;
/** Entries of waivers that hold, with their rule. */
let waived: usize = 0;
let waivedNumber: u32 = 0;
/** Finished texts of reservations. */
let reserved: usize = 0;
let reservedNumber: u32 = 0;

@inline
function ruleAt(index: u32): usize {
  return rules + 8 + (index as usize) * RULE;
}
@inline
function outcomeAt(index: u32): u32 {
  return load<u8>(outcomes + index);
}

/** The moment of the request, or `ABSENT`. */
function now(): i64 {
  const offset = slot(SLOT_TIME) as i32;
  return offset < 0 ? ABSENT : load<i64>((load<u32>(ROOTS + 8) as usize) + offset);
}

/** The decision document of a request, or of what is none. */
export function decision(from: usize, length: u32, as: u32): i64 {
  const code = validate(from, length, as);
  if (code != VALID) return slot(code == INVALID_INPUT ? SLOT_INVALID_INPUT : SLOT_UNKNOWN_ACTION);
  matchRules(load<u32>(action + (inResult ? RESULT_RULES : CALL_RULES)));
  const level = verdict(ENFORCED);
  reservedNumber = 0;
  const shadowed = load<u32>(rules, 4) != 0;
  if (level >= FIRST_GRANTING || shadowed) reserve();
  let reason: i64 = 0;
  const first = level >= MATCHED_DENY ? firstOf(level) : 0;
  if (first != 0 && load<u32>(first + REASON) != 0) reason = writeReason(load<u32>(first + REASON), outcomes);
  const shadow = shadowed ? differing(level) : 0;
  const undecided = level == DEFAULT_DENY ? undecidedText() : 0;
  begin();
  writeVerdict(level, ENFORCED);
  write(slot(SLOT_REASON_KEY));
  if (level < MATCHED_DENY) {
    if (level == DEFAULT_DENY && undecided != 0) writeJson(undecided);
    else writeJson(slot(level == DEFAULT_DENY ? SLOT_DEFAULT_DENY : level == STATE ? SLOT_STATE_UNAVAILABLE : SLOT_FACT_UNAVAILABLE));
  } else if (first == 0) writeJson(slot(SLOT_RESULT_ALLOWED));
  else if (reason != 0) writeJson(reason);
  else write(load<i64>(first + FULL_REASON));
  if (first != 0 && load<i64>(first + HINT) != 0) {
    write(slot(SLOT_HINT_KEY));
    write(load<i64>(first + HINT));
  }
  if (shadow != 0) {
    write(slot(SLOT_SHADOW_KEY));
    write(shadow);
  }
  writeWaived();
  put(0x7d);
  return finish();
}

function matchRules(list: usize): void {
  rules = list;
  number = load<u32>(list);
  outcomes = alloc(number + 1);
  waivedNumber = 0;
  const waivers = load<u32>(list, 4) >>> 1;
  if (waivers != 0) waived = alloc((waivers as usize) << 3);
  const time = now();
  for (let index: u32 = 0; index < number; index++) {
    const rule = ruleAt(index);
    const shadow = load<u32>(rule + SHADOW);
    const enforced = shadow == 0 || (shadow == 2 && (time == ABSENT || time >= load<i64>(rule + UNTIL)));
    let outcome = ordinaryOutcome(rule);
    if (outcome != UNMATCHED && load<u32>(rule + WAIVERS) != 0 && holdWaivers(rule, time, enforced)) outcome = WAIVED;
    store<u8>(outcomes + index, (enforced ? outcome | ENFORCED : outcome) as u8);
  }
}

/** Without regard to exceptions. */
function ordinaryOutcome(rule: usize): u32 {
  const scope = load<u32>(rule + SCOPE);
  if (scope != 0 && unreadable(load<u32>(rule + SCOPE_READS)) == 0 && evaluate(scope) == 0) return UNMATCHED;
  const reads = load<u32>(rule + READS);
  if (reads != 0) {
    const missing = unreadable(reads);
    if (missing != 0) return missing == STATE_MISSING ? BLIND_STATE : BLIND_FACT;
  }
  return holds(load<u32>(rule + WHEN)) ? MATCHED : UNMATCHED;
}

// Waivers: number; then {condition, reads, until, text} in 24 bytes.
function holdWaivers(rule: usize, time: i64, enforced: bool): bool {
  if (time == ABSENT) return false;
  const list = load<u32>(rule + WAIVERS) as usize;
  const end = list + 8 + load<u32>(list) * 24;
  let any = false;
  for (let waiver = list + 8; waiver < end; waiver += 24) {
    if (time >= load<i64>(waiver, 8) || unreadable(load<u32>(waiver, 4)) != 0) continue;
    if (!holds(load<u32>(waiver))) continue;
    any = true;
    if (enforced) store<u32>(waived + (waivedNumber++ << 2), waiver as u32);
  }
  return any;
}

// Levels, from those without a matched rule to the most lenient.
const STATE: u32 = 0;
const FACT: u32 = 1;
const DEFAULT_DENY: u32 = 2;
const MATCHED_DENY: u32 = 3;
const APPROVAL_NEEDED: u32 = 4;
const SANITIZED: u32 = 5;
const ALLOWED: u32 = 6;
const FIRST_GRANTING: u32 = APPROVAL_NEEDED;

/** The winning level of the rules that are enforced, or of all of them where `mask` is 0. */
function verdict(mask: u32): u32 {
  let matched: u32 = 0;
  let blind: u32 = 0;
  for (let index: u32 = 0; index < number; index++) {
    const outcome = outcomeAt(index);
    if ((outcome & mask) != mask) continue;
    const effect = load<u32>(ruleAt(index));
    const what = outcome & 7;
    if (what == MATCHED) matched |= 1 << effect;
    else if (effect != ALLOW && what - BLIND_STATE < 2) blind |= 1 << what;
  }
  if (matched & (1 << DENY)) return MATCHED_DENY;
  if (blind & (1 << BLIND_STATE)) return STATE;
  if (blind != 0) return FACT;
  if (!inResult && (matched & (1 << ALLOW)) == 0) return DEFAULT_DENY;
  if (matched & (1 << APPROVE)) return APPROVAL_NEEDED;
  return matched & (1 << SANITIZE) ? SANITIZED : ALLOWED;
}

/** Whether a rule is one of those that a level names. */
function isNamed(index: u32, level: u32): bool {
  const outcome = outcomeAt(index) & 7;
  const effect = load<u32>(ruleAt(index));
  if (level < DEFAULT_DENY) return effect != ALLOW && outcome == (level == STATE ? BLIND_STATE : BLIND_FACT);
  return outcome == MATCHED && level != DEFAULT_DENY && effect == ALLOWED - level;
}

/** The first rule of the level that is enforced, or 0. */
function firstOf(level: u32): usize {
  for (let index: u32 = 0; index < number; index++) {
    if (outcomeAt(index) & ENFORCED && isNamed(index, level)) return ruleAt(index);
  }
  return 0;
}

/** `{"decision":…,"code":…,"rules":[…],"obligations":[…]`, still open. */
function writeVerdict(level: u32, mask: u32): void {
  write(slot(SLOT_HEAD_STATE + level));
  let some = false;
  for (let index: u32 = 0; index < number; index++) {
    if ((outcomeAt(index) & mask) != mask || !isNamed(index, level)) continue;
    if (some) put(0x2c);
    some = true;
    write(load<i64>(ruleAt(index) + ID_JSON));
  }
  write(slot(SLOT_OBLIGATIONS_KEY));
  writeObligations(level, mask);
  put(0x5d);
}

function writeObligations(level: u32, mask: u32): void {
  const granting = level >= FIRST_GRANTING;
  let some = false;
  if (granting) some = writeFragments(APPROVAL, mask, false);
  some = writeFragments(REDACTIONS, mask, some);
  if (!granting) return;
  for (let index: u32 = 0; index < reservedNumber; index++) {
    if (some) put(0x2c);
    some = true;
    write(load<i64>(reserved + (index << 3)));
  }
}

function writeFragments(field: usize, mask: u32, some: bool): bool {
  for (let index: u32 = 0; index < number; index++) {
    const outcome = outcomeAt(index);
    if ((outcome & mask) != mask || (outcome & 7) != MATCHED) continue;
    const fragment = load<i64>(ruleAt(index) + field);
    if (fragment == 0) continue;
    if (some) put(0x2c);
    some = true;
    write(fragment);
  }
  return some;
}

/** The verdict with the observed rules enforced, where decision or obligations differ; else 0. */
function differing(level: u32): i64 {
  const other = verdict(0);
  begin();
  writeObligations(level, ENFORCED);
  const mine = finish();
  begin();
  writeObligations(other, 0);
  const theirs = finish();
  if (max(level, MATCHED_DENY) == max(other, MATCHED_DENY) && sameText(mine, theirs)) return 0;
  begin();
  writeVerdict(other, 0);
  put(0x7d);
  return finish();
}

/** The text of a default deny that names the grants that could not see; 0 when there are none. */
function undecidedText(): i64 {
  begin();
  write(slot(SLOT_DEFAULT_DENY));
  let some = false;
  for (let index: u32 = 0; index < number; index++) {
    const outcome = outcomeAt(index);
    if ((outcome & ENFORCED) == 0 || load<u32>(ruleAt(index)) != ALLOW || (outcome & 7) - BLIND_STATE > 1) continue;
    write(slot(some ? SLOT_COMMA_SPACE : SLOT_UNDECIDED));
    some = true;
    write(load<i64>(ruleAt(index) + ID));
  }
  const whole = finish();
  return some ? cutText(whole, 500) : 0;
}

function writeWaived(): void {
  for (let index: u32 = 0; index < waivedNumber; index++) {
    if (index == 0) write(slot(SLOT_WAIVED_KEY));
    else put(0x2c);
    write(load<i64>(load<u32>(waived + (index << 2)), 16));
  }
  if (waivedNumber > 0) put(0x5d);
}

// Reservations: number; then {id in quotes, amount, whether decimal, number of keys, keys} in 24 bytes; a key is
// {node, how it is written}.
function reserve(): void {
  if (inResult) return;
  const list = load<u32>(action + RESERVATIONS) as usize;
  const entries = load<u32>(list);
  reserved = alloc((entries as usize) << 3);
  let group: u32 = 0;
  for (let index: u32 = 0; index < entries; index++) {
    const entry = list + 8 + index * 24;
    const amount = evaluate(load<u32>(entry, 8));
    const keys = load<u32>(entry, 16);
    const texts = alloc((keys as usize) << 3);
    for (let key: u32 = 0; key < keys; key++) {
      const place = (load<u32>(entry, 20) as usize) + (key << 3);
      store<i64>(texts + (key << 3), keyText(evaluate(load<u32>(place)), load<u32>(place, 4)));
    }
    begin();
    write(slot(SLOT_AMOUNT_KEY));
    write(load<u32>(entry, 12) != 0 ? decimalText(amount) : integerText(amount));
    write(slot(SLOT_COUNTER_KEY));
    write(load<i64>(entry));
    for (let key: u32 = 0; key < keys; key++) {
      if (key == 0) write(slot(SLOT_KEY_KEY));
      else put(0x2c);
      writeJson(load<i64>(texts + (key << 3)));
    }
    if (keys > 0) put(0x5d);
    write(slot(SLOT_RULE_KEY));
    write(load<i64>(entry));
    write(slot(SLOT_RESERVE_END));
    if (index > 0 && load<i64>(entry - 24) != load<i64>(entry)) group = reservedNumber;
    addReservation(finish(), group);
  }
}

/** Keeps those of one counter, from `group` on, in order and each once. */
function addReservation(document: i64, group: u32): void {
  let index = reservedNumber;
  for (; index > group; index--) {
    const order = compareText(load<i64>(reserved + ((index - 1) << 3)), document);
    if (order == 0) return;
    if (order < 0) break;
  }
  for (let place = reservedNumber; place > index; place--) {
    store<i64>(reserved + (place << 3), load<i64>(reserved + ((place - 1) << 3)));
  }
  store<i64>(reserved + (index << 3), document);
  reservedNumber++;
}
