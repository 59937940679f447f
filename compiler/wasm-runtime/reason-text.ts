// Texts for people, cut to a length.
import { alloc, copy, start, text } from "./memory";
import { bytesOf, fits } from "./strings";

/** The text, or its beginning and an ellipsis, so that it has at most `most` code points. */
export function cutText(whole: i64, most: u32): i64 {
  if (fits(whole, most)) return whole;
  const bytes = bytesOf(whole, most - 1);
  const to = alloc(bytes + 16);
  copy(to, start(whole), bytes);
  store<u32>(to + bytes, 0x00a680e2);
  return text(to, bytes + 3);
}
