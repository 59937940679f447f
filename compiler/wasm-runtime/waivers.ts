// Exceptions from rules that hold for a while: linked where a program has one.
import { ABSENT, SLOT_WAIVED_KEY, alloc, slot } from "./memory";
import { holds } from "./expressions";
import { put, write } from "./output";
import { missing } from "./reads";

/** A waiver that holds, and the one before it in the answer: {waiver, next} in 8 bytes. */
let first: usize = 0;
let last: usize = 0;

export function resetWaivers(): void {
  first = 0;
}

// Waivers of a rule: number; then {condition, reads, until, text} in 24 bytes.
export function hold_waivers(list: u32, time: i64, enforced: u32): u32 {
  if (time == ABSENT) return 0;
  const end = list + 8 + load<u32>(list) * 24;
  let any: u32 = 0;
  for (let waiver = list + 8; waiver < end; waiver += 24) {
    if (time >= load<i64>(waiver, 8)) continue;
    if (missing(load<u32>(waiver, 4)) != 0) continue;
    if (!holds(load<u32>(waiver))) continue;
    any = 1;
    if (enforced != 0) note(waiver);
  }
  return any;
}

function note(waiver: u32): void {
  const entry = alloc(8);
  store<u32>(entry, waiver);
  store<u32>(entry, 0, 4);
  if (first == 0) first = entry;
  else store<u32>(last, entry as u32, 4);
  last = entry;
}

export function write_waived(): void {
  if (first == 0) return;
  for (let entry = first; entry != 0; entry = load<u32>(entry, 4)) {
    if (entry == first) write(slot(SLOT_WAIVED_KEY));
    else put(0x2c);
    write(load<i64>(load<u32>(entry), 16));
  }
  put(0x5d);
}
