// Moments and spans of time: text into milliseconds and back.
import { BAD, DIGITS, size, start, text } from "./memory";
import { integerText, printDigits } from "./number";

const SECOND: i64 = 1000;
const MINUTE: i64 = 60000;
const HOUR: i64 = 3600000;
const DAY: i64 = 86400000;
/** The end of the year 9999. */
const LAST: i64 = 253402300799999;

/** Days since 1970 of a date of the Gregorian calendar, of years that begin in March. */
function daysOf(year: u32, month: u32, day: u32): u32 {
  const y = month <= 2 ? year - 1 : year;
  const m = month <= 2 ? month + 9 : month - 3;
  const centuries = y / 100;
  return 365 * y + (y >>> 2) - centuries + (centuries >>> 2) + (153 * m + 2) / 5 + day - 719469;
}

function daysOfMonth(year: u32, month: u32): u32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Whether all bytes are 0 to 9, or 0 where `most` has 0x7f instead of 0x76. */
@inline
function areDigits(bytes: u64, most: u64): bool {
  return (((bytes + most) | bytes) & 0x8080808080808080) == 0;
}
/** Of digits, each byte times ten and the next one. */
@inline
function pairs(digits: u64): u64 {
  return digits * 10 + (digits >> 8);
}
@inline
function byteOf(bytes: u64, index: u64): u32 {
  return ((bytes >> (index << 3)) as u32) & 0xff;
}

/** The date last read, as its year and month with a day in place of what follows them (no date is -1), and its days since 1970. */
let lastDate: u64 = -1;
let lastDays: u32 = 0;

/** `YYYY-MM-DDThh:mm:ss[.d{1,3}]Z`, or `BAD`. */
export function parseTime(whole: i64): i64 {
  const at = start(whole);
  const length = size(whole);
  if (length < 20 || length > 24 || load<u8>(at + length - 1) != 0x5a) return BAD;
  const date = load<u64>(at) ^ 0x2d30302d30303030;
  const time = load<u64>(at, 8) ^ 0x30303a3030543030;
  const end = (load<u64>(at, 16) & 0xffffff) ^ 0x30303a;
  if (!areDigits(date, 0x7f76767f76767676) || !areDigits(time, 0x76767f76767f7676) || !areDigits(end, 0x76767f)) return BAD;
  const clocks = pairs(time);
  const day = byteOf(clocks, 0);
  const hour = byteOf(clocks, 3);
  const minute = byteOf(clocks, 6);
  const second = byteOf(pairs(end), 1);
  if (hour > 23 || minute > 59 || second > 59) return BAD;
  // What was a hyphen is 0, so that the day has its place.
  const whichDate = date | ((day as u64) << 56);
  if (whichDate != lastDate) {
    const dates = pairs(date);
    const year = byteOf(dates, 0) * 100 + byteOf(dates, 2);
    const month = byteOf(dates, 5);
    if (year < 1970 || month - 1 > 11 || day == 0 || (day > 28 && day > daysOfMonth(year, month))) return BAD;
    lastDate = whichDate;
    lastDays = daysOf(year, month, day);
  }
  let millisecond: u32 = 0;
  if (length > 20) {
    if (load<u8>(at, 19) != 0x2e || length == 21) return BAD;
    millisecond = fraction(at + 20, length - 21);
    if (millisecond > 999) return BAD;
  }
  const clock = (hour * 60 + minute) * 60 + second;
  return (lastDays as i64) * DAY + (clock as i64) * SECOND + (millisecond as i64);
}

/** A decimal digit; a large number for what is none. */
function digitAt(at: usize): u32 {
  const digit = (load<u8>(at) as u32) - 0x30;
  return digit > 9 ? 1000000 : digit;
}

/** Up to three digits behind a point, in thousandths. */
function fraction(at: usize, digits: u32): u32 {
  let value: u32 = 0;
  for (let unit: u32 = 100; digits > 0; digits--, unit /= 10) value += digitAt(at++) * unit;
  return value;
}

