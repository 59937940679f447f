// The head of an answer: decision, code, rules, obligations.
import { SLOT_HEAD_STATE, SLOT_OBLIGATIONS_KEY, slot } from "./memory";
import { writeObligations } from "./obligations";
import { put, write } from "./output";
import { ID_JSON, hitOutcome, hitRule, hits, hitsEnd, isNamed } from "./rules";

/** `{"decision":…,"code":…,"rules":[…],"obligations":[…]`, still open. */
export function writeVerdict(level: u32, mask: u32): void {
  write(slot(SLOT_HEAD_STATE + level));
  let some = false;
  for (let hit = hits; hit < hitsEnd; hit += 8) {
    if ((hitOutcome(hit) & mask) != mask || !isNamed(hit, level)) continue;
    if (some) put(0x2c);
    some = true;
    write(load<i64>(hitRule(hit) + ID_JSON));
  }
  write(slot(SLOT_OBLIGATIONS_KEY));
  writeObligations(level, mask);
  put(0x5d);
}
