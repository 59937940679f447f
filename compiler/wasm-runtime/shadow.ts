// What the answer were if rules that are observed only were enforced: linked where a program has one.
import { sameText } from "./memory";
import { writeObligations } from "./obligations";
import { begin, finish, put } from "./output";
import { ENFORCED, MATCHED_DENY, verdict } from "./rules";
import { writeVerdict } from "./verdict-text";

/** The verdict with the observed rules enforced, where decision or obligations differ; else 0. */
export function differing_verdict(level: u32, inResult: u32): i64 {
  const other = verdict(0, inResult != 0);
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
