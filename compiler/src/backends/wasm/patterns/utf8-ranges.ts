// Ranges of code points as sequences of ranges of bytes.

export type ByteRange = readonly [first: number, last: number];

const LENGTHS: readonly (readonly [last: number, bytes: number])[] = [
  [0x7f, 1],
  [0x7ff, 2],
  [0xffff, 3],
  [0x10ffff, 4],
];

/** All UTF-8 texts of one code point within the range, each matched by exactly one sequence. Surrogates have none. */
export function utf8Ranges(first: number, last: number): readonly (readonly ByteRange[])[] {
  const found: (readonly ByteRange[])[] = [];
  let from = first;
  for (const [end, bytes] of LENGTHS) {
    if (from > last) break;
    if (from > end) continue;
    const to = Math.min(last, end);
    for (const [low, high] of withoutSurrogates(from, to))
      split(encode(low, bytes), encode(high, bytes), found);
    from = end + 1;
  }
  return found;
}

function withoutSurrogates(first: number, last: number): readonly ByteRange[] {
  if (last < 0xd800 || first > 0xdfff) return [[first, last]];
  const parts: ByteRange[] = [];
  if (first < 0xd800) parts.push([first, 0xd7ff]);
  if (last > 0xdfff) parts.push([0xe000, last]);
  return parts;
}

function encode(codePoint: number, bytes: number): readonly number[] {
  if (bytes === 1) return [codePoint];
  const rest = Array.from(
    { length: bytes - 1 },
    (_, index) => 0x80 | ((codePoint >> (6 * (bytes - 2 - index))) & 0x3f),
  );
  return [((0xff00 >> bytes) & 0xff) | (codePoint >> (6 * (bytes - 1))), ...rest];
}

/** Splits where trailing bytes do not run through all of 80 to BF. */
function split(low: readonly number[], high: readonly number[], found: (readonly ByteRange[])[]): void {
  const [a = 0, ...lows] = low;
  const [b = 0, ...highs] = high;
  if (lows.length === 0) {
    found.push([[a, b]]);
    return;
  }
  const least = lows.map(() => 0x80);
  const most = lows.map(() => 0xbf);
  const isLeast = lows.every((byte) => byte === 0x80);
  const isMost = highs.every((byte) => byte === 0xbf);
  if (a === b) return prefixed(a, a, lows, highs, found);
  if (isLeast && isMost) return prefixed(a, b, least, most, found);
  if (!isLeast) {
    prefixed(a, a, lows, most, found);
    return split([a + 1, ...least], high, found);
  }
  if (a <= b - 1) prefixed(a, b - 1, least, most, found);
  prefixed(b, b, least, highs, found);
}

function prefixed(
  first: number,
  last: number,
  low: readonly number[],
  high: readonly number[],
  found: (readonly ByteRange[])[],
): void {
  const rest: (readonly ByteRange[])[] = [];
  split(low, high, rest);
  for (const each of rest) found.push([[first, last], ...each]);
}
