// Grammar of paths: names of files that every system reads as written.

/**
 * Characters of a segment: none that separates or escapes on some system (`/ \ : ~`), no control character, none that is
 * invisible or turns the direction of text.
 */
export const NOT_IN_SEGMENTS = [
  "/\\\\:~",
  "\\x{0}-\\x{1f}\\x{7f}-\\x{9f}",
  "\\x{ad}\\x{34f}\\x{61c}\\x{115f}\\x{1160}\\x{17b4}\\x{17b5}\\x{180b}-\\x{180f}",
  "\\x{200b}-\\x{200f}\\x{2028}-\\x{202e}\\x{2060}-\\x{206f}\\x{3164}",
  "\\x{fe00}-\\x{fe0f}\\x{feff}\\x{ffa0}\\x{fff0}-\\x{fffb}",
  "\\x{1bca0}-\\x{1bca3}\\x{1d173}-\\x{1d17a}\\x{e0000}-\\x{e0fff}",
].join("");
const CHARACTER = `[^${NOT_IN_SEGMENTS}]`;
/** Windows drops dots and spaces at the end of a name, so a segment ends in neither; this also excludes `.` and `..`. */
const LAST = `[^. ${NOT_IN_SEGMENTS}]`;

export const SEGMENT = `${CHARACTER}*${LAST}`;
export const MAX_PATH_LENGTH = 2048;
/** Most segments of a path of that length. */
export const MAX_SEGMENTS = 1024;
