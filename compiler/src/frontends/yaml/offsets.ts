// Where the characters of a scalar stand in the file: escapes, folding and indentation make texts and places differ.

/**
 * Offsets in the file for each UTF-16 unit of `value`, and one for its end. `start` and `end` bound the scalar as written.
 * Exact for plain and quoted scalars on one line; elsewhere the nearest place.
 */
export function offsetsOf(
  source: string,
  start: number,
  end: number,
  value: string,
  quoted: boolean,
): Uint32Array {
  const offsets = new Uint32Array(value.length + 1);
  let at = quoted ? start + 1 : start;
  const last = quoted ? Math.max(at, end - 1) : end;
  for (let index = 0; index < value.length; index++) {
    const wanted = value[index];
    // Skip what the text lost: indentation, block headers, line breaks that were folded away.
    if (wanted !== " " && wanted !== "\n" && source[at] !== wanted && source[at] !== "\\") {
      let probe = at;
      while (probe < last && /[\s>|+\-0-9]/.test(source[probe] ?? "") && source[probe] !== wanted) probe++;
      if (source[probe] === wanted || source[probe] === "\\") at = probe;
    }
    offsets[index] = Math.min(at, last);
    if (quoted && source[at] === "\\" && source[start] === '"') at += escapeLength(source, at, value, index);
    else if (quoted && source[start] === "'" && source[at] === "'" && source[at + 1] === "'") at += 2;
    else at += 1;
  }
  offsets[value.length] = Math.max(
    Math.min(at, last),
    value.length > 0 ? (offsets[value.length - 1] ?? 0) : start,
  );
  return offsets;
}

/** Units of the file that one unit of the text takes; the second half of a pair takes none. */
function escapeLength(source: string, at: number, value: string, index: number): number {
  const kind = source[at + 1];
  const length = kind === "x" ? 4 : kind === "u" ? 6 : kind === "U" ? 10 : 2;
  const unit = value.charCodeAt(index);
  return kind === "U" && unit >= 0xd800 && unit < 0xdc00 ? 0 : length;
}
