// Moments and spans of time as text: the one grammar in requests, and the one way they are printed.

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const SECOND = 1000;
/** Length of `YYYY-MM-DDThh:mm:ss`. */
const SECONDS_END = 19;

/** Longest text that is a moment. */
const MAX_LENGTH = 24;
const scratch = new Uint8Array(MAX_LENGTH);

/** Milliseconds since 1970 of `YYYY-MM-DDThh:mm:ss[.d{1,3}]Z`, years 1970 to 9999; undefined for anything else. */
export function parseTime(text: string): number | undefined {
  const { length } = text;
  if (length > MAX_LENGTH) return undefined;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    scratch[index] = unit < 0x80 ? unit : 0;
  }
  return parseTimeUnits(scratch, 0, length);
}

/** The same of a part of an array of units. By hand, as every request carries a time: a regular expression took longer than the decision. */
export function parseTimeUnits(
  units: Uint8Array | Uint16Array,
  from: number,
  to: number,
): number | undefined {
  const end = to - 1;
  const length = end - from;
  if (length < SECONDS_END || length > SECONDS_END + 4 || units[end] !== 0x5a) return undefined;
  const separated =
    units[from + 4] === 0x2d &&
    units[from + 7] === 0x2d &&
    units[from + 10] === 0x54 &&
    units[from + 13] === 0x3a &&
    units[from + 16] === 0x3a;
  if (!separated) return undefined;
  const year = twoDigits(units, from) * 100 + twoDigits(units, from + 2);
  const month = twoDigits(units, from + 5);
  const day = twoDigits(units, from + 8);
  const hour = twoDigits(units, from + 11);
  const minute = twoDigits(units, from + 14);
  const second = twoDigits(units, from + 17);
  const milliseconds = fraction(units, from + SECONDS_END, end);
  const inRange =
    year >= 1970 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    hour >= 0 &&
    hour <= 23 &&
    minute >= 0 &&
    minute <= 59 &&
    second >= 0 &&
    second <= 59;
  if (!inRange || milliseconds < 0 || day > daysOf(year, month)) return undefined;
  // `Date.UTC` does the same, and takes longer than all of the above.
  const hours = daysBefore(year, month, day) * 24 + hour;
  return ((hours * 60 + minute) * 60 + second) * SECOND + milliseconds;
}

/** Days from 1970-01-01 to a day that exists; years begin in March, so that the leap day is their last. */
function daysBefore(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const months = month > 2 ? month - 3 : month + 9;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leapDays + Math.floor((months * 153 + 2) / 5) + day - DAYS_TO_1970;
}

/** From the first of March of the year 0, one day before counting begins. */
const DAYS_TO_1970 = 719_469;

function daysOf(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (DAYS[month - 1] ?? 0) + (month === 2 && leap ? 1 : 0);
}

/** So far below zero that nothing it is a part of is in any range. */
const NO_DIGITS = -1_000_000;

/** NO_DIGITS when one is none: all are integers, which V8 keeps in registers. */
function twoDigits(units: Uint8Array | Uint16Array, at: number): number {
  const tens = (units[at] ?? 0) - 0x30;
  const ones = (units[at + 1] ?? 0) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NO_DIGITS;
}

/** Of a second, in milliseconds: a point and one to three digits before the `Z`, or nothing. */
function fraction(units: Uint8Array | Uint16Array, point: number, end: number): number {
  if (end === point) return 0;
  if (units[point] !== 0x2e || end === point + 1) return NO_DIGITS;
  let value = 0;
  for (let at = point + 1; at <= point + 3; at++) {
    const digit = at < end ? (units[at] ?? 0) - 0x30 : 0;
    if (digit < 0 || digit > 9) return NO_DIGITS;
    value = value * 10 + digit;
  }
  return value;
}

const FIRST = 0;
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The moment in the same form, milliseconds only where there are any; out of years 1970 to 9999 the integer. */
export function printTime(milliseconds: number): string {
  if (!(milliseconds >= FIRST && milliseconds <= LAST)) return String(milliseconds);
  const text = new Date(milliseconds).toISOString();
  return text.endsWith(".000Z") ? `${text.slice(0, -5)}Z` : text;
}

const SPAN =
  /^P(?=[0-9T])(?:([0-9]{1,9})D)?(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:\.([0-9]{1,3}))?S)?)?$/;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds of an ISO 8601 duration in days, hours, minutes and seconds, such as `P1DT30M` or `PT0.5S`. */
export function parseDuration(text: string): number | undefined {
  const match = SPAN.exec(text);
  if (match === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1, 5)
    .map((digits) => Number(digits ?? 0));
  const milliseconds = Number((match[5] ?? "").padEnd(3, "0"));
  const total = days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND + milliseconds;
  return Number.isSafeInteger(total) ? total : undefined;
}

/** The span as an ISO 8601 duration: `PT4H`, `P1D`, `-PT30M`, `PT0S`. */
export function printDuration(milliseconds: number): string {
  const span = Math.abs(milliseconds);
  const days = Math.floor(span / DAY);
  const hours = Math.floor((span % DAY) / HOUR);
  const minutes = Math.floor((span % HOUR) / MINUTE);
  const seconds = Math.floor((span % MINUTE) / SECOND);
  const fraction = String(span % SECOND)
    .padStart(3, "0")
    .replace(/0+$/, "");
  const second = fraction === "" ? `${seconds}` : `${seconds}.${fraction}`;
  const time = `${hours === 0 ? "" : `${hours}H`}${minutes === 0 ? "" : `${minutes}M`}${second === "0" ? "" : `${second}S`}`;
  const text = `P${days === 0 ? "" : `${days}D`}${time === "" ? "" : `T${time}`}`;
  return `${milliseconds < 0 ? "-" : ""}${text === "P" ? "PT0S" : text}`;
}
