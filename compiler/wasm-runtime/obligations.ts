// The obligations of an answer: approvals and redactions of the rules that matched, and reservations.
import { put, write } from "./output";
import {
  APPROVAL,
  FIRST_GRANTING,
  MATCHED,
  REDACTIONS,
  hitOutcome,
  hitRule,
  hits,
  hitsEnd,
} from "./rules";

/** Texts of reservations: {what they are sorted by, text} in 16 bytes. */
export let reserved: usize = 0;
export let reservedNumber: u32 = 0;

export function setReserved(list: usize, number: u32): void {
  reserved = list;
  reservedNumber = number;
}

/** Those of a level, separated by commas, of the rules that are enforced or of all where `mask` is 0. */
export function writeObligations(level: u32, mask: u32): void {
  const granting = level >= FIRST_GRANTING;
  let some = false;
  if (granting) some = writeFragments(APPROVAL, mask, false);
  some = writeFragments(REDACTIONS, mask, some);
  if (!granting) return;
  for (let index: u32 = 0; index < reservedNumber; index++) {
    if (some) put(0x2c);
    some = true;
    write(load<i64>(reserved + ((index as usize) << 4), 8));
  }
}

function writeFragments(field: usize, mask: u32, some: bool): bool {
  for (let hit = hits; hit < hitsEnd; hit += 8) {
    const outcome = hitOutcome(hit);
    if ((outcome & mask) != mask || (outcome & 7) != MATCHED) continue;
    const fragment = load<i64>(hitRule(hit) + field);
    if (fragment == 0) continue;
    if (some) put(0x2c);
    some = true;
    write(fragment);
  }
  return some;
}