/** ISO 8601 in days, hours, minutes, seconds, or `BAD`. */
export function parseDuration(whole: i64): i64 {
  let at = start(whole);
  const end = at + size(whole);
  if (end - at < 3 || load<u8>(at++) != 0x50) return BAD;
  let total: i64 = 0;
  // Each part at most once and in this order: D, T, H, M, S.
  let stage = 0;
  while (at < end) {
    if (load<u8>(at) == 0x54) {
      if (stage > 1) return BAD;
      stage = 2;
      at++;
      if (at == end) return BAD;
      continue;
    }
    const from = at;
    let value: i64 = 0;
    while (at < end && (load<u8>(at) as u32) - 0x30 < 10)
      value = value * 10 + ((load<u8>(at++) as i64) - 0x30);
    if (at == from || at - from > 9 || at == end) return BAD;
    let unit: u32 = load<u8>(at++);
    let thousandths: u32 = 0;
    if (unit == 0x2e) {
      const point = at;
      while (at < end && (load<u8>(at) as u32) - 0x30 < 10) at++;
      if (at == point || at - point > 3 || at == end) return BAD;
      thousandths = fraction(point, (at - point) as u32);
      unit = load<u8>(at++);
      if (unit != 0x53) return BAD;
    }
    if (unit == 0x44 && stage == 0) {
      stage = 1;
      total += value * DAY;
    } else if (unit == 0x48 && stage == 2) {
      stage = 3;
      total += value * HOUR;
    } else if (unit == 0x4d && (stage == 2 || stage == 3)) {
      stage = 4;
      total += value * MINUTE;
    } else if (unit == 0x53 && stage >= 2 && stage <= 4) {
      stage = 5;
      total += value * SECOND + (thousandths as i64);
    } else return BAD;
  }
  return stage == 0 || total > 9007199254740991 ? BAD : total;
}

/** The text stands until the next is printed. */
export function timeText(value: i64): i64 {
  if (value < 0 || value > LAST) return integerText(value);
  const days = (value / DAY) as i32;
  const clock = (value - (days as i64) * DAY) as u32;
  // The calendar of days since 0000-03-01.
  const shifted = days + 719468;
  const era = shifted / 146097;
  const ofEra = shifted - era * 146097;
  const yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36524 - ofEra / 146096) / 365;
  const ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const shiftedMonth = (5 * ofYear + 2) / 153;
  const day = ofYear - (153 * shiftedMonth + 2) / 5 + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const end = DIGITS + 32;
  let at = end;
  store<u8>(--at, 0x5a);
  const millisecond = clock % 1000;
  if (millisecond > 0) at = printed(at, millisecond, 3, 0x2e);
  const seconds = clock / 1000;
  at = printed(at, seconds % 60, 2, 0x3a);
  at = printed(at, (seconds / 60) % 60, 2, 0x3a);
  at = printed(at, seconds / 3600, 2, 0x54);
  at = printed(at, day, 2, 0x2d);
  at = printed(at, month, 2, 0x2d);
  at = printDigits(at, year, 4);
  return text(at, (end - at) as u32);
}

function printed(end: usize, value: u64, width: i32, before: u32): usize {
  const at = printDigits(end, value, width) - 1;
  store<u8>(at, before as u8);
  return at;
}

/** The text stands until the next is printed. */
export function durationText(value: i64): i64 {
  const span = value < 0 ? -value : value;
  const days = span / DAY;
  const hours = (span % DAY) / HOUR;
  const minutes = (span % HOUR) / MINUTE;
  const seconds = (span % MINUTE) / SECOND;
  const thousandths = span % SECOND;
  let end = DIGITS + 64;
  let at = end;
  if (seconds > 0 || thousandths > 0 || span == 0) {
    store<u8>(--at, 0x53);
    if (thousandths > 0) {
      let last = at;
      at = printDigits(at, thousandths, 3);
      // Zeros at the end are left out: the rest moves up.
      while (load<u8>(last - 1) == 0x30) last--;
      const digits = last - at;
      const to = end - 1 - digits;
      for (let index = digits; index > 0; index--) store<u8>(to + index - 1, load<u8>(at + index - 1));
      at = to;
      store<u8>(--at, 0x2e);
    }
    at = printDigits(at, seconds, 1);
  }
  if (minutes > 0) {
    store<u8>(--at, 0x4d);
    at = printDigits(at, minutes, 1);
  }
  if (hours > 0) {
    store<u8>(--at, 0x48);
    at = printDigits(at, hours, 1);
  }
  if (at < end) store<u8>(--at, 0x54);
  if (days > 0) {
    store<u8>(--at, 0x44);
    at = printDigits(at, days, 1);
  }
  store<u8>(--at, 0x50);
  if (value < 0) store<u8>(--at, 0x2d);
  return text(at, (end - at) as u32);
}
