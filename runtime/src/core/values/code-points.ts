// Lengths and cuts of text in code points.

/** The number of code points; the text is well-formed. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit <= 0xdbff) length--;
  }
  return length;
}

/** True when the text has at most `max` code points. */
export const fitsCodePoints = (text: string, max: number): boolean =>
  text.length <= max || (text.length <= 2 * max && codePointLength(text) <= max);

/** The first `keep` code points. */
export function takeCodePoints(text: string, keep: number): string {
  let end = 0;
  for (let taken = 0; taken < keep && end < text.length; taken++) {
    const unit = text.charCodeAt(end);
    end += unit >= 0xd800 && unit <= 0xdbff ? 2 : 1;
  }
  return text.slice(0, end);
}

/** The text, or its beginning and `…`, so that it has at most `max` code points. */
export const cutCodePoints = (text: string, max: number): string =>
  fitsCodePoints(text, max) ? text : `${takeCodePoints(text, max - 1)}…`;
