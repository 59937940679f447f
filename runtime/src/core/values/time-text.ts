// Moments and spans of time as text: the one grammar in requests, and the one way they are printed.

const MOMENT =
  /^((?:19[7-9]|[2-9][0-9]{2})[0-9])-([0-9]{2})-([0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,3}))?Z$/;

/** Milliseconds since 1970 of `YYYY-MM-DDThh:mm:ss[.d{1,3}]Z`, years 1970 to 9999; undefined for anything else. */
export function parseTime(text: string): number | undefined {
  const match = MOMENT.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const milliseconds = Number((match[7] ?? "").padEnd(3, "0"));
  const time = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  const date = new Date(time);
  // A day that the month does not have would silently be one of the next month.
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time : undefined;
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
const SECOND = 1000;
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
