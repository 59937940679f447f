// The action that a request is about, by the names of tool and action.
import { SLOT_ACTIONS, SLOT_ACTION_MASK, sameText, size, slot, start } from "./memory";

/** Its table entry, 0 while it is not known. */
export let action: usize = 0;

@inline
export function forgetAction(): void {
  action = 0;
}

/** The entry of the action; 0 where there is none. */
export function findAction(tool: i64, name: i64): usize {
  action = actionOf(tool, name);
  return action;
}

/** The type of the arguments that are to be put at `place`, behind tool and action; 0 where these are not known. */
export function argsTypeAt(place: usize): usize {
  const tool = load<i64>(place - 16);
  const name = load<i64>(place - 8);
  if (tool == 0 || name == 0) return 0;
  return findAction(tool, name) == 0 ? 0 : load<u32>(action, 16);
}

/** The first and the last eight bytes of a text, or all of a shorter one. */
@inline
function ends(whole: i64): u64 {
  const bytes = load<u64>(start(whole));
  const length = size(whole);
  if (length < 8) return (bytes << 1) << ((63 - (length << 3)) as u64);
  return bytes ^ load<u64>(start(whole) + length - 8);
}

/** The compiler places them by the same hash. */
function actionOf(tool: i64, name: i64): usize {
  const mask = slot(SLOT_ACTION_MASK) as u32;
  const table = slot(SLOT_ACTIONS) as usize;
  let place = (((ends(tool) * 0x9e3779b97f4a7c15 + ends(name)) * 0x9e3779b97f4a7c15) >>> 32) as u32;
  while (true) {
    place &= mask;
    const found = load<u32>(table + (place << 2)) as usize;
    if (found == 0) return 0;
    if (sameText(load<i64>(found), tool) && sameText(load<i64>(found, 8), name)) return found;
    place++;
  }
}
