// The reason of a default deny that names the grants that could not see: linked where rules name state or facts.
import { SLOT_COMMA_SPACE, SLOT_DEFAULT_DENY, SLOT_UNDECIDED, size, slot, start, text } from "./memory";
import { begin, finish, write } from "./output";
import { cutText } from "./reason-text";
import { ID, hitRule, hits, hitsEnd, isBlindGrant } from "./rules";

/** 0 when there are none. */
export function undecided_text(): i64 {
  begin();
  const plain = slot(SLOT_DEFAULT_DENY);
  // Without its quotes.
  write(text(start(plain) + 1, size(plain) - 2));
  let some = false;
  for (let hit = hits; hit < hitsEnd; hit += 8) {
    if (!isBlindGrant(hit)) continue;
    write(slot(some ? SLOT_COMMA_SPACE : SLOT_UNDECIDED));
    some = true;
    write(load<i64>(hitRule(hit) + ID));
  }
  const whole = finish();
  return some ? cutText(whole, 500) : 0;
}
