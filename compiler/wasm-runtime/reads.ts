// What conditions name and may be unable to see: looked at by a function that is linked where a program names such things.
import { SLOT_UNREADABLE, slot } from "./memory";

export const STATE_MISSING: u32 = 1;
export const FACT_MISSING: u32 = 2;

/** What of the state, facts and context that are named is missing; 0 where nothing is. */
@inline
export function missing(reads: u32): u32 {
  return reads == 0 ? 0 : call_indirect<u32>(slot(SLOT_UNREADABLE) as u32, reads);
}
