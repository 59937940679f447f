// The one order of text in output documents: by UTF-8 bytes, which is the order of code points.

/** The units that JavaScript's own order of text puts elsewhere: surrogates, and what they stand before. */
const HIGH = /[\uD800-\uFFFF]/;

/** Negative, zero or positive. JavaScript's own order differs where surrogates meet U+E000 to U+FFFF. */
export function compareUtf8(left: string, right: string): number {
  // Nearly always, and seen much sooner than unit by unit.
  if (!HIGH.test(left)) return left < right ? -1 : left === right ? 0 : 1;
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** Moves surrogates, which stand for code points above U+FFFF, behind all other units. */
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);
