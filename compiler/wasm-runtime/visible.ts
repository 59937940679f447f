// The list phase: the actions that an agent may see.
import { SLOT_VISIBLE, alloc, slot } from "./memory";
import { holds } from "./expressions";
import { beginAnswer, finishAnswer, put, write } from "./output";
import { validateList } from "./request";

/** For each action 0 where it is hidden, 1 for the first that is not, 2 for the others. */
function shown(list: usize, number: u32): usize {
  const seen = alloc(number + 1);
  let mark: u32 = 1;
  for (let index: u32 = 0; index < number; index++) {
    const condition = load<u32>(list + 8 + (index << 4));
    const isShown = condition == 0 || holds(condition);
    store<u8>(seen + index, isShown ? mark : 0);
    if (isShown) mark = 2;
  }
  return seen;
}

// Number; then {condition, unused, text} in 16 bytes, sorted by tool and action.
export function visible(from: usize, length: u32, as: u32): i64 {
  const list = slot(SLOT_VISIBLE) as usize;
  const number = validateList(from, length, as) ? load<u32>(list) : 0;
  // Conditions may take memory, so they are asked first.
  const seen = shown(list, number);
  beginAnswer();
  put(0x5b);
  for (let index: u32 = 0; index < number; index++) {
    if (load<u8>(seen + index) == 0) continue;
    if (load<u8>(seen + index) > 1) put(0x2c);
    write(load<i64>(list + 16 + (index << 4)));
  }
  put(0x5d);
  return finishAnswer();
}
