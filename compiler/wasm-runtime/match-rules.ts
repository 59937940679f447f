// What comes of each rule of the action: whether it matched, is waived, or cannot see.
import { ABSENT, ROOTS, SLOT_TIME, SLOT_WAIVERS, slot } from "./memory";
import { holds } from "./expressions";
import { STATE_MISSING, missing } from "./reads";
import {
  BLIND_FACT,
  BLIND_STATE,
  ENFORCED,
  MATCHED,
  READS,
  RULE,
  SCOPE,
  SCOPE_READS,
  SHADOW,
  UNMATCHED,
  UNTIL,
  WAIVED,
  WAIVERS,
  WHEN,
  beginRules,
  noteOutcome,
  ruleAt,
  ruleNumber,
} from "./rules";

/** The scope last asked about, as rules of one policy share theirs, and whether it held. */
let lastScope: u32 = 0;
let lastHeld: bool = false;

/** The moment of the request, or `ABSENT`. */
function now(): i64 {
  const offset = slot(SLOT_TIME) as i32;
  return offset < 0 ? ABSENT : load<i64>((load<u32>(ROOTS + 8) as usize) + offset);
}

/** Of a list of at most 32 rules without exceptions, all enforced and none that can be blind: a bit for each that matches. */
@inline
export function matchesOf(list: usize): u32 {
  let scope: u32 = 0;
  let held = true;
  let matched: u32 = 0;
  let bit: u32 = 1;
  let rule = list + 8;
  for (let rest = load<u32>(list); rest > 0; rest--, rule += RULE, bit <<= 1) {
    const own = load<u32>(rule + SCOPE);
    if (own != scope) {
      scope = own;
      held = holds(own);
    }
    if (held && holds(load<u32>(rule + WHEN))) matched |= bit;
  }
  return matched;
}

/** Notes these as what came of the rules. */
export function noteMatches(list: usize, matched: u32): void {
  beginRules(list);
  for (let index: u32 = 0; index < ruleNumber; index++, matched >>>= 1) {
    if (matched & 1) noteOutcome(index, MATCHED | ENFORCED);
  }
}

/** Of any list; linked where there is one that is not so plain. */
export function match_rules(list: u32): void {
  beginRules(list);
  lastScope = 0;
  const time = now();
  for (let index: u32 = 0; index < ruleNumber; index++) {
    const rule = ruleAt(index);
    const shadow = load<u32>(rule + SHADOW);
    const enforced = shadow == 0 || (shadow == 2 && (time == ABSENT || time >= load<i64>(rule + UNTIL)));
    let outcome = ordinaryOutcome(rule);
    const waivers = load<u32>(rule + WAIVERS);
    if (outcome != UNMATCHED && waivers != 0 && holdWaivers(waivers, time, enforced)) outcome = WAIVED;
    noteOutcome(index, enforced ? outcome | ENFORCED : outcome);
  }
}

function holdWaivers(waivers: u32, time: i64, enforced: bool): bool {
  return call_indirect<u32>(slot(SLOT_WAIVERS) as u32, waivers, time, enforced as u32) != 0;
}

/** Without regard to exceptions. */
@inline
function ordinaryOutcome(rule: usize): u32 {
  const scope = load<u32>(rule + SCOPE);
  if (scope != 0 && missing(load<u32>(rule + SCOPE_READS)) == 0) {
    if (scope != lastScope) {
      lastScope = scope;
      lastHeld = holds(scope);
    }
    if (!lastHeld) return UNMATCHED;
  }
  const blind = missing(load<u32>(rule + READS));
  if (blind != 0) return blind == STATE_MISSING ? BLIND_STATE : BLIND_FACT;
  return holds(load<u32>(rule + WHEN)) ? MATCHED : UNMATCHED;
}
