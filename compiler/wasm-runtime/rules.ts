// Rules of an action as the compiler lays them out, and what came of each for the request.
//
// A list of rules: {number, flags}, then 88 bytes for each, sorted by id, their obligations as finished text, so that an answer
// is a walk over them.
import { alloc } from "./memory";

/** Flags of a list: one is observed only; the answer depends on nothing but which rules match. */
export const OBSERVED: u32 = 1;
export const PLAIN: u32 = 2;
/** Above them, where its known answers begin. */
@inline
export function firstPlace(list: usize): u32 {
  return load<u32>(list, 4) >>> 2;
}

export const RULE: usize = 88;
const EFFECT: usize = 0;
export const SCOPE: usize = 4;
export const SCOPE_READS: usize = 8;
export const READS: usize = 12;
export const WHEN: usize = 16;
export const WAIVERS: usize = 20;
export const SHADOW: usize = 24;
export const REASON: usize = 28;
export const UNTIL: usize = 32;
export const ID: usize = 40;
export const ID_JSON: usize = 48;
export const REDACTIONS: usize = 56;
export const APPROVAL: usize = 64;
export const HINT: usize = 72;
export const FULL_REASON: usize = 80;

const ALLOW: u32 = 0;
const SANITIZE: u32 = 1;
const APPROVE: u32 = 2;
const DENY: u32 = 3;

export const UNMATCHED: u32 = 0;
export const MATCHED: u32 = 1;
export const BLIND_STATE: u32 = 2;
export const BLIND_FACT: u32 = 3;
export const WAIVED: u32 = 4;
/** Set where the rule is enforced. */
export const ENFORCED: u32 = 0x80;

let rules: usize = 0;
export let ruleNumber: u32 = 0;
/** A byte for each rule. */
export let outcomes: usize = 0;
/** Those that matched or are blind, {rule, outcome} in 8 bytes each. */
export let hits: usize = 0;
export let hitsEnd: usize = 0;

export function beginRules(list: usize): void {
  rules = list;
  ruleNumber = load<u32>(list);
  outcomes = alloc(ruleNumber * 9 + 8);
  hits = (outcomes + ruleNumber + 7) & ~7;
  hitsEnd = hits;
}

@inline
export function ruleAt(index: u32): usize {
  return rules + 8 + (index as usize) * RULE;
}
@inline
export function hitRule(hit: usize): usize {
  return load<u32>(hit);
}
@inline
export function hitOutcome(hit: usize): u32 {
  return load<u32>(hit, 4);
}

@inline
export function noteOutcome(index: u32, outcome: u32): void {
  store<u8>(outcomes + index, outcome as u8);
  const what = outcome & 7;
  if (what == UNMATCHED || what == WAIVED) return;
  store<u32>(hitsEnd, ruleAt(index) as u32);
  store<u32>(hitsEnd, outcome, 4);
  hitsEnd += 8;
}

// Levels, from those without a matched rule to the most lenient.
export const STATE: u32 = 0;
export const FACT: u32 = 1;
export const DEFAULT_DENY: u32 = 2;
export const MATCHED_DENY: u32 = 3;
export const APPROVAL_NEEDED: u32 = 4;
export const SANITIZED: u32 = 5;
export const ALLOWED: u32 = 6;
export const FIRST_GRANTING: u32 = APPROVAL_NEEDED;

/** The winning level of the rules that are enforced, or of all of them where `mask` is 0. */
export function verdict(mask: u32, inResult: bool): u32 {
  let matched: u32 = 0;
  let blind: u32 = 0;
  for (let hit = hits; hit < hitsEnd; hit += 8) {
    const outcome = hitOutcome(hit);
    if ((outcome & mask) != mask) continue;
    const effect = load<u32>(hitRule(hit), EFFECT);
    const what = outcome & 7;
    if (what == MATCHED) matched |= 1 << effect;
    else if (effect != ALLOW) blind |= 1 << what;
  }
  if (matched & (1 << DENY)) return MATCHED_DENY;
  if (blind & (1 << BLIND_STATE)) return STATE;
  if (blind != 0) return FACT;
  if (!inResult && (matched & (1 << ALLOW)) == 0) return DEFAULT_DENY;
  if (matched & (1 << APPROVE)) return APPROVAL_NEEDED;
  return matched & (1 << SANITIZE) ? SANITIZED : ALLOWED;
}

/** Whether a level names a rule. */
export function isNamed(hit: usize, level: u32): bool {
  const what = hitOutcome(hit) & 7;
  const effect = load<u32>(hitRule(hit), EFFECT);
  if (level < DEFAULT_DENY) return effect != ALLOW && what == (level == STATE ? BLIND_STATE : BLIND_FACT);
  return what == MATCHED && level != DEFAULT_DENY && effect == ALLOWED - level;
}

/** Whether a rule that is enforced would have granted, had it been able to see. */
export function isBlindGrant(hit: usize): bool {
  const outcome = hitOutcome(hit);
  return (outcome & ENFORCED) != 0 && load<u32>(hitRule(hit), EFFECT) == ALLOW && (outcome & 7) != MATCHED;
}

/** The first rule of the level that is enforced, or 0. */
export function firstOf(level: u32): usize {
  for (let hit = hits; hit < hitsEnd; hit += 8) {
    if (hitOutcome(hit) & ENFORCED && isNamed(hit, level)) return hitRule(hit);
  }
  return 0;
}
